package org.isthmus.bytestream.file;

import java.util.Locale;
import java.util.Set;

/**
 * Names of files that a stranger chose, made safe to show and to store: no directories, no control or formatting characters
 * (a right-to-left override turns {@code gpj.exe} into something that looks like a picture), no leading dots, no device
 * names.
 */
public final class FileNames {

    private static final int MAX = 255;
    private static final String NAMELESS = "file";

    private static final Set<String> WINDOWS_DEVICES = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private FileNames() {}

    /** The name without all that; {@code file} when nothing is left. */
    public static String clean(String name) {
        int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        StringBuilder kept = new StringBuilder();
        name.substring(slash + 1).codePoints().filter(FileNames::harmless).forEach(kept::appendCodePoint);
        String last = kept.toString();
        if (last.length() > 1 && last.charAt(1) == ':' && Character.isLetter(last.charAt(0))) {
            last = last.substring(2); // a drive letter
        }
        last = last.strip();
        int start = 0;
        while (start < last.length() && (last.charAt(start) == '.' || last.charAt(start) == ' ')) {
            start++;
        }
        last = shortened(last.substring(start));
        if (last.isEmpty()) {
            return NAMELESS;
        }
        int dot = last.indexOf('.');
        String stem = (dot < 0 ? last : last.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
        return WINDOWS_DEVICES.contains(stem) ? "_" + last : last;
    }

    private static boolean harmless(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED;
    }

    /** Keeps the extension, by which people and programs know what it is. */
    private static String shortened(String name) {
        if (name.length() <= MAX) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && name.length() - dot <= 16 ? name.substring(dot) : "";
        int end = MAX - extension.length();
        if (Character.isHighSurrogate(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(0, end) + extension;
    }
}
