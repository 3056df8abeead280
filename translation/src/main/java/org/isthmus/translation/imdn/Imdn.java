package org.isthmus.translation.imdn;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlLimits;
import org.isthmus.translation.xml.XmlSyntaxException;
import org.isthmus.translation.xml.XmlTreeReader;
import org.isthmus.translation.xml.XmlTreeWriter;

/**
 * A disposition notification (RFC 5438 §11.1).
 *
 * @param messageId the imdn.Message-ID of the message it is about
 * @param dateTime the DateTime of that message, as written there
 * @param recipientUri who tells
 * @param originalRecipientUri whom the message was sent to
 * @param disposition what it is about; empty when the document does not say
 * @param status the outcome; empty for one that is not defined
 */
public record Imdn(
        String messageId,
        Optional<String> dateTime,
        Optional<String> recipientUri,
        Optional<String> originalRecipientUri,
        Optional<Disposition> disposition,
        Optional<ImdnStatus> status) {

    /** The media type. */
    public static final String MEDIA_TYPE = "message/imdn+xml";

    private static final String NAMESPACE = "urn:ietf:params:xml:ns:imdn";
    private static final XmlLimits LIMITS = new XmlLimits(16 * 1024, 16, 200, 32);

    public Imdn {
        Objects.requireNonNull(messageId, "messageId");
        Objects.requireNonNull(dateTime, "dateTime");
        Objects.requireNonNull(recipientUri, "recipientUri");
        Objects.requireNonNull(originalRecipientUri, "originalRecipientUri");
        Objects.requireNonNull(disposition, "disposition");
        Objects.requireNonNull(status, "status");
    }

    /** Whether it says that. */
    public boolean says(Disposition about, ImdnStatus outcome) {
        return disposition.filter(about::equals).isPresent()
                && status.filter(outcome::equals).isPresent();
    }

    /**
     * Reads a document.
     *
     * @param charset of the media type
     * @throws XmlSyntaxException when it is no notification or names no message
     */
    public static Imdn read(byte[] document, Optional<String> charset) throws XmlSyntaxException {
        XmlElement root = XmlTreeReader.read(document, charset, LIMITS);
        if (!root.is(NAMESPACE, "imdn")) {
            throw new XmlSyntaxException(0, "expected imdn");
        }
        String messageId =
                text(root, "message-id").orElseThrow(() -> new XmlSyntaxException(0, "expected a message-id"));
        Optional<Disposition> disposition = Optional.empty();
        Optional<ImdnStatus> status = Optional.empty();
        for (Disposition kind : Disposition.values()) {
            Optional<XmlElement> element = root.child(NAMESPACE, kind.element());
            if (element.isPresent() && disposition.isEmpty()) {
                disposition = Optional.of(kind);
                status = element.flatMap(found -> found.child(NAMESPACE, "status"))
                        .flatMap(Imdn::outcome);
            }
        }
        return new Imdn(
                messageId,
                text(root, "datetime"),
                text(root, "recipient-uri"),
                text(root, "original-recipient-uri"),
                disposition,
                status);
    }

    /** The document, its parts in the order of the schema. */
    public byte[] write() {
        XmlElement.Builder root = XmlElement.builder(NAMESPACE, "imdn").child("message-id", messageId);
        dateTime.ifPresent(time -> root.child("datetime", time));
        recipientUri.ifPresent(uri -> root.child("recipient-uri", uri));
        originalRecipientUri.ifPresent(uri -> root.child("original-recipient-uri", uri));
        disposition.ifPresent(kind -> {
            XmlElement.Builder outcome = XmlElement.builder(NAMESPACE, "status");
            status.ifPresent(found -> outcome.child(XmlElement.empty(NAMESPACE, found.wire())));
            root.child(XmlElement.builder(NAMESPACE, kind.element())
                    .child(outcome.build())
                    .build());
        });
        return XmlTreeWriter.document(root.build()).getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<String> text(XmlElement root, String name) {
        return root.child(NAMESPACE, name).map(child -> child.text().strip()).filter(text -> !text.isEmpty());
    }

    private static Optional<ImdnStatus> outcome(XmlElement status) {
        return status.elements().stream()
                .filter(child -> child.namespace().equals(NAMESPACE))
                .flatMap(child -> ImdnStatus.named(child.local()).stream())
                .findFirst();
    }
}
