package org.isthmus.bytestream.si;

import java.util.Optional;
import org.dom4j.Element;

/** Numbers of octets in attributes. */
final class Decimals {

    private Decimals() {}

    /** Digits only, at most {@link Long#MAX_VALUE}; empty otherwise, also when the attribute is missing. */
    static Optional<Long> read(Element element, String attribute) {
        String text = element.attributeValue(attribute, "").strip();
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }
}
