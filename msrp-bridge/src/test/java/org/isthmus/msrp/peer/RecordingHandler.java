package org.isthmus.msrp.peer;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.isthmus.msrp.message.IncomingMessage;
import org.isthmus.msrp.session.MsrpSession;
import org.isthmus.msrp.session.SessionEnd;
import org.isthmus.msrp.session.SessionHandler;

/** Keeps what a session tells, and does with messages what the test says. */
public final class RecordingHandler implements SessionHandler {

    public final BlockingQueue<IncomingMessage> messages = new LinkedBlockingQueue<>();
    public final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    public final CompletableFuture<SessionEnd> end = new CompletableFuture<>();
    public final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BiConsumer<RecordingHandler, IncomingMessage> reaction;

    public RecordingHandler(BiConsumer<RecordingHandler, IncomingMessage> reaction) {
        this.reaction = reaction;
    }

    /** Accepts everything as a whole and keeps the text. */
    public static RecordingHandler accepting() {
        return new RecordingHandler((self, message) -> message.acceptWhole(1 << 20)
                .whenComplete((octets, failure) -> self.texts.add(
                        failure == null
                                ? new String(octets, java.nio.charset.StandardCharsets.UTF_8)
                                : "failure: " + failure)));
    }

    /** Decides on nothing: the test does. */
    public static RecordingHandler undecided() {
        return new RecordingHandler((self, message) -> {});
    }

    @Override
    public void onConnected(MsrpSession session) {
        events.add("connected");
    }

    @Override
    public void onMessage(MsrpSession session, IncomingMessage message) {
        messages.add(message);
        reaction.accept(this, message);
    }

    @Override
    public void onIdle(MsrpSession session) {
        events.add("idle");
    }

    @Override
    public void onEnded(MsrpSession session, SessionEnd reason) {
        events.add("ended");
        end.complete(reason);
    }

    /** The next of something that another thread produces. */
    public static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T value = queue.poll(10, TimeUnit.SECONDS);
        if (value == null) {
            throw new AssertionError("nothing came within 10 s");
        }
        return value;
    }
}
