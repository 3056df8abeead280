package org.isthmus.translation.presence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.isthmus.mappings.Jids;
import org.isthmus.mappings.SipUri;
import org.isthmus.translation.message.LangText;
import org.isthmus.translation.payload.Idle;
import org.isthmus.translation.pidf.Pidf;
import org.isthmus.translation.pidf.PidfNote;
import org.isthmus.translation.pidf.PidfPerson;
import org.isthmus.translation.pidf.PidfTuple;
import org.isthmus.translation.pidf.RichPresence;
import org.isthmus.translation.text.LanguageTag;
import org.isthmus.translation.text.XmlCharacters;
import org.xmpp.packet.JID;

/**
 * A document of a SIP user as the presence of her devices (RFC 8048 §6.3 Table 2): one stanza a device, whatever number of
 * tuples speaks of it.
 *
 * <p>Availability is what the document says most plainly: {@code show} in the status, else RPID activities of the tuple or
 * the person that hold now, else RFC 3922's word, else that nobody touches the device.
 */
public final class PidfToPresence {

    /** Longest words passed on, in characters. */
    private static final int MAX_STATUS = 2_000;

    private PidfToPresence() {}

    /**
     * What is known besides the document.
     *
     * @param contact the SIP user as XMPP sees her, bare: the dialog's identity, never the document's entity
     * @param uri the SIP user as known at home
     * @param watcher whom to tell
     * @param names the devices' names so far
     * @param contentLanguage of the NOTIFY
     * @param now for activities that end and for idle times
     * @param activities the table in force
     */
    public record Terms(
            JID contact,
            SipUri uri,
            JID watcher,
            DeviceNames names,
            Optional<String> contentLanguage,
            Optional<Instant> now,
            Activities activities) {

        public Terms {
            Objects.requireNonNull(contact, "contact");
            Objects.requireNonNull(uri, "uri");
            Objects.requireNonNull(watcher, "watcher");
            Objects.requireNonNull(names, "names");
            Objects.requireNonNull(contentLanguage, "contentLanguage");
            Objects.requireNonNull(now, "now");
            Objects.requireNonNull(activities, "activities");
        }
    }

    /**
     * The whole state, to be compared with the last by {@link PresenceChanges}.
     *
     * @param presences one a device, in the document's order; empty when the document says nothing
     * @param names to be kept for the next document
     */
    public record Result(List<PresenceStanza> presences, DeviceNames names) {

        public Result {
            presences = List.copyOf(presences);
        }
    }

    /** Translates a document. */
    public static Result translate(Pidf document, Terms terms) {
        if (document.tuples().isEmpty()) {
            // Without tuples nobody can be reached; words alone say nothing about that (RFC 3922 §5.2.11).
            boolean words = !document.notes().isEmpty();
            return new Result(
                    words
                            ? List.of()
                            : List.of(PresenceStanza.builder(terms.contact(), terms.watcher())
                                    .type(PresenceStanza.Type.UNAVAILABLE)
                                    .build()),
                    terms.names());
        }
        List<PidfTuple> tuples = document.tuples().stream()
                .filter(tuple -> tuple.basic().isPresent())
                .toList();
        DeviceNames.Named named =
                terms.names().name(tuples, terms.contact(), terms.uri().host());
        Map<Optional<String>, PidfTuple> devices = new LinkedHashMap<>();
        for (int i = 0; i < tuples.size(); i++) {
            devices.merge(named.resources().get(i), tuples.get(i), PidfToPresence::moreTelling);
        }
        List<PresenceStanza> presences = new ArrayList<>();
        devices.forEach((resource, tuple) -> presences.add(stanza(document, tuple, resource, terms)));
        return new Result(presences, named.next());
    }

    /** Of two tuples of one device the open one counts (servers keep stale closed ones), else the newer. */
    private static PidfTuple moreTelling(PidfTuple one, PidfTuple other) {
        if (one.isOpen() != other.isOpen()) {
            return one.isOpen() ? one : other;
        }
        Instant first = one.timestamp().orElse(Instant.MIN);
        return other.timestamp().orElse(Instant.MIN).isBefore(first) ? one : other;
    }

    private static PresenceStanza stanza(Pidf document, PidfTuple tuple, Optional<String> resource, Terms terms) {
        JID contact = terms.contact();
        JID from = resource.map(name -> Jids.of(contact.getNode(), contact.getDomain(), name))
                .orElse(contact);
        PresenceStanza.Builder stanza = PresenceStanza.builder(from, terms.watcher());
        terms.contentLanguage().flatMap(LanguageTag::first).ifPresent(stanza::lang);
        statuses(document, tuple).forEach(stanza::status);
        if (!tuple.isOpen()) {
            return stanza.type(PresenceStanza.Type.UNAVAILABLE).build();
        }
        show(document, tuple, terms).ifPresent(stanza::show);
        tuple.priority().ifPresent(stanza::priority);
        idleSince(document, tuple)
                .ifPresent(since -> new Idle(since).elements(terms.now()).forEach(stanza::payload));
        return stanza.build();
    }

    private static Optional<Show> show(Pidf document, PidfTuple tuple, Terms terms) {
        Optional<Show> plain = tuple.show().flatMap(Show::of);
        if (plain.isPresent()) {
            return plain;
        }
        Optional<Show> byActivity = terms.activities()
                .show(tuple.rich().activitiesAt(terms.now()))
                .or(() -> person(document)
                        .flatMap(person -> terms.activities().show(person.rich().activitiesAt(terms.now()))));
        if (byActivity.isPresent()) {
            return byActivity;
        }
        if (tuple.im().isPresent()) {
            return switch (tuple.im().get().toLowerCase(Locale.ROOT)) {
                case "busy" -> Optional.of(Show.DND);
                case "away" -> Optional.of(Show.AWAY);
                default -> Optional.empty();
            };
        }
        return said(document, tuple).anyMatch(RichPresence::idle) ? Optional.of(Show.AWAY) : Optional.empty();
    }

    private static Optional<Instant> idleSince(Pidf document, PidfTuple tuple) {
        return said(document, tuple)
                .filter(RichPresence::idle)
                .flatMap(rich -> rich.lastInput().stream())
                .findFirst();
    }

    /** The tuple's own rich presence, then the person's. */
    private static Stream<RichPresence> said(Pidf document, PidfTuple tuple) {
        return Stream.concat(Stream.of(tuple.rich()), person(document).map(PidfPerson::rich).stream());
    }

    /** Of several persons, which RFC 4479 §3.2 takes for contradictions, the newest that says something. */
    private static Optional<PidfPerson> person(Pidf document) {
        return document.persons().stream()
                .filter(person -> !person.rich().isEmpty() || !person.notes().isEmpty())
                .max(Comparator.comparing(person -> person.timestamp().orElse(Instant.MIN)));
    }

    /** The tuple's words, else the person's, else the document's; one a language. */
    private static List<LangText> statuses(Pidf document, PidfTuple tuple) {
        Optional<PidfPerson> person = person(document);
        List<PidfNote> notes = Stream.of(
                        tuple.notes(),
                        person.map(PidfPerson::notes).orElse(List.of()),
                        person.flatMap(found -> found.rich().activitiesNote()).stream()
                                .toList(),
                        tuple.rich().activitiesNote().stream().toList(),
                        document.notes())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
        Set<Optional<String>> languages = new HashSet<>();
        List<LangText> statuses = new ArrayList<>();
        for (PidfNote note : notes) {
            Optional<String> lang = note.lang().flatMap(LanguageTag::of);
            if (languages.add(lang.map(tag -> tag.toLowerCase(Locale.ROOT)))) {
                String text = XmlCharacters.cleanLines(note.text());
                int end = text.length() <= MAX_STATUS ? text.length() : text.offsetByCodePoints(0, MAX_STATUS / 2);
                statuses.add(new LangText(lang, text.substring(0, end)));
            }
        }
        return statuses;
    }
}
