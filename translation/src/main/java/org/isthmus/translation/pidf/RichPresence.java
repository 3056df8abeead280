package org.isthmus.translation.pidf;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a document says about a person, a service or a device beyond open and closed (RFC 4480).
 *
 * @param activities names of the elements in {@code activities}, in order
 * @param activitiesNote the words in {@code activities}
 * @param from since when the activities hold
 * @param until how long they hold
 * @param idle whether {@code user-input} says idle
 * @param lastInput when the user last touched the device
 */
public record RichPresence(
        List<String> activities,
        Optional<PidfNote> activitiesNote,
        Optional<Instant> from,
        Optional<Instant> until,
        boolean idle,
        Optional<Instant> lastInput) {

    /** Nothing. */
    public static final RichPresence NONE =
            new RichPresence(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty());

    public RichPresence {
        activities = List.copyOf(activities);
        Objects.requireNonNull(activitiesNote, "activitiesNote");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(lastInput, "lastInput");
    }

    /** These activities and nothing else. */
    public static RichPresence doing(List<String> activities) {
        return new RichPresence(
                activities, Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty());
    }

    /** Idle since a time, if it is known. */
    public RichPresence idleSince(Optional<Instant> time) {
        return new RichPresence(activities, activitiesNote, from, until, true, time);
    }

    /** Whether nothing is said. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** The activities that hold at a time; all of them when the time is not known (RFC 4480 §3.1). */
    public List<String> activitiesAt(Optional<Instant> now) {
        boolean before = now.isPresent() && from.isPresent() && now.get().isBefore(from.get());
        boolean after = now.isPresent() && until.isPresent() && !now.get().isBefore(until.get());
        return before || after ? List.of() : activities;
    }
}
