package org.isthmus.translation.file;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.isthmus.translation.text.XmlCharacters;

/**
 * File names made fit to be shown to a person and to become a file on somebody's disk, whatever system it has: no
 * directories, no controls, nothing that turns the reading direction, no name that a system keeps for itself.
 */
public final class FileName {

    /** Longest name, in octets: what common file systems take. */
    private static final int MAX_OCTETS = 255;

    private static final Set<String> RESERVED = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    /** Extensions for files that come without a name. */
    private static final Map<String, String> EXTENSIONS = Map.ofEntries(
            Map.entry("application/dicom", "dcm"),
            Map.entry("application/json", "json"),
            Map.entry("application/msword", "doc"),
            Map.entry("application/pdf", "pdf"),
            Map.entry("application/zip", "zip"),
            Map.entry("audio/mpeg", "mp3"),
            Map.entry("audio/ogg", "ogg"),
            Map.entry("image/gif", "gif"),
            Map.entry("image/jpeg", "jpg"),
            Map.entry("image/png", "png"),
            Map.entry("image/tiff", "tif"),
            Map.entry("image/webp", "webp"),
            Map.entry("text/csv", "csv"),
            Map.entry("text/html", "html"),
            Map.entry("text/plain", "txt"),
            Map.entry("video/mp4", "mp4"));

    private FileName() {}

    /**
     * The safe form of a name.
     *
     * @param name as the other side gave it
     * @param contentType of the file, for one without a name
     */
    public static String safe(Optional<String> name, Optional<String> contentType) {
        return name.map(FileName::clean).filter(text -> !text.isEmpty()).orElseGet(() -> nameless(contentType));
    }

    private static String clean(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        if (last.length() > 1 && last.charAt(1) == ':' && Character.isLetter(last.charAt(0))) {
            last = last.substring(2); // a drive letter
        }
        StringBuilder out = new StringBuilder(last.length());
        last.codePoints().filter(FileName::isVisible).forEach(out::appendCodePoint);
        String visible = out.toString().strip();
        int start = 0;
        while (start < visible.length() && (visible.charAt(start) == '.' || visible.charAt(start) == ' ')) {
            start++;
        }
        int end = visible.length();
        while (end > start && (visible.charAt(end - 1) == '.' || visible.charAt(end - 1) == ' ')) {
            end--;
        }
        String plain = shorten(visible.substring(start, end));
        int dot = plain.indexOf('.');
        String base = (dot < 0 ? plain : plain.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
        return RESERVED.contains(base) ? "_" + plain : plain;
    }

    /** No control, no bidirectional override or isolate, no invisible separator, no character that XML cannot carry. */
    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> c == 0x200D || c == 0x200C; // joiners belong to words and emoji
            default -> XmlCharacters.isLegal(c);
        };
    }

    /** Cuts the name and keeps the extension. */
    private static String shorten(String name) {
        if (octets(name) <= MAX_OCTETS) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && octets(name.substring(dot)) <= 20 ? name.substring(dot) : "";
        String base = name.substring(0, name.length() - extension.length());
        while (octets(base) + octets(extension) > MAX_OCTETS) {
            base = base.substring(0, base.offsetByCodePoints(base.length(), -1));
        }
        return base.stripTrailing() + extension;
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String nameless(Optional<String> contentType) {
        String essence = contentType
                .map(type -> type.contains(";") ? type.substring(0, type.indexOf(';')) : type)
                .orElse("")
                .strip()
                .toLowerCase(Locale.ROOT);
        String extension = EXTENSIONS.get(essence);
        return extension == null ? "file" : "file." + extension;
    }
}
