package org.isthmus.translation.file;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.isthmus.translation.text.Ascii;
import org.isthmus.translation.xml.XmlElement;

/**
 * The {@code <file/>} of an XEP-0096 offer.
 *
 * @param offer the file; its type is the {@code mime-type} of the enclosing {@code <si/>}, its hash an MD5
 * @param rangeSupported whether a part of it may be asked for ({@code <range/>})
 */
public record SiFile(FileOffer offer, boolean rangeSupported) {

    /** The profile's name and the element's namespace. */
    public static final String NAMESPACE = "http://jabber.org/protocol/si/profile/file-transfer";

    private static final Pattern MD5 = Pattern.compile("[0-9A-Fa-f]{32}");

    public SiFile {
        Objects.requireNonNull(offer, "offer");
    }

    /**
     * Reads the element.
     *
     * @param file the element
     * @param mimeType of the enclosing {@code <si/>}; empty: application/octet-stream
     * @throws FileSyntaxException when name or size is missing or the size no number of octets; a date or hash that is
     *     none is left out
     */
    public static SiFile read(XmlElement file, Optional<String> mimeType) throws FileSyntaxException {
        String name =
                file.attribute("name").orElseThrow(() -> new FileSyntaxException(0, "expected a name (XEP-0096 §3)"));
        String size = file.attribute("size").map(String::strip).orElse("");
        FileSelector selector = new FileSelector(
                Optional.of(name),
                OptionalLong.of(octets(size, "size")),
                Optional.of(mimeType.filter(type -> !type.isBlank()).orElse("application/octet-stream")),
                file.attribute("hash")
                        .map(String::strip)
                        .filter(hash -> MD5.matcher(hash).matches())
                        .map(hash -> List.of(new FileHash("md5", hash)))
                        .orElse(List.of()));
        Optional<String> words =
                file.child(NAMESPACE, "desc").map(XmlElement::text).filter(text -> !text.isBlank());
        return new SiFile(
                FileOffer.of(selector)
                        .withDates(FileDates.modified(file.attribute("date").flatMap(SiFile::date)))
                        .withDescription(words),
                file.child(NAMESPACE, "range").isPresent());
    }

    /**
     * Writes the element.
     *
     * @throws IllegalStateException when the offer has no name or size, without which there is no such element
     */
    public XmlElement write() {
        FileSelector selector = offer.selector();
        XmlElement.Builder file = XmlElement.builder(NAMESPACE, "file")
                .attribute("name", selector.name().orElseThrow(() -> new IllegalStateException("no name")))
                .attribute(
                        "size", Long.toString(selector.size().orElseThrow(() -> new IllegalStateException("no size"))));
        offer.dates().best().ifPresent(date -> file.attribute("date", DateTimeFormatter.ISO_INSTANT.format(date)));
        selector.hashes().stream()
                .filter(hash -> hash.algorithm().equals("md5"))
                .findFirst()
                .ifPresent(hash -> file.attribute("hash", hash.hex()));
        offer.description().ifPresent(words -> file.child("desc", words));
        if (rangeSupported) {
            file.child(XmlElement.empty(NAMESPACE, "range"));
        }
        return file.build();
    }

    /**
     * Reads the {@code <range/>} of an accepting answer (XEP-0096 §3).
     *
     * @param size octets of the offered file
     * @return empty when all of the file is wanted
     * @throws FileSyntaxException when the range is not within the file
     */
    public static Optional<FileRange> readRange(XmlElement range, long size) throws FileSyntaxException {
        Optional<String> offset = range.attribute("offset").map(String::strip);
        Optional<String> length = range.attribute("length").map(String::strip);
        if (offset.isEmpty() && length.isEmpty()) {
            return Optional.empty();
        }
        long skipped = offset.isPresent() ? octets(offset.get(), "offset") : 0;
        if (skipped > size) {
            throw new FileSyntaxException(0, "offset: expected at most " + size);
        }
        if (length.isEmpty()) {
            return skipped == 0 ? Optional.empty() : Optional.of(FileRange.after(skipped));
        }
        long wanted = octets(length.get(), "length");
        if (wanted < 1 || wanted > size - skipped) {
            throw new FileSyntaxException(0, "length: expected 1 to " + (size - skipped));
        }
        return Optional.of(FileRange.ofOffset(skipped, OptionalLong.of(wanted)));
    }

    private static long octets(String digits, String what) throws FileSyntaxException {
        try {
            if (Ascii.isNumber(digits)) {
                return Long.parseLong(digits);
            }
        } catch (NumberFormatException tooLarge) {
            // told below
        }
        throw new FileSyntaxException(0, what + ": expected a number of octets");
    }

    /** XEP-0082 DateTime. */
    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(
                    OffsetDateTime.parse(text.strip().toUpperCase(Locale.ROOT)).toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
