package org.isthmus.translation.pidf;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A presence document (RFC 3863 §4.1): the whole state of somebody, each time (RFC 3856 §6.8).
 *
 * @param entity whom it says it is about; informative, the dialog's identity counts (RFC 8048 §8.2)
 * @param tuples the ways to reach somebody
 * @param notes words about somebody as a whole
 * @param persons what the person does
 * @param devices what the devices do
 */
public record Pidf(
        Optional<String> entity,
        List<PidfTuple> tuples,
        List<PidfNote> notes,
        List<PidfPerson> persons,
        List<PidfPerson> devices) {

    /** The media type. */
    public static final String MEDIA_TYPE = "application/pidf+xml";

    static final String NAMESPACE = "urn:ietf:params:xml:ns:pidf";
    static final String DATA_MODEL = "urn:ietf:params:xml:ns:pidf:data-model";
    static final String RPID = "urn:ietf:params:xml:ns:pidf:rpid";
    static final String IM = "urn:ietf:params:xml:ns:pidf:im";

    /** Where RFC 8048 §6.2 takes {@code show} from. */
    static final String JABBER = "jabber:client";

    public Pidf {
        Objects.requireNonNull(entity, "entity");
        tuples = List.copyOf(tuples);
        notes = List.copyOf(notes);
        persons = List.copyOf(persons);
        devices = List.copyOf(devices);
    }

    /** The document without its times: two that are equal then say the same. */
    public Pidf withoutTimes() {
        return new Pidf(
                entity,
                tuples.stream().map(tuple -> tuple.at(Optional.empty())).toList(),
                notes,
                persons.stream().map(Pidf::withoutTime).toList(),
                devices.stream().map(Pidf::withoutTime).toList());
    }

    private static PidfPerson withoutTime(PidfPerson person) {
        return new PidfPerson(person.id(), person.rich(), person.notes(), Optional.empty());
    }
}
