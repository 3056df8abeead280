package org.isthmus.translation.composing;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.isthmus.translation.text.Ascii;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlLimits;
import org.isthmus.translation.xml.XmlSyntaxException;
import org.isthmus.translation.xml.XmlTreeReader;
import org.isthmus.translation.xml.XmlTreeWriter;

/**
 * An isComposing document (RFC 3994).
 *
 * @param state what the sender does
 * @param lastActive when the sender last did something
 * @param contentType what is being made, for example {@code text} or {@code audio}
 * @param refresh after which time the sender says it again
 */
public record IsComposing(
        State state, Optional<Instant> lastActive, Optional<String> contentType, Optional<Duration> refresh) {

    /** The media type. */
    public static final String MEDIA_TYPE = "application/im-iscomposing+xml";

    private static final String NAMESPACE = "urn:ietf:params:xml:ns:im-iscomposing";

    /** Far more than any such document has; it is a status, not a message. */
    private static final XmlLimits LIMITS = new XmlLimits(16 * 1024, 16, 100, 32);

    /** RFC 3994 §3.1. */
    public enum State {
        ACTIVE,
        IDLE;

        /** The element's text. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public IsComposing {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(lastActive, "lastActive");
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(refresh, "refresh");
    }

    /** Composing text; to be said again within that time. */
    public static IsComposing active(Duration refresh) {
        return new IsComposing(State.ACTIVE, Optional.empty(), Optional.of("text/plain"), Optional.of(refresh));
    }

    /** Not composing any more. */
    public static IsComposing idle() {
        return new IsComposing(State.IDLE, Optional.empty(), Optional.of("text/plain"), Optional.empty());
    }

    /**
     * Reads a document. A state that is not defined is idle (RFC 3994 §3.5); other parts that cannot be read are left out.
     *
     * @param charset of the media type
     * @throws XmlSyntaxException when it is no such document
     */
    public static IsComposing read(byte[] document, Optional<String> charset) throws XmlSyntaxException {
        XmlElement root = XmlTreeReader.read(document, charset, LIMITS);
        // COMPAT(agents that copy misprinted examples): some write the document without a namespace.
        String namespace = root.namespace().isEmpty() ? "" : NAMESPACE;
        if (!root.is(namespace, "isComposing")) {
            throw new XmlSyntaxException(0, "expected isComposing");
        }
        State state = text(root, namespace, "state").filter("active"::equals).isPresent() ? State.ACTIVE : State.IDLE;
        return new IsComposing(
                state,
                text(root, namespace, "lastactive").flatMap(IsComposing::instant),
                text(root, namespace, "contenttype"),
                text(root, namespace, "refresh").flatMap(IsComposing::seconds));
    }

    /** The document. */
    public byte[] write() {
        XmlElement.Builder root = XmlElement.builder(NAMESPACE, "isComposing").child("state", state.wire());
        lastActive.ifPresent(time -> root.child("lastactive", DateTimeFormatter.ISO_INSTANT.format(time)));
        contentType.ifPresent(type -> root.child("contenttype", type));
        refresh.ifPresent(time -> root.child("refresh", Long.toString(Math.max(1, time.toSeconds()))));
        return XmlTreeWriter.document(root.build()).getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<String> text(XmlElement root, String namespace, String name) {
        return root.child(namespace, name).map(child -> child.text().strip()).filter(text -> !text.isEmpty());
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(
                    OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> seconds(String text) {
        return Ascii.isNumber(text) && text.length() <= 9 && !text.matches("0+")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                : Optional.empty();
    }
}
