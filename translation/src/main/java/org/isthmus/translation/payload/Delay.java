package org.isthmus.translation.payload;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.isthmus.translation.xml.XmlElement;

/**
 * Delayed delivery (XEP-0203): when a message was written that arrives later.
 *
 * @param stamp when
 * @param from the JID that says so
 */
public record Delay(Instant stamp, Optional<String> from) {

    private static final String NAMESPACE = "urn:xmpp:delay";
    private static final String LEGACY = "jabber:x:delay";

    /** XEP-0091 §3. */
    private static final DateTimeFormatter LEGACY_STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HH:mm:ss", Locale.ROOT);

    public Delay {
        Objects.requireNonNull(stamp, "stamp");
        Objects.requireNonNull(from, "from");
    }

    /** The delay of a message, in either form; one whose stamp cannot be read says nothing. */
    public static Optional<Delay> of(List<XmlElement> payloads) {
        Optional<Delay> delay = Payloads.find(payloads, NAMESPACE, "delay")
                .flatMap(element -> element.attribute("stamp")
                        .flatMap(Delay::stamp)
                        .map(stamp -> new Delay(stamp, element.attribute("from"))));
        return delay.or(() -> Payloads.find(payloads, LEGACY, "x")
                .flatMap(element -> element.attribute("stamp")
                        .flatMap(Delay::legacyStamp)
                        .map(stamp -> new Delay(stamp, element.attribute("from")))));
    }

    /** The element, in whole seconds. */
    public XmlElement element() {
        XmlElement.Builder element = XmlElement.builder(NAMESPACE, "delay");
        from.ifPresent(jid -> element.attribute("from", jid));
        return element.attribute("stamp", DateTimeFormatter.ISO_INSTANT.format(stamp.truncatedTo(ChronoUnit.SECONDS)))
                .build();
    }

    private static Optional<Instant> stamp(String text) {
        try {
            return Optional.of(
                    OffsetDateTime.parse(text.strip().toUpperCase(Locale.ROOT)).toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> legacyStamp(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text.strip(), LEGACY_STAMP).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
