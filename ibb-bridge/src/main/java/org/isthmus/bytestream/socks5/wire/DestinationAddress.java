package org.isthmus.bytestream.socks5.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.xmpp.packet.JID;

/**
 * The "host name" to which both sides of a byte stream connect (XEP-0065 §5.3.2): SHA-1 over sid, requester and target, as
 * lower-case hexadecimal. The JIDs are those of the IQs, prepared; they should be full (Openfire's proxy and libpurple
 * append the text "null" for a missing part).
 */
public final class DestinationAddress {

    /** Octets of the text. */
    public static final int LENGTH = 40;

    private DestinationAddress() {}

    public static String of(String sid, JID requester, JID target) {
        try {
            String text = sid + requester + target;
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }
}
