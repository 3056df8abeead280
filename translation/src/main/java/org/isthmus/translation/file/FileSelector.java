package org.isthmus.translation.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.isthmus.translation.text.Ascii;

/**
 * What a file is known by: {@code a=file-selector} (RFC 5547 §6).
 *
 * @param name the file's name, escapes undone and nothing else: not yet fit for a file system
 * @param size octets of the file, without any wrapper
 * @param type the media type, as a Content-Type header has it
 * @param hashes over the whole file
 */
public record FileSelector(Optional<String> name, OptionalLong size, Optional<String> type, List<FileHash> hashes) {

    /** No selector at all: what an answer to OPTIONS says (RFC 5547 §8.5). */
    public static final FileSelector NONE =
            new FileSelector(Optional.empty(), OptionalLong.empty(), Optional.empty(), List.of());

    private static final Pattern HASH_VALUE = Pattern.compile("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2})*");
    private static final Pattern TYPE = Pattern.compile("[^\\s\"/;]+/[^\\s\"/;]+(;.*)?");

    public FileSelector {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(size, "size");
        Objects.requireNonNull(type, "type");
        hashes = List.copyOf(hashes);
    }

    /** Whether there is no selector. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /**
     * Reads an attribute's value.
     *
     * @throws FileSyntaxException when it does not follow the grammar or names nothing
     */
    public static FileSelector parse(String value) throws FileSyntaxException {
        Selectors selectors = new Selectors(value);
        Optional<String> name = Optional.empty();
        OptionalLong size = OptionalLong.empty();
        Optional<String> type = Optional.empty();
        List<FileHash> hashes = new ArrayList<>();
        while (selectors.hasNext()) {
            String kind = selectors.name();
            int offset = selectors.offset();
            switch (kind) {
                case "name" -> {
                    String decoded = PercentText.decode(selectors.quoted(), offset + 1);
                    name = name.or(() -> Optional.of(decoded));
                }
                case "size" -> size = size.isPresent() ? size : OptionalLong.of(size(selectors.unquoted(), offset));
                case "type" -> {
                    String decoded = type(selectors.unquoted(), offset);
                    type = type.or(() -> Optional.of(decoded));
                }
                case "hash" -> hashes.add(hash(selectors.unquoted(), offset));
                default -> selectors.unquoted(); // a selector of the future does not spoil those of today
            }
        }
        FileSelector selector = new FileSelector(name, size, type, hashes);
        if (selector.isEmpty()) {
            throw new FileSyntaxException(0, "expected a selector after the colon");
        }
        return selector;
    }

    /** The attribute's value; "" without any selector. */
    public String wire() {
        List<String> parts = new ArrayList<>();
        name.ifPresent(text -> parts.add("name:\"" + PercentText.encode(text) + "\""));
        type.ifPresent(text -> parts.add("type:" + TypeSelector.fromContentType(text)));
        size.ifPresent(octets -> parts.add("size:" + octets));
        hashes.forEach(hash -> parts.add("hash:" + hash.algorithm() + ":" + hash.colons()));
        return String.join(" ", parts);
    }

    private static long size(String digits, int offset) throws FileSyntaxException {
        try {
            if (Ascii.isNumber(digits)) {
                return Long.parseLong(digits);
            }
        } catch (NumberFormatException tooLarge) {
            // told below
        }
        throw new FileSyntaxException(offset, "expected a size in octets");
    }

    private static String type(String text, int offset) throws FileSyntaxException {
        if (!TYPE.matcher(text).matches()) {
            throw new FileSyntaxException(offset, "expected a media type");
        }
        return TypeSelector.toContentType(text, offset);
    }

    private static FileHash hash(String text, int offset) throws FileSyntaxException {
        int colon = text.indexOf(':');
        String algorithm = text.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
        String value = text.substring(colon + 1);
        if (colon < 1 || !HASH_VALUE.matcher(value).matches()) {
            throw new FileSyntaxException(offset, "expected an algorithm and octets joined by colons");
        }
        String hex = value.replace(":", "");
        if (FileHash.length(algorithm).isPresent()
                && hex.length() != 2 * FileHash.length(algorithm).getAsInt()) {
            throw new FileSyntaxException(offset + colon + 1, "expected as many octets as " + algorithm + " has");
        }
        return new FileHash(algorithm, hex);
    }
}
