package org.isthmus.translation.payload;

import java.util.List;
import org.isthmus.translation.xml.XmlElement;

/**
 * Message carbons (XEP-0280). A server copies messages to the devices of its own users and never to a contact, so one that
 * reaches the gateway is a stray or an attempt to speak for somebody else: it is ignored.
 */
public final class Carbon {

    private static final String NAMESPACE = "urn:xmpp:carbons:2";

    private Carbon() {}

    /** Whether a message is such a copy. */
    public static boolean isOne(List<XmlElement> payloads) {
        return Payloads.find(payloads, NAMESPACE, "received").isPresent()
                || Payloads.find(payloads, NAMESPACE, "sent").isPresent();
    }
}
