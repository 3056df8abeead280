package org.isthmus.component.sip.wire;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.framing.RawHead;
import org.isthmus.component.sip.framing.SipGrammar;

/**
 * A request that comes as text instead of by a socket: what documentation prints and an operator pastes. Line ends may be
 * bare, and Content-Length is what the body is. Everything else is read as from the wire.
 */
public final class WireText {

    /** The text is not a request; the message says why, in the words of the 400 that the wire would get. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String words) {
            super(words);
        }
    }

    private WireText() {}

    /**
     * Reads one request.
     *
     * @param partner whom it is taken to come from
     * @param way takes the answer
     * @throws Unreadable when it is not a request
     */
    public static Arrival request(String text, String partner, Arrival.Way way) throws Unreadable {
        String unix = text.replace("\r\n", "\n").stripLeading();
        int empty = unix.indexOf("\n\n");
        String head = (empty < 0 ? unix.stripTrailing() : unix.substring(0, empty)) + "\n";
        byte[] body = (empty < 0 ? "" : unix.substring(empty + 2)).getBytes(StandardCharsets.UTF_8);
        StringBuilder wire = new StringBuilder();
        head.lines()
                .filter(line -> !line.regionMatches(true, 0, "content-length", 0, 14) && !line.matches("(?i)l\\s*:.*"))
                .forEach(line -> wire.append(line).append("\r\n"));
        wire.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        byte[] octets = wire.toString().getBytes(StandardCharsets.UTF_8);
        RawHead raw = RawHead.of(octets, octets.length);
        try {
            SIPMessage message = new SipGrammar().parse(raw, Arrays.copyOf(octets, octets.length), body);
            if (!(message instanceof SIPRequest request)) {
                throw new Unreadable("a response (expected: a request)");
            }
            return new Arrival(
                    partner, raw, request, body, InetAddress.getLoopbackAddress(), 5060, SipTransport.TCP, way);
        } catch (SipGrammar.Malformed malformed) {
            throw new Unreadable(String.valueOf(malformed.getMessage()));
        }
    }
}
