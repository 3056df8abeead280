package org.isthmus.translation.error;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.isthmus.translation.xml.XmlElement;

/** The {@code <error/>} element of a stanza (RFC 6120 §8.3.2). */
public final class StanzaErrorXml {

    static final String NAMESPACE = "urn:ietf:params:xml:ns:xmpp-stanzas";

    private static final Map<String, StanzaCondition> CONDITIONS = new HashMap<>();

    static {
        for (StanzaCondition condition : StanzaCondition.values()) {
            CONDITIONS.put(condition.wire(), condition);
        }
    }

    private StanzaErrorXml() {}

    /**
     * Reads an error element. Without a defined condition it is {@code undefined-condition}; without a defined type it has
     * the condition's own.
     */
    public static StanzaError read(XmlElement error) {
        Optional<XmlElement> element = error.elements().stream()
                .filter(child -> child.namespace().equals(NAMESPACE) && CONDITIONS.containsKey(child.local()))
                .findFirst();
        StanzaCondition condition =
                element.map(child -> CONDITIONS.get(child.local())).orElse(StanzaCondition.UNDEFINED_CONDITION);
        StanzaCondition.Type type =
                error.attribute("type").flatMap(StanzaErrorXml::type).orElse(condition.defaultType());
        Optional<String> text =
                error.child(NAMESPACE, "text").map(XmlElement::text).filter(words -> !words.isBlank());
        Optional<String> address = condition == StanzaCondition.GONE || condition == StanzaCondition.REDIRECT
                ? element.map(child -> child.text().strip()).filter(uri -> !uri.isEmpty())
                : Optional.empty();
        return new StanzaError(condition, type, text, address);
    }

    /**
     * Writes an error element.
     *
     * @param streamNamespace the namespace of the stanza that it is put into
     */
    public static XmlElement write(StanzaError error, String streamNamespace) {
        XmlElement.Builder condition =
                XmlElement.builder(NAMESPACE, error.condition().wire());
        error.address().ifPresent(condition::text);
        XmlElement.Builder element = XmlElement.builder(streamNamespace, "error")
                .attribute("type", error.type().wire())
                .child(condition.build());
        error.text()
                .ifPresent(words -> element.child(
                        XmlElement.builder(NAMESPACE, "text").text(words).build()));
        return element.build();
    }

    private static Optional<StanzaCondition.Type> type(String value) {
        for (StanzaCondition.Type type : StanzaCondition.Type.values()) {
            if (type.wire().equals(value.toLowerCase(Locale.ROOT))) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
