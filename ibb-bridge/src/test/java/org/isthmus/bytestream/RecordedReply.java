package org.isthmus.bytestream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.dom4j.Element;
import org.isthmus.bytestream.iq.IqError;
import org.isthmus.bytestream.iq.Reply;

/** Remembers the one answer; a second one fails the test. */
public final class RecordedReply implements Reply {

    private boolean result;
    private Optional<Element> payload = Optional.empty();
    private Optional<IqError> error = Optional.empty();

    @Override
    public void result(Optional<Element> content) {
        assertOpen();
        result = true;
        payload = content;
    }

    @Override
    public void error(IqError refused) {
        assertOpen();
        error = Optional.of(refused);
    }

    private void assertOpen() {
        assertThat(answered()).as("answered twice").isFalse();
    }

    public boolean answered() {
        return result || error.isPresent();
    }

    public boolean isResult() {
        return result;
    }

    public Optional<Element> payload() {
        return payload;
    }

    /** The error without its words. */
    public IqError error() {
        assertThat(error).as("an error").isPresent();
        return VectorFile.withoutText(error.get());
    }

    public String text() {
        return error.flatMap(IqError::text).orElse("");
    }
}
