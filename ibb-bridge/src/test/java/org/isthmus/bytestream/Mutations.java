package org.isthmus.bytestream;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.dom4j.Attribute;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;

/** Payloads that somebody got wrong: attributes and texts changed, removed and doubled, children moved. Reproducible. */
public final class Mutations {

    private static final String[] VALUES = {
        "",
        " ",
        "0",
        "-1",
        "65535",
        "65536",
        "9223372036854775807",
        "9223372036854775808",
        "1e3",
        "NaN",
        "\u0663",
        "a",
        "../x",
        "x".repeat(3_000),
        "=",
        "AAAA",
        "AAA=",
        "\u202E",
        "2026-01-01T00:00:00Z",
        "http://jabber.org/protocol/ibb",
        "::1",
        "127.0.0.1",
        "tcp",
        "udp",
        "message",
        "iq",
        "\uD83D\uDE00"
    };

    private Mutations() {}

    /** A copy with one to four changes. */
    public static Element of(Element seed, Random random) {
        Element mutant = seed.createCopy();
        for (int i = random.nextInt(4); i >= 0; i--) {
            List<Element> all = new ArrayList<>();
            collect(mutant, all);
            change(all.get(random.nextInt(all.size())), random);
        }
        return mutant;
    }

    private static void collect(Element element, List<Element> all) {
        all.add(element);
        element.elements().forEach(child -> collect(child, all));
    }

    private static void change(Element element, Random random) {
        List<Attribute> attributes = element.attributes();
        switch (random.nextInt(6)) {
            case 0 -> {
                if (!attributes.isEmpty()) {
                    element.remove(attributes.get(random.nextInt(attributes.size())));
                }
            }
            case 1 -> {
                if (!attributes.isEmpty()) {
                    attributes.get(random.nextInt(attributes.size())).setValue(value(random));
                }
            }
            case 2 -> element.setText(value(random));
            case 3 -> {
                if (element.getParent() != null) {
                    element.getParent().add(element.createCopy());
                }
            }
            case 4 -> {
                if (element.getParent() != null) {
                    element.detach();
                }
            }
            default -> {
                Element child = DocumentHelper.createElement(new QName("x", element.getNamespace()));
                child.setText(value(random));
                element.add(child);
            }
        }
    }

    private static String value(Random random) {
        if (random.nextInt(3) > 0) {
            return VALUES[random.nextInt(VALUES.length)];
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append((char) (random.nextInt(8) == 0 ? random.nextInt(0xD800) : random.nextInt(0x80)));
        }
        return text.toString();
    }
}
