package org.isthmus.translation.payload;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isthmus.translation.xml.XmlElement;

/**
 * End-to-end encryption and signatures. What a gateway cannot read it cannot translate, and the text that goes along says
 * only that; what is signed it may not strip (RFC 7572 §9).
 */
public final class EndToEnd {

    /** Namespace to element of each form in use. */
    private static final Map<String, Set<String>> PROTECTED = Map.of(
            "urn:xmpp:eme:0", Set.of("encryption"), // XEP-0380, names any of the others
            "eu.siacs.conversations.axolotl", Set.of("encrypted"), // XEP-0384 0.3, in widest use
            "urn:xmpp:omemo:1", Set.of("encrypted"),
            "urn:xmpp:omemo:2", Set.of("encrypted"),
            "urn:xmpp:openpgp:0", Set.of("openpgp"), // XEP-0373
            "jabber:x:encrypted", Set.of("x"), // XEP-0027
            "jabber:x:signed", Set.of("x"),
            "urn:ietf:params:xml:ns:xmpp-e2e", Set.of("e2e")); // RFC 3923

    private EndToEnd() {}

    /**
     * Whether a message is protected.
     *
     * @param bodies its texts: OTR (XEP-0364) is in the text itself
     */
    public static boolean isProtected(List<XmlElement> payloads, List<String> bodies) {
        return payloads.stream().anyMatch(EndToEnd::isProtection)
                || bodies.stream().anyMatch(text -> text.startsWith("?OTR"));
    }

    /**
     * Whether a protected message has no content at all: clients exchange keys with such messages, and nobody wants to be
     * told that one did not arrive.
     */
    public static boolean isKeyExchange(List<XmlElement> payloads, List<String> bodies) {
        return bodies.stream().allMatch(String::isBlank)
                && payloads.stream()
                        .filter(payload -> payload.local().equals("encrypted"))
                        .anyMatch(payload -> payload.child(payload.namespace(), "header")
                                        .isPresent()
                                && payload.child(payload.namespace(), "payload").isEmpty());
    }

    private static boolean isProtection(XmlElement payload) {
        return PROTECTED.getOrDefault(payload.namespace(), Set.of()).contains(payload.local());
    }
}
