package org.isthmus.bytestream.si;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.isthmus.bytestream.file.FileNames;

/**
 * The file of an offer (XEP-0096 §3).
 *
 * @param name without directories and anything else that {@link FileNames} removes; not empty
 * @param size in octets, 0 or more
 * @param modified when it was last changed
 * @param md5 lower-case hexadecimal, 32 digits; says whether the octets arrived, never whether somebody forged them
 * @param description words of the sender
 * @param ranges whether the sender can begin in the middle
 */
public record SiFile(
        String name,
        long size,
        Optional<Instant> modified,
        Optional<String> md5,
        Optional<String> description,
        boolean ranges) {

    static final int MD5_DIGITS = 32;

    public SiFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(modified, "modified");
        Objects.requireNonNull(md5, "md5");
        Objects.requireNonNull(description, "description");
        if (name.isEmpty() || size < 0) {
            throw new IllegalArgumentException("a file has a name and a size of 0 or more");
        }
        md5.ifPresent(SiFile::requireMd5);
    }

    /** Name and size only. */
    public static SiFile of(String name, long size) {
        return new SiFile(FileNames.clean(name), size, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    public SiFile modified(Instant time) {
        return new SiFile(name, size, Optional.of(time), md5, description, ranges);
    }

    /** With its MD5; hexadecimal in either case. */
    public SiFile md5(String hex) {
        return new SiFile(name, size, modified, Optional.of(hex.toLowerCase(Locale.ROOT)), description, ranges);
    }

    public SiFile description(String words) {
        return new SiFile(name, size, modified, md5, Optional.of(words), ranges);
    }

    public SiFile withRanges() {
        return new SiFile(name, size, modified, md5, description, true);
    }

    private static void requireMd5(String hex) {
        if (hex.length() != MD5_DIGITS || !hex.equals(hex.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("md5: expected 32 lower-case hexadecimal digits");
        }
        HexFormat.of().parseHex(hex);
    }
}
