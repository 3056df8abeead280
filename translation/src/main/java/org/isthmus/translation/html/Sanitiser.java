package org.isthmus.translation.html;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.isthmus.translation.text.HeaderText;
import org.isthmus.translation.text.XmlCharacters;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlNode;

/**
 * Reduces markup to the recommended profile of XEP-0071 §7: only what is listed here passes. Other elements become listed
 * ones where there is a counterpart, else only their content passes, and scripts, styles and frames not even that.
 *
 * <p>Images become links: a client that fetches them would tell their server who reads when.
 */
final class Sanitiser {

    /** Elements that pass as they are. */
    private static final Set<String> PASS =
            Set.of("a", "blockquote", "br", "cite", "em", "li", "ol", "p", "span", "strong", "ul");

    /** Elements that pass under another name. */
    private static final Map<String, String> RENAMED = Map.ofEntries(
            Map.entry("b", "strong"),
            Map.entry("i", "em"),
            Map.entry("dfn", "em"),
            Map.entry("var", "em"),
            Map.entry("address", "p"),
            Map.entry("article", "p"),
            Map.entry("center", "p"),
            Map.entry("dd", "p"),
            Map.entry("div", "p"),
            Map.entry("dl", "p"),
            Map.entry("dt", "p"),
            Map.entry("section", "p"),
            Map.entry("tr", "p"),
            Map.entry("font", "span"),
            Map.entry("td", "span"),
            Map.entry("th", "strong"),
            Map.entry("menu", "ul"),
            Map.entry("dir", "ul"));

    /** Elements that pass as a styled span or paragraph. */
    private static final Map<String, List<String>> STYLED = Map.ofEntries(
            Map.entry("u", List.of("span", "text-decoration: underline")),
            Map.entry("ins", List.of("span", "text-decoration: underline")),
            Map.entry("s", List.of("span", "text-decoration: line-through")),
            Map.entry("strike", List.of("span", "text-decoration: line-through")),
            Map.entry("del", List.of("span", "text-decoration: line-through")),
            Map.entry("code", List.of("span", "font-family: monospace")),
            Map.entry("kbd", List.of("span", "font-family: monospace")),
            Map.entry("samp", List.of("span", "font-family: monospace")),
            Map.entry("tt", List.of("span", "font-family: monospace")),
            Map.entry("pre", List.of("p", "font-family: monospace")),
            Map.entry("h1", List.of("p", "font-weight: bold")),
            Map.entry("h2", List.of("p", "font-weight: bold")),
            Map.entry("h3", List.of("p", "font-weight: bold")),
            Map.entry("h4", List.of("p", "font-weight: bold")),
            Map.entry("h5", List.of("p", "font-weight: bold")),
            Map.entry("h6", List.of("p", "font-weight: bold")));

    /** Elements whose content is not for reading. */
    private static final Set<String> DROPPED = Set.of(
            "applet",
            "audio",
            "button",
            "canvas",
            "embed",
            "form",
            "frame",
            "frameset",
            "head",
            "iframe",
            "input",
            "link",
            "math",
            "meta",
            "noembed",
            "noframes",
            "noscript",
            "object",
            "option",
            "script",
            "select",
            "style",
            "svg",
            "template",
            "textarea",
            "title",
            "video",
            "xmp");

    /** What may be linked to: nothing that a click would run. */
    private static final Set<String> SCHEMES =
            Set.of("http", "https", "mailto", "xmpp", "sip", "sips", "tel", "im", "geo");

    private Sanitiser() {}

    /** The content of a body in the XHTML namespace, harmless. */
    static XmlElement sanitise(XmlElement body) {
        XmlElement.Builder out = XmlElement.builder(XhtmlIm.XHTML, "body");
        copyContent(body, out, false);
        return out.build();
    }

    /** Whether anything in the body is more than text and line breaks. */
    static boolean hasMarkup(XmlElement body) {
        return body.elements().stream()
                .anyMatch(child -> !Set.of("p", "br").contains(child.local())
                        || !child.attributes().isEmpty()
                        || hasMarkup(child));
    }

    private static void copyContent(XmlElement source, XmlElement.Builder out, boolean preformatted) {
        for (XmlNode node : source.content()) {
            if (node instanceof XmlElement child) {
                copy(child, out, preformatted);
            } else if (node instanceof XmlNode.Text text) {
                copyText(XmlCharacters.cleanLines(text.text()), out, preformatted);
            }
        }
    }

    private static void copyText(String text, XmlElement.Builder out, boolean preformatted) {
        if (!preformatted) {
            out.text(text);
            return;
        }
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (i > 0) {
                out.child(XmlElement.empty(XhtmlIm.XHTML, "br"));
            }
            String line = lines[i].replace("  ", "\u00A0 ");
            out.text(line.startsWith(" ") ? "\u00A0" + line.substring(1) : line);
        }
    }

    private static void copy(XmlElement source, XmlElement.Builder out, boolean preformatted) {
        String name = source.local().toLowerCase(Locale.ROOT);
        if (DROPPED.contains(name)) {
            return;
        }
        if (name.equals("img")) {
            copyImage(source, out);
            return;
        }
        List<String> styled = STYLED.getOrDefault(name, List.of());
        Optional<String> target = PASS.contains(name)
                ? Optional.of(name)
                : styled.isEmpty() ? Optional.ofNullable(RENAMED.get(name)) : Optional.of(styled.get(0));
        boolean lines = preformatted || name.equals("pre");
        if (target.isEmpty() || (name.equals("a") && href(source, "href").isEmpty())) {
            copyContent(source, out, lines);
            return;
        }
        XmlElement.Builder copy = XmlElement.builder(XhtmlIm.XHTML, target.get());
        if (name.equals("a")) {
            href(source, "href").ifPresent(url -> copy.attribute("href", url));
        }
        style(source, styled).ifPresent(style -> copy.attribute("style", style));
        if (!name.equals("br")) {
            copyContent(source, copy, lines);
        }
        XmlElement built = copy.build();
        if (name.equals("br") || !built.content().isEmpty()) {
            out.child(built);
        }
    }

    /** A link with the image's own words; without an address that may be followed, only the words. */
    private static void copyImage(XmlElement source, XmlElement.Builder out) {
        String words = source.attribute("alt").map(HeaderText::clean).orElse("");
        Optional<String> url = href(source, "src");
        if (url.isPresent()) {
            out.child(XmlElement.builder(XhtmlIm.XHTML, "a")
                    .attribute("href", url.get())
                    .text(words.isEmpty() ? url.get() : words)
                    .build());
        } else if (!words.isEmpty()) {
            out.text("[" + words + "]");
        }
    }

    private static Optional<String> href(XmlElement source, String attribute) {
        return source.attribute(attribute).map(HeaderText::clean).filter(url -> {
            int colon = url.indexOf(':');
            return colon > 0
                    && SCHEMES.contains(url.substring(0, colon).toLowerCase(Locale.ROOT))
                    && url.indexOf(' ') < 0;
        });
    }

    private static Optional<String> style(XmlElement source, List<String> styled) {
        String own = Css.sanitise(source.attribute("style").orElse(""));
        String color = source.local().equalsIgnoreCase("font")
                ? source.attribute("color")
                        .map(value -> Css.sanitise("color: " + value))
                        .orElse("")
                : "";
        String given = styled.isEmpty() ? "" : styled.get(1);
        String all = String.join(
                "; ",
                List.of(given, color, own).stream()
                        .filter(text -> !text.isEmpty())
                        .toList());
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }
}
