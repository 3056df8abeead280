package org.isthmus.translation.file;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A hash over a whole file, whatever part of it is transferred (RFC 5547 §6).
 *
 * @param algorithm lower case, for example {@code sha-1}, {@code sha-256}, {@code md5}
 * @param hex the value in lower-case hexadecimal without separators
 */
public record FileHash(String algorithm, String hex) {

    /** IANA Hash Function Textual Names, with the length of their values in octets. */
    private static final Map<String, Integer> LENGTHS =
            Map.of("md5", 16, "sha-1", 20, "sha-224", 28, "sha-256", 32, "sha-384", 48, "sha-512", 64);

    public FileHash {
        algorithm = Objects.requireNonNull(algorithm, "algorithm").toLowerCase(Locale.ROOT);
        hex = Objects.requireNonNull(hex, "hex").toLowerCase(Locale.ROOT);
    }

    /** The hash with that digest. */
    public static FileHash of(String algorithm, byte[] digest) {
        return new FileHash(algorithm, HexFormat.of().formatHex(digest));
    }

    /** The octets of a value of that algorithm; empty when it is not known here. */
    static OptionalInt length(String algorithm) {
        Integer length = LENGTHS.get(algorithm.toLowerCase(Locale.ROOT));
        return length == null ? OptionalInt.empty() : OptionalInt.of(length);
    }

    /** The value as {@code file-selector} has it: upper-case octets joined by colons, which some peers insist on. */
    String colons() {
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(HexFormat.of().parseHex(hex));
    }
}
