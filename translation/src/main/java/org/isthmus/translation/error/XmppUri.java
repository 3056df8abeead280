package org.isthmus.translation.error;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.isthmus.translation.text.Ascii;
import org.xmpp.packet.JID;

/**
 * XMPP addresses as URIs (RFC 5122), the form that {@code <gone/>} and {@code <redirect/>} carry (RFC 6120 §8.3.3.5,
 * §8.3.3.14).
 */
public final class XmppUri {

    /** RFC 5122 §2.2 {@code nodeallow} and RFC 3986 {@code unreserved} besides letters and digits. */
    private static final String ALLOWED = "-._~!$()*+,;=";

    private XmppUri() {}

    /** {@code xmpp:} and the address, everything that a URI cannot carry escaped. */
    public static String of(JID jid) {
        StringBuilder uri = new StringBuilder("xmpp:");
        if (jid.getNode() != null) {
            encode(jid.getNode(), uri);
            uri.append('@');
        }
        encode(jid.getDomain(), uri);
        if (jid.getResource() != null) {
            uri.append('/');
            encode(jid.getResource(), uri);
        }
        return uri.toString();
    }

    /**
     * The address in an {@code xmpp:} URI, unescaped and not yet checked to be a JID.
     *
     * @return empty when the text is no such URI or its escapes are not UTF-8
     */
    public static Optional<String> address(String uri) {
        String trimmed = uri.strip();
        if (!trimmed.toLowerCase(Locale.ROOT).startsWith("xmpp:")) {
            return Optional.empty();
        }
        String path = trimmed.substring("xmpp:".length());
        int end = path.length();
        for (char delimiter : new char[] {'?', '#'}) {
            int found = path.indexOf(delimiter);
            end = found >= 0 && found < end ? found : end;
        }
        // xmpp://account@host/contact@host names the account first (RFC 5122 §2.3); only the path is the address.
        String address = path.substring(0, end);
        if (address.startsWith("//")) {
            int slash = address.indexOf('/', 2);
            address = slash < 0 ? "" : address.substring(slash + 1);
        }
        return decode(address).filter(text -> !text.isEmpty());
    }

    private static void encode(String text, StringBuilder out) {
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            if (Ascii.isAlphanumeric(c) || ALLOWED.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
    }

    private static Optional<String> decode(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer octets = ByteBuffer.allocate(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                octets.put(raw[i]);
                continue;
            }
            int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            octets.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }
}
