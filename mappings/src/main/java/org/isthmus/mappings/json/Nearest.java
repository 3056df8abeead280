package org.isthmus.mappings.json;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What the writer of an unknown word probably meant. */
public final class Nearest {

    private Nearest() {}

    /** The known word with the fewest typing errors (at most a third of its letters), if there is one. */
    public static Optional<String> of(String written, Collection<String> known) {
        String best = null;
        int fewest = Integer.MAX_VALUE;
        for (String word : known) {
            int errors = distance(written.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
            if (errors < fewest && errors <= Math.max(1, Math.max(word.length(), written.length()) / 3)) {
                best = word;
                fewest = errors;
            }
        }
        return Optional.ofNullable(best);
    }

    /** "(did you mean …?)" or, when nothing is near, "(known: …)". */
    public static String hint(String written, Collection<String> known) {
        return of(written, known)
                .map(word -> "(did you mean \"" + word + "\"?)")
                .orElseGet(() -> "(known: " + (known.isEmpty() ? "none" : String.join(", ", known)) + ")");
    }

    /** Optimal string alignment: insertions, deletions, substitutions and swapped neighbours. */
    private static int distance(String a, String b) {
        int limit = 64;
        if (a.length() > limit || b.length() > limit) {
            return Integer.MAX_VALUE;
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + substitution);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
