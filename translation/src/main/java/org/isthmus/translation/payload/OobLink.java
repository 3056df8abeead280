package org.isthmus.translation.payload;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.isthmus.translation.text.HeaderText;
import org.isthmus.translation.xml.XmlElement;

/**
 * A link that goes with a message (XEP-0066 §3): how clients mark a file that they uploaded.
 *
 * @param url where it is
 * @param description a person's or a file's name for it
 */
public record OobLink(String url, Optional<String> description) {

    private static final String NAMESPACE = "jabber:x:oob";

    public OobLink {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(description, "description");
    }

    /** The links of a message. */
    public static List<OobLink> of(List<XmlElement> payloads) {
        return payloads.stream()
                .filter(payload -> payload.is(NAMESPACE, "x"))
                .flatMap(payload -> payload
                        .child(NAMESPACE, "url")
                        .map(url -> HeaderText.clean(url.text()))
                        .filter(url -> !url.isEmpty())
                        .map(url -> new OobLink(
                                url,
                                payload.child(NAMESPACE, "desc")
                                        .map(words -> HeaderText.clean(words.text()))
                                        .filter(words -> !words.isEmpty())))
                        .stream())
                .toList();
    }

    /** The text with each link that it does not contain already, on a line of its own: every link is seen once. */
    public static String readable(String text, List<OobLink> links) {
        String missing = links.stream()
                .filter(link -> !text.contains(link.url()))
                .map(link -> link.description().map(words -> words + ": ").orElse("") + link.url())
                .distinct()
                .collect(Collectors.joining("\n"));
        return text.isBlank() ? missing : missing.isEmpty() ? text : text + "\n" + missing;
    }

    /** The element. */
    public XmlElement element() {
        XmlElement.Builder element = XmlElement.builder(NAMESPACE, "x").child("url", url);
        description.ifPresent(words -> element.child("desc", words));
        return element.build();
    }
}
