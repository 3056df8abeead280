package org.isthmus.mappings.spelling;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Nodeprep (RFC 6122 appendix A), as older XMPP servers prepare a localpart; only to find the names that they and PRECIS spell
 * differently.
 *
 * <p>Nodeprep maps with tables B.1 and B.2 of RFC 3454 and with NFKC, all of Unicode 3.2. The JDK holds exactly those tables in
 * its Nameprep ({@link IDN}, RFC 3491), which maps alike and differs only in what it prohibits. So each character is folded by
 * {@code IDN} alone, where no rule about neighbours applies, and the whole is normalised afterwards; NFKC of characters assigned
 * in 3.2 has not changed since (Unicode normalisation stability), but for five ideographs of Corrigendum 4, which are refused.
 * Characters that Unicode 3.2 did not have are refused too (a server may pass or refuse them), and so are those that table B.1
 * maps to nothing, which PRECIS never allows. So an answer is exact, and an absent answer errs on the side of refusing. What
 * Nodeprep prohibits beyond this, PRECIS prohibits as well.
 */
public final class Nodeprep {

    /** No certain answer. */
    private static final String UNASSIGNED = "\0";

    /** Corrigendum 4 to Unicode 3.2. */
    private static final String CORRECTED = "\ud87e\udc68\ud87e\udc74\ud87e\udd1f\ud87e\udd5f\ud87e\uddbf";

    /** More characters than Unicode 3.2 has; beyond it the answer is computed each time. */
    private static final int MOST_FOLDED = 100_000;

    /** In practice some hundred. */
    private static final ConcurrentMap<Integer, String> FOLDED = new ConcurrentHashMap<>();

    private Nodeprep() {}

    /** The localpart as Nodeprep spells it, or empty when Nodeprep gives no certain answer. */
    public static Optional<String> map(String localpart) {
        StringBuilder out = new StringBuilder(localpart.length() + 8);
        boolean ascii = true;
        for (int i = 0; i < localpart.length(); ) {
            int c = localpart.codePointAt(i);
            i += Character.charCount(c);
            if (c < 0x80) {
                out.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c));
                continue;
            }
            ascii = false;
            String folded = fold(c);
            if (folded.equals(UNASSIGNED)) {
                return Optional.empty();
            }
            out.append(folded);
        }
        return Optional.of(ascii ? out.toString() : Normalizer.normalize(out, Normalizer.Form.NFKC));
    }

    private static String fold(int codePoint) {
        String known = FOLDED.get(codePoint);
        if (known == null) {
            known = foldByNameprep(codePoint);
            if (FOLDED.size() < MOST_FOLDED) {
                FOLDED.put(codePoint, known);
            }
        }
        return known;
    }

    private static String foldByNameprep(int codePoint) {
        String character = Character.toString(codePoint);
        if (CORRECTED.contains(character)) {
            return UNASSIGNED;
        }
        try {
            return IDN.toUnicode(IDN.toASCII(character));
        } catch (IllegalArgumentException unassignedOrProhibited) {
            return UNASSIGNED;
        }
    }
}
