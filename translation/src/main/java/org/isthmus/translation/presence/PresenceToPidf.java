package org.isthmus.translation.presence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.isthmus.mappings.SipUri;
import org.isthmus.translation.message.LangText;
import org.isthmus.translation.payload.Idle;
import org.isthmus.translation.pidf.Pidf;
import org.isthmus.translation.pidf.PidfNote;
import org.isthmus.translation.pidf.PidfPerson;
import org.isthmus.translation.pidf.PidfTuple;
import org.isthmus.translation.pidf.PidfTuple.Basic;
import org.isthmus.translation.pidf.RichPresence;
import org.isthmus.translation.pidf.TupleId;
import org.isthmus.translation.text.LanguageTag;
import org.isthmus.translation.text.XmlCharacters;

/**
 * All resources of an XMPP user as one document (RFC 8048 §6.2 Table 1, RFC 3922 §6.3.1): a tuple for each, the most
 * available first, and one person for agents that read only that.
 */
public final class PresenceToPidf {

    /** Longest words passed on, in characters. */
    private static final int MAX_NOTE = 1_000;

    /** Id of the one tuple of somebody of whom no resource is known. */
    private static final String NOBODY = "offline";

    private static final Comparator<PresenceStanza> MOST_AVAILABLE_FIRST = Comparator.<PresenceStanza>comparingInt(
                    presence -> presence.priority().orElse(0) < 0 ? 1 : 0)
            .thenComparingInt(presence -> Show.rank(presence.show()))
            .thenComparingInt(presence -> -presence.priority().orElse(0))
            .thenComparing(presence -> presence.from().toString());

    private PresenceToPidf() {}

    /**
     * A document and the header that goes with it.
     *
     * @param document the document
     * @param contentLanguage of the first resource
     */
    public record Result(Pidf document, Optional<String> contentLanguage) {}

    /**
     * Translates the newest presence of each resource; closed tuples are written only when no resource is open.
     *
     * @param resources available and unavailable presences, from full JIDs
     * @param user the user as SIP knows him; its address of record is the entity and the tuples' contacts
     * @param now the documents' time, different from the last one's
     */
    public static Result translate(List<PresenceStanza> resources, SipUri user, Instant now) {
        SipUri aor = user.aor();
        List<PresenceStanza> open = resources.stream()
                .filter(presence -> presence.type() == PresenceStanza.Type.AVAILABLE)
                .sorted(MOST_AVAILABLE_FIRST)
                .toList();
        List<PresenceStanza> said = !open.isEmpty()
                ? open
                : resources.stream()
                        .filter(presence -> presence.type() == PresenceStanza.Type.UNAVAILABLE)
                        .limit(1)
                        .toList();
        Optional<String> entity =
                Optional.of("pres:" + aor.toString().substring(aor.toString().indexOf(':') + 1));
        if (said.isEmpty()) {
            return new Result(
                    new Pidf(entity, List.of(closed(now)), List.of(), List.of(), List.of()), Optional.empty());
        }
        List<PidfTuple> tuples =
                said.stream().map(presence -> tuple(presence, aor, now)).toList();
        List<PidfPerson> persons =
                open.isEmpty() ? List.of() : person(open.get(0), now).stream().toList();
        return new Result(
                new Pidf(entity, tuples, List.of(), persons, List.of()),
                said.get(0).lang().flatMap(LanguageTag::of));
    }

    private static PidfTuple tuple(PresenceStanza presence, SipUri aor, Instant now) {
        Optional<String> resource = Optional.ofNullable(presence.from().getResource());
        boolean open = presence.type() == PresenceStanza.Type.AVAILABLE;
        OptionalInt priority =
                presence.priority().isPresent() && presence.priority().getAsInt() >= 0
                        ? presence.priority()
                        : OptionalInt.empty();
        RichPresence rich = open
                ? Idle.of(presence.payloads(), Optional.of(now))
                        .map(idle -> RichPresence.NONE.idleSince(Optional.of(idle.since())))
                        .orElse(RichPresence.NONE)
                : RichPresence.NONE;
        return PidfTuple.of(
                TupleId.of(resource.orElse(NOBODY)),
                open ? Basic.OPEN : Basic.CLOSED,
                open ? presence.show().map(Show::wire) : Optional.empty(),
                open
                        ? Optional.of(resource.map(name -> aor.withParam("gr", name))
                                .orElse(aor)
                                .toString())
                        : Optional.empty(),
                open ? priority : OptionalInt.empty(),
                rich,
                notes(presence),
                now);
    }

    private static PidfTuple closed(Instant now) {
        return PidfTuple.of(
                TupleId.of(NOBODY),
                Basic.CLOSED,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                RichPresence.NONE,
                List.of(),
                now);
    }

    /** What the most available resource says, for agents that read a person and no show. */
    private static Optional<PidfPerson> person(PresenceStanza first, Instant now) {
        List<String> activities = Activities.of(first.show());
        List<PidfNote> notes = notes(first);
        return activities.isEmpty() && notes.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new PidfPerson(Optional.of("person"), RichPresence.doing(activities), notes, Optional.of(now)));
    }

    private static List<PidfNote> notes(PresenceStanza presence) {
        List<PidfNote> notes = new ArrayList<>();
        for (LangText status : presence.statuses()) {
            String text = XmlCharacters.cleanLines(status.text()).strip();
            if (!text.isEmpty()) {
                int end = text.length() <= MAX_NOTE ? text.length() : text.offsetByCodePoints(0, MAX_NOTE / 2);
                notes.add(new PidfNote(status.lang().flatMap(LanguageTag::of), text.substring(0, end)));
            }
        }
        return notes;
    }
}
