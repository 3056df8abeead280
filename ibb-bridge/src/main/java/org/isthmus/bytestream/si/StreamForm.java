package org.isthmus.bytestream.si;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dom4j.Element;
import org.isthmus.bytestream.StreamMethod;

/** The form in which methods are offered and chosen (XEP-0020 inside XEP-0095 §4). */
final class StreamForm {

    private static final int MAX_METHODS = 32;

    private StreamForm() {}

    /** The options of the offer, in order, each once; empty when there is no such form. */
    static List<String> options(Element si) {
        Set<String> methods = new LinkedHashSet<>();
        for (Element field : fields(si)) {
            for (Element option : field.elements(SiNames.OPTION)) {
                value(option).filter(v -> methods.size() < MAX_METHODS).ifPresent(methods::add);
            }
        }
        return List.copyOf(methods);
    }

    /** The values of the answer, in order. There should be one. */
    static List<String> values(Element si) {
        List<String> methods = new ArrayList<>();
        // COMPAT(libpurple 2): two fields of that name, meaning "the first, else the second"
        for (Element field : fields(si)) {
            for (Element value : field.elements(SiNames.VALUE)) {
                methods.add(value.getText().strip());
            }
        }
        return methods;
    }

    static void writeOptions(Element si, List<String> methods) {
        Element field = form(si, "form").addAttribute("type", "list-single");
        for (String method : methods) {
            field.addElement(SiNames.OPTION).addElement(SiNames.VALUE).addText(method);
        }
    }

    static void writeValue(Element si, StreamMethod method) {
        form(si, "submit").addElement(SiNames.VALUE).addText(method.namespace());
    }

    private static Element form(Element si, String type) {
        return si.addElement(SiNames.FEATURE)
                .addElement(SiNames.FORM)
                .addAttribute("type", type)
                .addElement(SiNames.FIELD)
                .addAttribute("var", SiNames.STREAM_METHOD);
    }

    private static List<Element> fields(Element si) {
        List<Element> found = new ArrayList<>();
        for (Element feature : si.elements(SiNames.FEATURE)) {
            for (Element form : feature.elements(SiNames.FORM)) {
                for (Element field : form.elements(SiNames.FIELD)) {
                    if (SiNames.STREAM_METHOD.equals(field.attributeValue("var"))) {
                        found.add(field);
                    }
                }
            }
        }
        return found;
    }

    private static Optional<String> value(Element option) {
        return Optional.ofNullable(option.element(SiNames.VALUE))
                .map(value -> value.getText().strip())
                .filter(text -> !text.isEmpty());
    }
}
