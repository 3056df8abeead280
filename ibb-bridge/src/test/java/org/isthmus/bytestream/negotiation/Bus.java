package org.isthmus.bytestream.negotiation;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.isthmus.bytestream.iq.IqAnswer;
import org.isthmus.bytestream.iq.IqError;
import org.isthmus.bytestream.iq.IqExchange;
import org.isthmus.bytestream.iq.IqRequest;
import org.isthmus.bytestream.iq.Reply;
import org.isthmus.translation.error.StanzaCondition;
import org.xmpp.packet.JID;

/** An XMPP network of one thread: carries IQs between the parties in order and checks that each is answered once. */
public final class Bus implements IqExchange, AutoCloseable {

    /** Receives IQs. */
    @FunctionalInterface
    public interface Station {
        void onIq(IqRequest request, Reply reply);
    }

    private final ExecutorService link = Executors.newSingleThreadExecutor(task -> new Thread(task, "link"));
    private final Map<JID, Station> stations = new ConcurrentHashMap<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger answeredTwice = new AtomicInteger();

    public void attach(JID address, Station station) {
        stations.put(address, station);
    }

    @Override
    public void request(IqRequest request, Consumer<IqAnswer> answer) {
        unanswered.incrementAndGet();
        link.execute(() -> {
            Station station = stations.get(request.to());
            Reply reply = new OneReply(answer);
            if (station == null) {
                reply.error(IqError.of(StanzaCondition.SERVICE_UNAVAILABLE, StanzaCondition.Type.CANCEL));
            } else {
                station.onIq(request, reply);
            }
        });
    }

    public int unanswered() {
        return unanswered.get();
    }

    public int answeredTwice() {
        return answeredTwice.get();
    }

    @Override
    public void close() {
        link.shutdownNow();
    }

    private final class OneReply implements Reply {
        private final Consumer<IqAnswer> answer;
        private final AtomicInteger answers = new AtomicInteger();

        private OneReply(Consumer<IqAnswer> answer) {
            this.answer = answer;
        }

        @Override
        public void result(Optional<Element> payload) {
            answer(new IqAnswer.Result(payload));
        }

        @Override
        public void error(IqError error) {
            answer(new IqAnswer.Refused(error));
        }

        private void answer(IqAnswer with) {
            if (answers.getAndIncrement() > 0) {
                answeredTwice.incrementAndGet();
                return;
            }
            unanswered.decrementAndGet();
            link.execute(() -> answer.accept(with));
        }
    }
}
