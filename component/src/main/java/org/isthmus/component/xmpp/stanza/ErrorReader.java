package org.isthmus.component.xmpp.stanza;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dom4j.Element;
import org.isthmus.translation.error.StanzaCondition;
import org.isthmus.translation.error.StanzaError;

/** Reads the {@code <error/>} of a stanza (RFC 6120 §8.3); what is missing or unknown is an undefined condition. */
public final class ErrorReader {

    private static final Map<String, StanzaCondition> CONDITIONS = Arrays.stream(StanzaCondition.values())
            .collect(Collectors.toMap(StanzaCondition::wire, Function.identity()));

    private static final Map<String, StanzaCondition.Type> TYPES = Arrays.stream(StanzaCondition.Type.values())
            .collect(Collectors.toMap(StanzaCondition.Type::wire, Function.identity()));

    private ErrorReader() {}

    /** The error of a stanza of type error. */
    public static StanzaError read(Element stanza) {
        StanzaCondition condition = StanzaCondition.UNDEFINED_CONDITION;
        String address = null;
        String text = null;
        StanzaCondition.Type type = null;
        for (Element error : stanza.elements()) {
            if (!error.getName().equals("error")) {
                continue;
            }
            type = TYPES.get(error.attributeValue("type", ""));
            for (Element child : error.elements()) {
                if (!child.getNamespaceURI().equals(Names.STANZA_ERRORS)) {
                    continue;
                }
                if (child.getName().equals("text")) {
                    text = text == null ? child.getText() : text;
                } else {
                    condition = CONDITIONS.getOrDefault(child.getName(), StanzaCondition.UNDEFINED_CONDITION);
                    address = child.getText().isEmpty() ? null : child.getText();
                }
            }
            break;
        }
        return new StanzaError(
                condition,
                type == null ? condition.defaultType() : type,
                Optional.ofNullable(text),
                Optional.ofNullable(address));
    }
}
