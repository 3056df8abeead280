package org.isthmus.translation.html;

import java.util.Set;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlNode;

/**
 * A sanitised body as plain text: paragraphs and list items on lines of their own, quotations marked, links with their
 * address when the words do not show it.
 */
final class PlainText {

    private static final Set<String> BLOCKS = Set.of("p", "blockquote", "ol", "ul", "li", "body");

    private final StringBuilder out = new StringBuilder();
    private boolean space;
    private int breaks;

    private PlainText() {}

    static String of(XmlElement body) {
        PlainText text = new PlainText();
        text.content(body);
        return text.out.toString();
    }

    private void content(XmlElement element) {
        int item = 0;
        for (XmlNode node : element.content()) {
            if (node instanceof XmlNode.Text text) {
                words(text.text());
            } else if (node instanceof XmlElement child) {
                if (child.local().equals("li")) {
                    item++;
                    line();
                    words(element.local().equals("ol") ? item + ". " : "- ", true);
                    content(child);
                    line();
                } else {
                    element(child);
                }
            }
        }
    }

    private void element(XmlElement element) {
        String name = element.local();
        if (name.equals("br")) {
            breaks++;
            space = false;
            return;
        }
        boolean block = BLOCKS.contains(name);
        if (block) {
            line();
        }
        if (name.equals("blockquote")) {
            PlainText inner = new PlainText();
            inner.content(element);
            words("> " + inner.out.toString().replace("\n", "\n> "), true);
        } else {
            int start = out.length();
            content(element);
            if (name.equals("a")) {
                address(element, out.substring(Math.min(start, out.length())));
            }
        }
        if (block) {
            line();
        }
    }

    /** The address of a link behind its words. */
    private void address(XmlElement link, String words) {
        link.attribute("href").ifPresent(url -> {
            String shown = url.startsWith("mailto:") ? url.substring("mailto:".length()) : url;
            if (!words.contains(shown)) {
                words(words.isBlank() ? url : " (" + url + ")", true);
            }
        });
    }

    private void line() {
        space = false;
        breaks = Math.max(breaks, 1);
    }

    /** White space of the source is one space, but for the one that keeps words apart. */
    private void words(String text) {
        words(text, false);
    }

    private void words(String text, boolean verbatim) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!verbatim && (c == ' ' || c == '\n' || c == '\t' || c == '\r')) {
                space = true;
                continue;
            }
            if (breaks > 0) {
                out.append(out.isEmpty() ? "" : "\n".repeat(breaks));
                breaks = 0;
            } else if (space && !out.isEmpty()) {
                out.append(' ');
            }
            space = false;
            out.append(c == '\u00A0' ? ' ' : c);
        }
    }
}
