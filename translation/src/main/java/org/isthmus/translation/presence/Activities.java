package org.isthmus.translation.presence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * RPID activities (RFC 4480 §3.2) and show, both ways. No standard has this table; it is data, and an operator may change
 * rows of it.
 *
 * @param toShow what each activity says about availability; one that is not here says nothing
 */
public record Activities(Map<String, Show> toShow) {

    /** The rows that hold unless an operator changes them. */
    public static final Activities DEFAULT = new Activities(Map.ofEntries(
            Map.entry("appointment", Show.DND),
            Map.entry("away", Show.AWAY),
            Map.entry("breakfast", Show.AWAY),
            Map.entry("busy", Show.DND),
            Map.entry("dinner", Show.AWAY),
            Map.entry("holiday", Show.XA),
            Map.entry("in-transit", Show.AWAY),
            Map.entry("lunch", Show.AWAY),
            Map.entry("meal", Show.AWAY),
            Map.entry("meeting", Show.DND),
            Map.entry("on-the-phone", Show.DND),
            Map.entry("performance", Show.DND),
            Map.entry("permanent-absence", Show.XA),
            Map.entry("presentation", Show.DND),
            Map.entry("shopping", Show.AWAY),
            Map.entry("sleeping", Show.XA),
            Map.entry("steering", Show.DND),
            Map.entry("travel", Show.XA),
            Map.entry("vacation", Show.XA),
            Map.entry("worship", Show.DND)));

    /** Activities that say nothing about availability: looking-for-work, other, playing, spectator, tv, unknown, working. */
    public Activities {
        toShow = Collections.unmodifiableMap(new LinkedHashMap<>(toShow));
    }

    /** This table with rows changed; an empty value takes a row out. */
    public Activities with(Map<String, Optional<Show>> changes) {
        Map<String, Show> changed = new LinkedHashMap<>(toShow);
        changes.forEach((activity, show) -> {
            if (show.isPresent()) {
                changed.put(activity, show.get());
            } else {
                changed.remove(activity);
            }
        });
        return new Activities(changed);
    }

    /** The show of several activities at once: busy before away for long before away. */
    public Optional<Show> show(List<String> activities) {
        for (Show strongest : List.of(Show.DND, Show.XA, Show.AWAY, Show.CHAT)) {
            if (activities.stream().anyMatch(activity -> toShow.get(activity) == strongest)) {
                return Optional.of(strongest);
            }
        }
        return Optional.empty();
    }

    /** The activities that tell agents without {@code show} as much as they can be told. */
    public static List<String> of(Optional<Show> show) {
        return show.map(found -> switch (found) {
                    case AWAY, XA -> List.of("away");
                    case DND -> List.of("busy");
                    case CHAT -> List.<String>of();
                })
                .orElse(List.of());
    }
}
