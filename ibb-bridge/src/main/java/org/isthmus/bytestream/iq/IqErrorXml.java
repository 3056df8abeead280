package org.isthmus.bytestream.iq;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.Namespace;
import org.dom4j.QName;
import org.isthmus.translation.error.StanzaCondition;

/** The {@code <error/>} element of an IQ (RFC 6120 §8.3.2). */
public final class IqErrorXml {

    private static final String STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas";
    private static final Namespace STANZAS_NAMESPACE = new Namespace("", STANZAS);

    private static final Map<String, StanzaCondition> CONDITIONS = new HashMap<>();
    private static final Map<String, StanzaCondition.Type> TYPES = new HashMap<>();

    static {
        for (StanzaCondition condition : StanzaCondition.values()) {
            CONDITIONS.put(condition.wire(), condition);
        }
        for (StanzaCondition.Type type : StanzaCondition.Type.values()) {
            TYPES.put(type.wire(), type);
        }
    }

    private IqErrorXml() {}

    /**
     * Reads an error element. Without a condition that is defined it is {@code undefined-condition}, without a type that is
     * defined it has the condition's own.
     */
    public static IqError read(Element error) {
        StanzaCondition condition = StanzaCondition.UNDEFINED_CONDITION;
        Optional<IqError.Application> application = Optional.empty();
        Optional<String> text = Optional.empty();
        for (Element child : error.elements()) {
            boolean defined = child.getNamespaceURI().equals(STANZAS);
            if (defined && child.getName().equals("text")) {
                text = Optional.of(child.getText()).filter(words -> !words.isBlank());
            } else if (defined) {
                condition = CONDITIONS.getOrDefault(child.getName(), condition);
            } else if (application.isEmpty()) {
                application = Optional.of(new IqError.Application(child.getNamespaceURI(), child.getName()));
            }
        }
        String type = error.attributeValue("type", "").toLowerCase(Locale.ROOT);
        return new IqError(condition, TYPES.getOrDefault(type, condition.defaultType()), application, text);
    }

    /**
     * Writes an error element.
     *
     * @param streamNamespace the namespace of the stanza that it is put into
     */
    public static Element write(IqError error, String streamNamespace) {
        Element element = DocumentHelper.createElement(QName.get("error", streamNamespace));
        element.addAttribute("type", error.type().wire());
        element.addElement(new QName(error.condition().wire(), STANZAS_NAMESPACE));
        error.text()
                .ifPresent(words ->
                        element.addElement(new QName("text", STANZAS_NAMESPACE)).addText(words));
        error.application()
                .ifPresent(own -> element.addElement(new QName(own.name(), new Namespace("", own.namespace()))));
        return element;
    }
}
