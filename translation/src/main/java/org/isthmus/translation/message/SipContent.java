package org.isthmus.translation.message;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.isthmus.translation.composing.IsComposing;
import org.isthmus.translation.imdn.Imdn;
import org.isthmus.translation.imdn.ImdnRequest;
import org.isthmus.translation.xml.XmlElement;

/** What the body of a MESSAGE or of an MSRP message says, whatever its type. */
public sealed interface SipContent {

    /**
     * Words.
     *
     * @param text the text; legal XML characters, line feeds
     * @param subjects the envelope's subjects
     * @param payloads XHTML-IM and links that go with the text
     * @param written when, as the envelope says
     * @param receipt what the sender wants to be told
     */
    record Words(
            String text,
            List<LangText> subjects,
            List<XmlElement> payloads,
            Optional<Instant> written,
            Optional<ImdnRequest> receipt)
            implements SipContent {

        public Words {
            Objects.requireNonNull(text, "text");
            subjects = List.copyOf(subjects);
            payloads = List.copyOf(payloads);
            Objects.requireNonNull(written, "written");
            Objects.requireNonNull(receipt, "receipt");
        }

        static Words of(String text, List<XmlElement> payloads) {
            return new Words(text, List.of(), payloads, Optional.empty(), Optional.empty());
        }

        /** Size only; never the text, which may not reach a log. */
        @Override
        public String toString() {
            return "words (" + text.length() + " characters)";
        }
    }

    /**
     * That somebody types.
     *
     * @param document the status
     */
    record Typing(IsComposing document) implements SipContent {}

    /**
     * What became of messages.
     *
     * @param notifications in order
     */
    record Notifications(List<Imdn> notifications) implements SipContent {

        public Notifications {
            notifications = List.copyOf(notifications);
        }
    }

    /** Nothing: no body, or one without a character. */
    record Nothing() implements SipContent {}
}
