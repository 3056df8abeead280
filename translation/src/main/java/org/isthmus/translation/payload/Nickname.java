package org.isthmus.translation.payload;

import java.util.List;
import java.util.Optional;
import org.isthmus.translation.text.HeaderText;
import org.isthmus.translation.xml.XmlElement;

/** A user's own name for herself (XEP-0172). Anybody may claim any: it is shown and never counts as identity. */
public final class Nickname {

    private static final String NAMESPACE = "http://jabber.org/protocol/nick";

    /** Longest name passed on, in octets. */
    private static final int MAX_OCTETS = 100;

    private Nickname() {}

    /** The name that goes with a message, fit to be a SIP display name. */
    public static Optional<String> of(List<XmlElement> payloads) {
        return Payloads.find(payloads, NAMESPACE, "nick")
                .map(element -> clean(element.text()))
                .filter(name -> !name.isEmpty());
    }

    /** The element for a SIP display name; empty when nothing of the name can be shown. */
    public static Optional<XmlElement> element(String displayName) {
        String name = clean(displayName);
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(XmlElement.builder(NAMESPACE, "nick").text(name).build());
    }

    /** One line, without the controls that turn the reading direction. */
    private static String clean(String name) {
        StringBuilder out = new StringBuilder(name.length());
        name.codePoints().filter(c -> Character.getType(c) != Character.FORMAT).forEach(out::appendCodePoint);
        return HeaderText.clean(out.toString(), MAX_OCTETS);
    }
}
