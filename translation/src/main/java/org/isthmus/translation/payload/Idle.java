package org.isthmus.translation.payload;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.isthmus.translation.text.Ascii;
import org.isthmus.translation.xml.XmlElement;

/**
 * Since when a user has done nothing, in a presence (XEP-0319, XEP-0256).
 *
 * @param since that time
 */
public record Idle(Instant since) {

    private static final String NAMESPACE = "urn:xmpp:idle:1";
    private static final String LAST_ACTIVITY = "jabber:iq:last";

    public Idle {
        Objects.requireNonNull(since, "since");
    }

    /**
     * The idle time of a presence.
     *
     * @param now for XEP-0256, which counts seconds; empty: only XEP-0319 is read
     */
    public static Optional<Idle> of(List<XmlElement> payloads, Optional<Instant> now) {
        Optional<Idle> idle = Payloads.find(payloads, NAMESPACE, "idle")
                .flatMap(element -> element.attribute("since"))
                .flatMap(Idle::instant)
                .map(Idle::new);
        return idle.or(() -> Payloads.find(payloads, LAST_ACTIVITY, "query")
                .flatMap(element -> element.attribute("seconds"))
                .filter(seconds -> Ascii.isNumber(seconds) && seconds.length() <= 9)
                .flatMap(seconds -> now.map(time -> new Idle(time.minusSeconds(Long.parseLong(seconds))))));
    }

    /** The elements, both of them where the time is known. */
    public List<XmlElement> elements(Optional<Instant> now) {
        List<XmlElement> elements = new ArrayList<>();
        elements.add(XmlElement.builder(NAMESPACE, "idle")
                .attribute("since", DateTimeFormatter.ISO_INSTANT.format(since))
                .build());
        now.ifPresent(time -> elements.add(XmlElement.builder(LAST_ACTIVITY, "query")
                .attribute(
                        "seconds",
                        Long.toString(Math.max(0, Duration.between(since, time).toSeconds())))
                .build()));
        return elements;
    }

    /** Whether an element counts seconds (XEP-0256) and so differs each time it is written. */
    public static boolean isCounter(XmlElement payload) {
        return payload.is(LAST_ACTIVITY, "query");
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(
                    OffsetDateTime.parse(text.strip().toUpperCase(Locale.ROOT)).toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
