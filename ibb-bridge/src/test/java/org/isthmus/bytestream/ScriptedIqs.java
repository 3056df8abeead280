package org.isthmus.bytestream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.isthmus.bytestream.iq.IqAnswer;
import org.isthmus.bytestream.iq.IqError;
import org.isthmus.bytestream.iq.IqExchange;
import org.isthmus.bytestream.iq.IqRequest;

/** Keeps what is sent until the test has looked at it and answered. */
public final class ScriptedIqs implements IqExchange {

    /** One request. */
    public record Sent(IqRequest request, Consumer<IqAnswer> answer) {

        public Element payload() {
            return request.payload();
        }

        public void result() {
            answer.accept(new IqAnswer.Result(Optional.empty()));
        }

        public void result(Element payload) {
            answer.accept(new IqAnswer.Result(Optional.of(payload)));
        }

        public void error(IqError error) {
            answer.accept(new IqAnswer.Refused(error));
        }
    }

    private final ArrayDeque<Sent> sent = new ArrayDeque<>();

    @Override
    public void request(IqRequest request, Consumer<IqAnswer> answer) {
        sent.add(new Sent(request, answer));
    }

    /** The next request, which has to be of that name. */
    public Sent next(String name) {
        assertThat(sent).as("nothing was sent").isNotEmpty();
        Sent first = sent.remove();
        assertThat(first.payload().getName()).isEqualTo(name);
        return first;
    }

    /** The next request, whatever it is. */
    public Sent any() {
        return sent.remove();
    }

    public void assertNothingSent() {
        assertThat(sent.stream().map(Sent::payload).map(Element::asXML)).isEmpty();
    }

    public int waiting() {
        return sent.size();
    }
}
