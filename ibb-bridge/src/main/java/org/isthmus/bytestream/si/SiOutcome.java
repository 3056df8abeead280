package org.isthmus.bytestream.si;

import java.util.Objects;
import java.util.Optional;

/** What became of an offer of ours. */
public sealed interface SiOutcome {

    /** Accepted. */
    record Accepted(SiAnswer answer) implements SiOutcome {
        public Accepted {
            Objects.requireNonNull(answer, "answer");
        }
    }

    /** Not accepted; the text is the peer's, for a person. */
    record Refused(SiRefusal reason, Optional<String> text) implements SiOutcome {
        public Refused {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(text, "text");
        }
    }
}
