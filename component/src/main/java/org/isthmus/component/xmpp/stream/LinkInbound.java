package org.isthmus.component.xmpp.stream;

import org.isthmus.translation.xml.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a link reads, on the link's thread, in the order of the wire. Answers go the way of everything that is
 * written, by the domain they come from.
 */
public interface LinkInbound {

    /**
     * A first-level element.
     *
     * @param link the domain of the link it came on, which need not be the one it is addressed to
     */
    void onElement(String link, XmlElement element);

    /**
     * A first-level element over a limit, which was skipped.
     *
     * @param link the domain of the link it came on
     * @param envelope its name and attributes; null when even these were too long
     * @param rule the limit, in words
     */
    void onSkipped(String link, @Nullable XmlElement envelope, String rule);
}
