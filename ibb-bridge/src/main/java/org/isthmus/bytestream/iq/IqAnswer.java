package org.isthmus.bytestream.iq;

import java.util.Objects;
import java.util.Optional;
import org.dom4j.Element;

/** What became of an {@link IqRequest}. */
public sealed interface IqAnswer {

    /** An IQ of type result from the addressee. */
    record Result(Optional<Element> payload) implements IqAnswer {
        public Result {
            Objects.requireNonNull(payload, "payload");
        }
    }

    /** An IQ of type error. */
    record Refused(IqError error) implements IqAnswer {
        public Refused {
            Objects.requireNonNull(error, "error");
        }
    }

    /** Written, but not answered: the time is over or the link was lost. It may or may not have arrived. */
    record Unanswered(String why) implements IqAnswer {
        public Unanswered {
            Objects.requireNonNull(why, "why");
        }
    }

    /** Not written: no link at the moment, or its buffer stayed full. It has not arrived and may be sent again. */
    record Unsent(String why) implements IqAnswer {
        public Unsent {
            Objects.requireNonNull(why, "why");
        }
    }
}
