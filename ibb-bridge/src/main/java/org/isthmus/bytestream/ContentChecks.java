package org.isthmus.bytestream;

import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the octets of a stream have to be.
 *
 * @param octets how many, if that was agreed
 * @param expected hashes that were announced, lower-case hexadecimal
 * @param alsoCompute hashes that somebody wants to know at the end
 */
public record ContentChecks(
        OptionalLong octets, Map<DigestAlgorithm, String> expected, Set<DigestAlgorithm> alsoCompute) {

    public ContentChecks {
        Objects.requireNonNull(octets, "octets");
        expected = Map.copyOf(expected);
        alsoCompute = Set.copyOf(alsoCompute);
        expected.values().forEach(HexFormat.of()::parseHex);
    }

    /** Only the number of octets. */
    public static ContentChecks ofSize(long octets) {
        return new ContentChecks(OptionalLong.of(octets), Map.of(), Set.of());
    }

    /** With an announced hash; hexadecimal in either case. */
    public ContentChecks expecting(DigestAlgorithm algorithm, String hex) {
        Map<DigestAlgorithm, String> more = new EnumMap<>(DigestAlgorithm.class);
        more.putAll(expected);
        more.put(algorithm, HexFormat.of().formatHex(HexFormat.of().parseHex(hex)));
        return new ContentChecks(octets, more, alsoCompute);
    }

    /** With hashes to be computed besides. */
    public ContentChecks computing(Set<DigestAlgorithm> algorithms) {
        return new ContentChecks(octets, expected, algorithms);
    }

    /** What is wrong with a whole of that length and those hashes. */
    Optional<StreamFailure> judge(long passed, Map<DigestAlgorithm, String> computed) {
        if (octets.isPresent() && passed < octets.getAsLong()) {
            return failure(StreamFailure.Reason.TRUNCATED, passed + " of " + octets.getAsLong() + " octets");
        }
        for (Map.Entry<DigestAlgorithm, String> announced : expected.entrySet()) {
            if (!announced.getValue().equals(computed.get(announced.getKey()))) {
                return failure(StreamFailure.Reason.HASH_MISMATCH, "not the announced " + announced.getKey());
            }
        }
        return Optional.empty();
    }

    private static Optional<StreamFailure> failure(StreamFailure.Reason reason, String detail) {
        return Optional.of(new StreamFailure(reason, detail));
    }
}
