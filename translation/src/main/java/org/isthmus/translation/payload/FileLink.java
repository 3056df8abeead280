package org.isthmus.translation.payload;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.isthmus.translation.mime.MediaType;
import org.isthmus.translation.text.HeaderText;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlLimits;
import org.isthmus.translation.xml.XmlSyntaxException;
import org.isthmus.translation.xml.XmlTreeReader;

/** Links to a file that some SIP agents send instead of it: content indirection (RFC 4483) and RCS file transfer by HTTP. */
public final class FileLink {

    /** RCS (GSMA RCC.07 §3.2.5), what linphone sends after an upload. */
    public static final String RCS_TYPE = "application/vnd.gsma.rcs-ft-http+xml";

    private static final XmlLimits LIMITS = new XmlLimits(64 * 1024, 16, 200, 32);

    private FileLink() {}

    /** The link; empty when it is none that a person could follow. */
    public static Optional<OobLink> read(byte[] octets, MediaType type) {
        Optional<OobLink> link = type.is(RCS_TYPE) ? rcs(octets, type) : indirect(type);
        return link.filter(found -> {
            String url = found.url().toLowerCase(Locale.ROOT);
            return (url.startsWith("https://") || url.startsWith("http://")) && url.indexOf(' ') < 0;
        });
    }

    private static Optional<OobLink> indirect(MediaType type) {
        boolean byUrl =
                type.param("access-type").filter("url"::equalsIgnoreCase).isPresent();
        return byUrl
                ? type.param("url").map(url -> new OobLink(HeaderText.clean(url), Optional.empty()))
                : Optional.empty();
    }

    private static Optional<OobLink> rcs(byte[] octets, MediaType type) {
        try {
            XmlElement file = XmlTreeReader.read(
                    octets, type.param("charset").or(() -> Optional.of(StandardCharsets.UTF_8.name())), LIMITS);
            return file.elements().stream()
                    .filter(info -> info.local().equals("file-info"))
                    .filter(info -> !info.attribute("type").orElse("file").equals("thumbnail"))
                    .flatMap(info -> child(info, "data")
                            .flatMap(data -> data.attribute("url"))
                            .map(url -> new OobLink(
                                    HeaderText.clean(url),
                                    child(info, "file-name").map(name -> HeaderText.clean(name.text()))))
                            .stream())
                    .findFirst();
        } catch (XmlSyntaxException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<XmlElement> child(XmlElement parent, String local) {
        return parent.elements().stream()
                .filter(element -> element.local().equals(local))
                .findFirst();
    }
}
