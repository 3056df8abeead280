package org.isthmus.component.xmpp.service;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlName;

/**
 * What an entity is and can do (XEP-0030 §3.1).
 *
 * @param identities at least one
 * @param features without duplicates, sorted; contains disco#info itself
 * @param forms extended information (XEP-0128)
 */
public record DiscoInfo(List<Identity> identities, List<String> features, List<Form> forms) {

    /** XEP-0030 §3.1. */
    public static final String NAMESPACE = "http://jabber.org/protocol/disco#info";

    /** i;octet (RFC 4790 §9.3): the order of UTF-8 octets, which that of UTF-16 is not. */
    static final Comparator<String> OCTET_ORDER = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    private static final String DATA_FORMS = "jabber:x:data";

    /**
     * Who it is.
     *
     * @param category of the registry, for example {@code gateway}
     * @param type of the registry, for example {@code simple}
     * @param lang the language of the name; empty for none
     * @param name for a person; empty for none
     */
    public record Identity(String category, String type, String lang, String name) {

        public Identity {
            Objects.requireNonNull(lang, "lang");
            Objects.requireNonNull(name, "name");
        }

        /** As in a verification string (XEP-0115 §5.1). */
        String verified() {
            return category + "/" + type + "/" + lang + "/" + name;
        }
    }

    /**
     * A form of extended information.
     *
     * @param formType its FORM_TYPE
     * @param fields all others
     */
    public record Form(String formType, List<Field> fields) {
        public Form {
            fields = List.copyOf(fields);
        }
    }

    /** A field and its values. */
    public record Field(String name, List<String> values) {
        public Field {
            values = List.copyOf(values);
        }
    }

    public DiscoInfo {
        if (identities.isEmpty()) {
            throw new IllegalArgumentException("an entity has at least one identity (XEP-0030 §3.1)");
        }
        identities = List.copyOf(identities);
        TreeSet<String> distinct = new TreeSet<>(OCTET_ORDER);
        distinct.addAll(features);
        distinct.add(NAMESPACE);
        features = List.copyOf(distinct);
        forms = List.copyOf(forms);
    }

    /** An entity with one identity and no forms. */
    public static DiscoInfo of(Identity identity, List<String> features) {
        return new DiscoInfo(List.of(identity), features, List.of());
    }

    /** The query element of a reply; the node of the question is repeated. */
    XmlElement toXml(Optional<String> node) {
        XmlElement.Builder query = XmlElement.builder(NAMESPACE, "query");
        node.ifPresent(name -> query.attribute("node", name));
        for (Identity identity : identities) {
            XmlElement.Builder element = XmlElement.builder(NAMESPACE, "identity")
                    .attribute("category", identity.category())
                    .attribute("type", identity.type());
            if (!identity.lang().isEmpty()) {
                element.attribute(XmlName.LANG, identity.lang());
            }
            if (!identity.name().isEmpty()) {
                element.attribute("name", identity.name());
            }
            query.child(element.build());
        }
        for (String feature : features) {
            query.child(XmlElement.builder(NAMESPACE, "feature")
                    .attribute("var", feature)
                    .build());
        }
        for (Form form : forms) {
            query.child(toXml(form));
        }
        return query.build();
    }

    private static XmlElement toXml(Form form) {
        XmlElement.Builder x = XmlElement.builder(DATA_FORMS, "x").attribute("type", "result");
        x.child(XmlElement.builder(DATA_FORMS, "field")
                .attribute("var", "FORM_TYPE")
                .attribute("type", "hidden")
                .child("value", form.formType())
                .build());
        for (Field field : form.fields()) {
            XmlElement.Builder element = XmlElement.builder(DATA_FORMS, "field").attribute("var", field.name());
            field.values().forEach(value -> element.child("value", value));
            x.child(element.build());
        }
        return x.build();
    }

    /**
     * Reads a reply as it came, duplicates and all: {@link CapsVer#verify} wants to see them. Not for keeping.
     *
     * @param query the query element
     */
    static Received read(XmlElement query) {
        List<Identity> identities = new ArrayList<>();
        for (XmlElement child : query.children(NAMESPACE, "identity")) {
            identities.add(new Identity(
                    child.attribute("category").orElse(""),
                    child.attribute("type").orElse(""),
                    child.lang().orElse(""),
                    child.attribute("name").orElse("")));
        }
        List<String> features = query.children(NAMESPACE, "feature").stream()
                .map(child -> child.attribute("var").orElse(""))
                .toList();
        List<ReceivedForm> forms = query.children(DATA_FORMS, "x").stream()
                .map(DiscoInfo::readForm)
                .toList();
        return new Received(identities, features, forms);
    }

    /** What came, unjudged. */
    record Received(List<Identity> identities, List<String> features, List<ReceivedForm> forms) {}

    /**
     * A form that came, unjudged.
     *
     * @param types all values of FORM_TYPE
     * @param hidden whether FORM_TYPE is of type hidden
     */
    record ReceivedForm(List<String> types, boolean hidden, List<Field> fields) {}

    private static ReceivedForm readForm(XmlElement x) {
        List<String> types = new ArrayList<>();
        boolean hidden = false;
        List<Field> fields = new ArrayList<>();
        for (XmlElement field : x.children(DATA_FORMS, "field")) {
            String name = field.attribute("var").orElse("");
            List<String> values = field.children(DATA_FORMS, "value").stream()
                    .map(XmlElement::text)
                    .toList();
            if (name.equals("FORM_TYPE")) {
                types.addAll(values);
                hidden = field.attribute("type").filter("hidden"::equals).isPresent();
            } else {
                fields.add(new Field(name, values));
            }
        }
        return new ReceivedForm(types, hidden, fields);
    }
}
