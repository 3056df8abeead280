package org.isthmus.translation.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The style properties of XEP-0071 §7.6; all others, and values that could load or run something, are left out. */
final class Css {

    private static final Set<String> PROPERTIES = Set.of(
            "background-color",
            "color",
            "font-family",
            "font-size",
            "font-style",
            "font-weight",
            "margin-left",
            "margin-right",
            "text-align",
            "text-decoration");

    /** Words, numbers, colours, lists; no functions but rgb, no escapes, no comments. */
    private static final Pattern VALUE =
            Pattern.compile("#?[A-Za-z0-9 .,%'\"#+-]{1,80}|rgb\\([0-9 .,%]{1,40}\\)", Pattern.CASE_INSENSITIVE);

    /** As many declarations as there are properties is all that a style can use. */
    private static final int MAX_DECLARATIONS = 20;

    private Css() {}

    /** The declarations that pass, in order. */
    static String sanitise(String style) {
        List<String> passed = new ArrayList<>();
        String[] declarations = style.split(";", MAX_DECLARATIONS + 1);
        for (int i = 0; i < Math.min(declarations.length, MAX_DECLARATIONS); i++) {
            int colon = declarations[i].indexOf(':');
            if (colon > 0) {
                String property = declarations[i].substring(0, colon).strip().toLowerCase(Locale.ROOT);
                String value = declarations[i].substring(colon + 1).strip();
                if (PROPERTIES.contains(property) && VALUE.matcher(value).matches()) {
                    passed.add(property + ": " + value);
                }
            }
        }
        return String.join("; ", passed);
    }
}
