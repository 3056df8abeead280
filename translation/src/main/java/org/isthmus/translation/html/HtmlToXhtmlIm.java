package org.isthmus.translation.html;

import java.util.Optional;
import org.isthmus.translation.xml.XmlElement;

/** A {@code text/html} body as XHTML-IM and as the plain text that has to go with it (RFC 7572 §7, XEP-0071 §8). */
public final class HtmlToXhtmlIm {

    /**
     * Both forms.
     *
     * @param plain the text; "" when the document shows nothing
     * @param extension the payload of the stanza; empty when it would say no more than the text does
     */
    public record Result(String plain, Optional<XmlElement> extension) {}

    private HtmlToXhtmlIm() {}

    /** Translates a document of any quality. */
    public static Result translate(String html) {
        XmlElement body = Sanitiser.sanitise(HtmlReader.read(html));
        String plain = PlainText.of(body);
        boolean says = !plain.isEmpty() && Sanitiser.hasMarkup(body);
        return new Result(plain, says ? Optional.of(XhtmlIm.element(body)) : Optional.empty());
    }
}
