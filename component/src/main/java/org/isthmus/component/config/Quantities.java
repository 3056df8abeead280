package org.isthmus.component.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as operators write them: a whole number and its unit. */
final class Quantities {

    private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,12})([A-Za-z]+)");

    private static final Map<String, Duration> TIMES = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private static final Map<String, Integer> SIZES = Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30);

    private Quantities() {}

    /** {@code "500ms"}, {@code "30s"}, {@code "10m"}, {@code "1h"}, {@code "7d"}; empty when it is none. */
    static Optional<Duration> duration(String text) {
        Matcher quantity = QUANTITY.matcher(text);
        return quantity.matches()
                ? Optional.ofNullable(TIMES.get(quantity.group(2)))
                        .map(unit -> unit.multipliedBy(Long.parseLong(quantity.group(1))))
                : Optional.empty();
    }

    /** Octets of {@code "512B"}, {@code "64KiB"}, {@code "200MiB"}, {@code "1GiB"}; empty when it is none. */
    static Optional<Long> octets(String text) {
        Matcher quantity = QUANTITY.matcher(text);
        return quantity.matches()
                ? Optional.ofNullable(SIZES.get(quantity.group(2)))
                        .map(shift -> Long.parseLong(quantity.group(1)) << shift)
                : Optional.empty();
    }
}
