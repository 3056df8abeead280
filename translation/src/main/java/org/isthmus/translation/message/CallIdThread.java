package org.isthmus.translation.message;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.isthmus.translation.text.Ascii;
import org.isthmus.translation.text.XmlCharacters;

/**
 * An XMPP thread as a SIP Call-ID and back (RFC 7572 Tables 1 and 2).
 *
 * <p>A thread that is a legal Call-ID (RFC 3261 §25.1 {@code callid}) is one unchanged. Any other is written as the mark
 * {@value #MARK} and its text, octets that a Call-ID cannot hold as {@code %XX}; reading undoes that, so no table has to
 * be kept. One that would become too long for a datagram has no Call-ID: the edge makes one and the thread is lost.
 */
public final class CallIdThread {

    static final String MARK = "xmpp-thread:";

    /** Longest Call-ID made here, in octets: a request shares 1300 of them with everything else. */
    static final int MAX_OCTETS = 255;

    /** RFC 3261 §25.1 {@code word} besides letters and digits. */
    private static final String WORD = "-.!%*_+`'~()<>:\\\"/[]?{}";

    private CallIdThread() {}

    /** The Call-ID for a thread; empty when it is blank or would be too long. */
    public static Optional<String> callId(String thread) {
        if (thread.isBlank()) {
            return Optional.empty();
        }
        String callId = isCallId(thread) && !thread.startsWith(MARK) ? thread : escape(thread);
        return Optional.of(callId).filter(id -> id.length() <= MAX_OCTETS);
    }

    /** The thread that a received Call-ID names; total, since a Call-ID of a peer's own is a thread as it stands. */
    public static String thread(String callId) {
        if (!callId.startsWith(MARK)) {
            return XmlCharacters.clean(callId);
        }
        String thread = unescape(callId.substring(MARK.length()));
        // Only what callId() writes is read back: any other text is a Call-ID that happens to begin alike.
        return callId.equals(callId(thread).orElse("")) ? thread : XmlCharacters.clean(callId);
    }

    /** RFC 3261 §25.1: {@code callid = word [ "@" word ]}. */
    static boolean isCallId(String text) {
        int at = text.indexOf('@');
        return at < 0 ? isWord(text) : isWord(text.substring(0, at)) && isWord(text.substring(at + 1));
    }

    private static boolean isWord(String text) {
        return !text.isEmpty() && text.chars().allMatch(CallIdThread::isWordCharacter);
    }

    private static boolean isWordCharacter(int c) {
        return Ascii.isAlphanumeric(c) || WORD.indexOf(c) >= 0;
    }

    private static String escape(String thread) {
        StringBuilder out = new StringBuilder(MARK);
        for (byte octet : thread.getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xFF;
            if (isWordCharacter(c) && c != '%') {
                out.append((char) c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return out.toString();
    }

    private static String unescape(String escaped) {
        byte[] octets = new byte[escaped.length()];
        int count = 0;
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '%'
                    && i + 2 < escaped.length()
                    && HexFormat.isHexDigit(escaped.charAt(i + 1))
                    && HexFormat.isHexDigit(escaped.charAt(i + 2))) {
                octets[count++] = (byte) HexFormat.fromHexDigits(escaped, i + 1, i + 3);
                i += 2;
            } else {
                octets[count++] = (byte) c;
            }
        }
        return new String(octets, 0, count, StandardCharsets.UTF_8);
    }
}
