package org.isthmus.bytestream.iq;

import java.time.Duration;
import java.util.Objects;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/**
 * An IQ that asks for an answer. The carrier gives it an id.
 *
 * @param kind get or set
 * @param from our address
 * @param to the addressee
 * @param payload the child element, which belongs to the carrier from now on
 * @param answerLimit how long to wait for the answer
 */
public record IqRequest(Kind kind, JID from, JID to, Element payload, Duration answerLimit) {

    /** RFC 6120 §8.2.3. */
    public enum Kind {
        GET,
        SET
    }

    public IqRequest {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(answerLimit, "answerLimit");
    }

    public static IqRequest get(JID from, JID to, Element payload, Duration answerLimit) {
        return new IqRequest(Kind.GET, from, to, payload, answerLimit);
    }

    public static IqRequest set(JID from, JID to, Element payload, Duration answerLimit) {
        return new IqRequest(Kind.SET, from, to, payload, answerLimit);
    }
}
