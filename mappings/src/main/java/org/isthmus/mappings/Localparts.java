package org.isthmus.mappings;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import org.isthmus.mappings.spelling.LocalpartEscaping;
import org.isthmus.mappings.spelling.Nodeprep;
import rocks.xmpp.precis.PrecisProfiles;

/**
 * User names of another network as localparts and back: escaping (XEP-0106), preparation (RFC 8265 §3.3) and the promise that
 * both directions agree (RFC 7247 §6.4 steps 5-6, §6.5 steps 2-3).
 *
 * <p>Invariant: if {@code ofUser(u)} yields {@code l}, then {@code toUser(l)} yields {@code fold(u)}, and no other localpart
 * does. Names for which that cannot be promised are refused with a reason.
 */
final class Localparts {

    private Localparts() {}

    /** The localpart of a user name, in any case of letters. */
    static Mapped<String> ofUser(String user) {
        if (user.isEmpty()) {
            return Mapped.refused(AddressRefusal.NO_USER, "the user part is empty");
        }
        if (LocalpartEscaping.hasSpaceAtEnd(user)) {
            return Mapped.refused(
                    AddressRefusal.SPACE_AT_END, "a localpart may not begin or end with a space (XEP-0106 §3.2)");
        }
        // case first: folded later, the backslash of x\2Fy would become an escape that nobody wrote (XEP-0106 §3.1)
        String folded = fold(user);
        String escaped = LocalpartEscaping.escape(folded);
        if (isPlain(escaped)) {
            return checkLength(escaped);
        }
        String prepared;
        try {
            prepared = PrecisProfiles.USERNAME_CASE_MAPPED.enforce(escaped);
        } catch (IllegalArgumentException forbidden) {
            return Mapped.refused(
                    AddressRefusal.NOT_PREPARABLE, "characters that RFC 8265 §3.3 forbids in a localpart");
        }
        if (!Nodeprep.map(user).equals(Optional.of(folded))) {
            return Mapped.refused(
                    AddressRefusal.AMBIGUOUS_SPELLING,
                    "PRECIS and Nodeprep spell it differently, so two servers could mean two people");
        }
        if (!prepared.equals(escaped)) {
            return Mapped.refused(
                    AddressRefusal.AMBIGUOUS_SPELLING, "a mark that would join the escape before it (XEP-0106 §4.1)");
        }
        return checkLength(prepared);
    }

    /** The canonical user name behind a prepared localpart. */
    static Mapped<String> toUser(String localpart) {
        String user = LocalpartEscaping.unescape(localpart);
        return ofUser(user)
                .flatMap(again -> again.equals(localpart)
                        ? Mapped.ok(user)
                        : Mapped.refused(
                                AddressRefusal.NOT_CANONICAL,
                                "the localpart of this user is written " + again + " (XEP-0106 §4.2)"));
    }

    /** The canonical spelling of a user name: width, case and composition folded as RFC 8265 §3.3 does. */
    static String fold(String user) {
        if (isPlain(user)) {
            return user.toLowerCase(Locale.ROOT);
        }
        StringBuilder narrow = new StringBuilder(user.length());
        user.codePoints().forEach(c -> {
            if ((c >= 0xff00 && c <= 0xffef) || c == 0x3000) {
                narrow.append(Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC));
            } else {
                narrow.appendCodePoint(c);
            }
        });
        return Normalizer.normalize(narrow.toString().toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static Mapped<String> checkLength(String localpart) {
        return localpart.length() > Jids.MAX_PART_OCTETS / 3
                        && localpart.getBytes(StandardCharsets.UTF_8).length > Jids.MAX_PART_OCTETS
                ? Mapped.refused(
                        AddressRefusal.TOO_LONG,
                        "longer than " + Jids.MAX_PART_OCTETS + " octets when escaped (RFC 7622 §3.3)")
                : Mapped.ok(localpart);
    }

    /** Printable ASCII without space: preparation is lower-casing and nothing else. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }
}
