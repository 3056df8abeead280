package org.isthmus.component.config;

import java.time.Duration;
import org.isthmus.mappings.json.JsonCursor;

/** {@code limits}, each with its default and its sensible range. */
final class LimitsReader {

    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;

    private final JsonCursor limits;

    private LimitsReader(JsonCursor limits) {
        this.limits = limits;
    }

    static Limits read(JsonCursor limits) {
        LimitsReader reader = new LimitsReader(limits);
        Limits d = Limits.DEFAULTS;
        Limits read = new Limits(
                // RFC 6120 §13.12: no server may set its limit below 10,000
                (int) reader.octets("stanza", d.stanza(), 10_000, 64 * MIB),
                reader.octets("linkBuffer", d.linkBuffer(), 64 * KIB, 1024 * MIB),
                (int) reader.octets("sipMessage", d.sipMessage(), 4 * KIB, 16 * MIB),
                limits.integer("sipConnections").orElse(d.sipConnections()),
                limits.integer("sipConnectionsPerAddress").orElse(d.sipConnectionsPerAddress()),
                limits.integer("pairMessages").orElse(d.pairMessages()),
                reader.octets("pairOctets", d.pairOctets(), 64 * KIB, 1024 * MIB),
                limits.integer("turns").orElse(d.turns()),
                reader.duration("turnWindow", d.turnWindow(), Duration.ofSeconds(1), Duration.ofMinutes(10)),
                reader.duration("turnPause", d.turnPause(), Duration.ofSeconds(1), Duration.ofHours(24)),
                reader.duration("drain", d.drain(), Duration.ZERO, Duration.ofMinutes(10)));
        if (read.linkBuffer() < read.stanza()) {
            limits.problem("linkBuffer", "smaller than one stanza (expected: at least limits.stanza)");
        }
        return read;
    }

    private long octets(String key, long otherwise, long least, long most) {
        return limits.text(key)
                .map(text -> {
                    long octets = Quantities.octets(text).orElse(-1L);
                    if (octets < 0) {
                        limits.problem(
                                key, "\"" + text + "\" is not a size (expected: such as \"64KiB\" or \"200MiB\")");
                        return otherwise;
                    }
                    if (octets < least || octets > most) {
                        limits.problem(key, "\"" + text + "\" (expected: " + print(least) + " to " + print(most) + ")");
                        return otherwise;
                    }
                    return octets;
                })
                .orElse(otherwise);
    }

    private Duration duration(String key, Duration otherwise, Duration least, Duration most) {
        return limits.text(key)
                .map(text -> {
                    Duration value = Quantities.duration(text).orElse(null);
                    if (value == null) {
                        limits.problem(
                                key,
                                "\"" + text + "\" is not a duration (expected: such as \"500ms\", \"30s\" or \"10m\")");
                        return otherwise;
                    }
                    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                        limits.problem(
                                key,
                                "\"" + text + "\" (expected: " + least.toSeconds() + "s to " + most.toSeconds() + "s)");
                        return otherwise;
                    }
                    return value;
                })
                .orElse(otherwise);
    }

    private static String print(long octets) {
        if (octets % MIB == 0) {
            return octets / MIB + "MiB";
        }
        return octets % KIB == 0 ? octets / KIB + "KiB" : octets + "B";
    }
}
