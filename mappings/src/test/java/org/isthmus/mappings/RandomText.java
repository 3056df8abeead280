package org.isthmus.mappings;

import java.util.List;
import java.util.random.RandomGenerator;

/** Seeded texts of the kinds that break address code. */
final class RandomText {

    private static final String PUNCTUATION = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /** Pieces that mean something to one of the layers. */
    private static final List<String> PIECES = List.of(
            "\\20",
            "\\27",
            "\\2f",
            "\\2F",
            "\\5c",
            "\\5C",
            "\\40",
            "\\",
            "\\5c20",
            "%20",
            "%",
            "@",
            " ",
            "'",
            "/",
            "&",
            "+49-30",
            "(0)",
            ";phone-context=x",
            "\u00df",
            "\u1e9e",
            "\u03c3",
            "\u03c2",
            "\u03a3",
            "\u0130",
            "\u0131",
            "\u212b",
            "\u2126",
            "\u0307",
            "\u0301",
            "\u0338",
            "\uff21",
            "\uff20",
            "\uff3c",
            "\uff07",
            "\u3000",
            "\u00a0",
            "\u200b",
            "\u200d",
            "\u00ad",
            "\ufb01",
            "\u2163",
            "\u2665",
            "\ud83c\udfe5",
            "\u10a0",
            "\u05d0",
            "\u0627",
            "\u0660",
            "\u0e33",
            "\uac00",
            "\u1100",
            "\u1161",
            "\ud87e\udc68",
            "\u0000",
            "\t",
            "\u007f",
            "\ufeff",
            "\ud800",
            "\udc00",
            "xn--",
            "\u4e2d",
            "\u3042",
            "\uff76",
            "\uff9e");

    private RandomText() {}

    static String next(RandomGenerator random) {
        int length = random.nextInt(20) == 0 ? 1 + random.nextInt(1_200) : 1 + random.nextInt(12);
        int kind = random.nextInt(4);
        StringBuilder out = new StringBuilder();
        while (out.length() < length) {
            switch (kind == 3 ? random.nextInt(3) : kind) {
                case 0 ->
                    out.append((char) (random.nextBoolean() ? 'a' + random.nextInt(26) : 'A' + random.nextInt(26)));
                case 1 ->
                    out.append(
                            random.nextInt(3) > 0
                                    ? Character.toString('0' + random.nextInt(10))
                                    : Character.toString(PUNCTUATION.charAt(random.nextInt(PUNCTUATION.length()))));
                default -> {
                    if (random.nextInt(4) > 0) {
                        out.append(PIECES.get(random.nextInt(PIECES.size())));
                    } else {
                        out.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x600 : 0x20000));
                    }
                }
            }
        }
        return out.toString();
    }

    /** A text in which some characters were replaced, removed, doubled or swapped. */
    static String mutate(String text, RandomGenerator random) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 1 + random.nextInt(3); i > 0 && !out.isEmpty(); i--) {
            int at = random.nextInt(out.length());
            switch (random.nextInt(4)) {
                case 0 -> out.deleteCharAt(at);
                case 1 -> out.insert(at, next(random));
                case 2 -> out.setCharAt(at, (char) random.nextInt(0x180));
                default -> out.insert(at, out.charAt(random.nextInt(out.length())));
            }
        }
        return out.toString();
    }
}
