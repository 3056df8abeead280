package org.isthmus.msrp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.isthmus.msrp.peer.RecordingHandler.next;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.isthmus.msrp.peer.Endpoints;
import org.isthmus.msrp.peer.ManualTimers;
import org.isthmus.msrp.peer.RecordingHandler;
import org.isthmus.msrp.peer.ScriptedPeer;
import org.isthmus.msrp.peer.ScriptedPeer.Frame;
import org.isthmus.msrp.peer.TestPublisher;
import org.isthmus.msrp.session.MsrpEndpoint;
import org.isthmus.msrp.session.MsrpSession;
import org.isthmus.msrp.session.RemoteParty;
import org.isthmus.msrp.session.SessionConfig;
import org.isthmus.msrp.transaction.BandwidthLimit;
import org.isthmus.msrp.transaction.MsrpTimers;
import org.isthmus.msrp.transaction.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages as streams: flow control, interruption, limits. */
class TransferTest {

    private static final String TEXT = "Content-Type: text/plain\r\n";

    /** A subscriber that asks for what the test tells it. */
    private static final class Taker implements Flow.Subscriber<ByteBuffer> {
        final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        private final long first;

        Taker(long first) {
            this.first = first;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
            if (first > 0) {
                given.request(first);
            }
        }

        @Override
        public synchronized void onNext(ByteBuffer item) {
            byte[] copy = new byte[item.remaining()];
            item.get(copy);
            octets.writeBytes(copy);
        }

        @Override
        public void onError(Throwable cause) {
            whole.completeExceptionally(cause);
        }

        @Override
        public void onComplete() {
            whole.complete(octets.toByteArray());
        }

        synchronized int size() {
            return octets.size();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 65536, true", "0, 65536, false", "1, 65536, true", "2047, 2048, false", "2048, 2048, true",
        "2049, 2048, false", "65536, 65536, true", "65537, 65536, false", "1000003, 5000, true", "1000003, 0, true",
        "1000003, 0, false", "3000000, 1048576, true", "3000000, 65536, false"
    })
    void arrivesAsItWasSent(int size, int chunk, boolean sizeKnown) throws Exception {
        byte[] data = new byte[size];
        new Random(size).nextBytes(data);
        try (MsrpEndpoint endpoint = Endpoints.start(MsrpTimers.system())) {
            Taker taker = new Taker(Long.MAX_VALUE);
            RecordingHandler handler = new RecordingHandler((self, message) -> message.accept(taker, 64 * 1024));
            MsrpSession to = endpoint.newSession(SessionConfig.defaults().withReportWhenWhole(true), handler);
            MsrpSession from =
                    endpoint.newSession(SessionConfig.defaults().withChunkOctets(chunk), RecordingHandler.undecided());
            to.await(RemoteParty.at(from.localUri()));
            from.connect(RemoteParty.at(to.localUri()));
            TestPublisher source = new TestPublisher();
            Random random = new Random(7);
            for (int at = 0; at < size; ) {
                int block = Math.min(size - at, 1 + random.nextInt(30_000));
                source.block(java.util.Arrays.copyOfRange(data, at, at + block));
                at += block;
            }
            source.complete();
            SendRequest.Builder request =
                    SendRequest.of("a/b").successReport(true).progressEvery(100_000);
            if (sizeKnown) {
                request.size(size);
            }
            List<Long> progress = new ArrayList<>();
            OutgoingMessage message = from.send(request.build(), source, new SendListener() {
                @Override
                public void onProgress(long sent, long confirmed) {
                    assertThat(confirmed).isLessThanOrEqualTo(sent);
                    progress.add(sent);
                }
            });
            SendOutcome outcome = message.outcome().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(outcome.kind()).isEqualTo(SendOutcome.Kind.DELIVERED);
            assertThat(taker.whole.get(10, TimeUnit.SECONDS)).isEqualTo(data);
            assertThat(message.sent()).isEqualTo(size);
            assertThat(progress).isSorted();
            assertThat(progress).hasSizeLessThanOrEqualTo(2 * size / 100_000 + 1);
            IncomingMessage received = next(handler.messages);
            assertThat(received.received()).isEqualTo(size);
            if (sizeKnown) {
                assertThat(received.size()).hasValue(size);
            } else {
                assertThat(received.size()).isEmpty();
            }
        }
    }

    /** The 200 leaves when the octets are in our buffer, not when the taker has taken them; then the socket is left. */
    @Test
    void aSlowTakerFillsItsBufferAndThenTheSocketIsNotRead() throws Exception {
        ManualTimers timers = new ManualTimers();
        Taker taker = new Taker(0);
        RecordingHandler handler = new RecordingHandler((self, message) -> message.accept(taker, 100_000));
        try (MsrpEndpoint endpoint = Endpoints.start(timers);
                var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), handler)) {
            String block = "0123456789".repeat(6_000);
            bound.send("tid0", "Message-ID: m1m1\r\nByte-Range: 1-*/240000\r\n" + TEXT, block, '+');
            assertThat(bound.peer().read().what()).isEqualTo("200");
            bound.send("tid1", "Message-ID: m1m1\r\nByte-Range: 60001-*/240000\r\n" + TEXT, block, '+');
            assertThat(bound.peer().read().what()).isEqualTo("200");
            // What we await from the peer is not held against it while we do not read its answers.
            OutgoingMessage ours = bound.session().send(SendRequest.of("a/b").build(), new byte[10]);
            Frame send = bound.peer().read();
            bound.peer().ok(send);
            bound.send("tid2", "Message-ID: m1m1\r\nByte-Range: 120001-*/240000\r\n" + TEXT, block, '+');
            bound.send("tid3", "Message-ID: m1m1\r\nByte-Range: 180001-*/240000\r\n" + TEXT, block, '$');
            assertThat(bound.peer().isSilentFor(200)).isTrue();
            assertThat(taker.size()).isZero();
            timers.advance(Duration.ofSeconds(120));
            assertThat(ours.outcome().toCompletableFuture()).isNotDone();

            taker.subscription.get(1, TimeUnit.SECONDS).request(Long.MAX_VALUE);
            assertThat(bound.peer().read().id()).isEqualTo("tid2");
            assertThat(bound.peer().read().id()).isEqualTo("tid3");
            assertThat(taker.whole.get(10, TimeUnit.SECONDS)).hasSize(240_000);
            assertThat(ours.outcome()
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS)
                            .kind())
                    .isEqualTo(SendOutcome.Kind.ACCEPTED);
        }
    }

    @Test
    void aTakerThatTakesNothingForTooLongIsRefused() throws Exception {
        ManualTimers timers = new ManualTimers();
        Taker taker = new Taker(0);
        RecordingHandler handler = new RecordingHandler((self, message) -> message.accept(taker, 10));
        try (MsrpEndpoint endpoint = Endpoints.start(timers);
                var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), handler)) {
            bound.send("tid0", "Message-ID: m1m1\r\nByte-Range: 1-*/240000\r\n" + TEXT, "x".repeat(1000), '+');
            assertThat(bound.peer().read().what()).isEqualTo("200");
            timers.advance(Duration.ofMinutes(11));
            assertThat(taker.whole).isCompletedExceptionally();
            bound.send("tid1", "Message-ID: m1m1\r\nByte-Range: 1001-*/240000\r\n" + TEXT, "x", '$');
            assertThat(bound.peer().readUntil("413", "SEND").id()).isEqualTo("tid1");
        }
    }

    @Test
    void cancellingTheSubscriptionRefusesTheRest() throws Exception {
        ManualTimers timers = new ManualTimers();
        Taker taker = new Taker(1);
        RecordingHandler handler = new RecordingHandler((self, message) -> message.accept(taker, 1000));
        try (MsrpEndpoint endpoint = Endpoints.start(timers);
                var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), handler)) {
            bound.send("tid0", "Message-ID: m1m1\r\nByte-Range: 1-*/9\r\n" + TEXT, "abc", '+');
            assertThat(bound.peer().read().what()).isEqualTo("200");
            taker.subscription.get(1, TimeUnit.SECONDS).cancel();
            timers.settle();
            bound.send("tid1", "Message-ID: m1m1\r\nByte-Range: 4-*/9\r\n" + TEXT, "def", '+');
            assertThat(bound.peer().read().what()).isEqualTo("413");
        }
    }

    @Test
    void aStreamTakesChunksInAnyOrderWithinABound() throws Exception {
        Taker taker = new Taker(Long.MAX_VALUE);
        RecordingHandler handler = new RecordingHandler((self, message) -> message.accept(taker, 1000));
        try (MsrpEndpoint endpoint = Endpoints.start(new ManualTimers());
                var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), handler)) {
            String fields = "Message-ID: m1m1\r\nByte-Range: %s\r\n" + TEXT;
            bound.send("tid0", fields.formatted("9-12/12"), "IJKL", '$');
            bound.send("tid1", fields.formatted("3-6/12"), "cdef", '+');
            bound.send("tid2", fields.formatted("1-4/12"), "ABCD", '+');
            bound.send("tid3", fields.formatted("5-9/12"), "EFGHx", '+');
            for (int i = 0; i < 4; i++) {
                assertThat(bound.peer().read().what()).isEqualTo("200");
            }
            assertThat(new String(taker.whole.get(10, TimeUnit.SECONDS))).isEqualTo("ABCDefGHxJKL");
            bound.send("tid4", fields.replace("m1", "m2").formatted("900000-900003/1000000"), "late", '+');
            assertThat(bound.peer().read().what()).isEqualTo("200");
        }
    }

    @Test
    void chunksThatComeTooFarAheadOfTheirTurnAreRefused() throws Exception {
        Taker taker = new Taker(Long.MAX_VALUE);
        RecordingHandler handler = new RecordingHandler((self, message) -> message.accept(taker, 1000));
        SessionConfig config = SessionConfig.defaults()
                .withIncoming(new IncomingLimits(
                        Long.MAX_VALUE,
                        16,
                        1000,
                        1000,
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10)));
        try (MsrpEndpoint endpoint = Endpoints.start(new ManualTimers());
                var bound = Endpoints.bound(endpoint, config, handler)) {
            bound.send("tid0", "Message-ID: m1m1\r\nByte-Range: 3-*/*\r\n" + TEXT, "x".repeat(1001), '+');
            assertThat(bound.peer().read().what()).isEqualTo("413");
            assertThat(taker.whole).isCompletedExceptionally();
        }
    }

    // ---- out --------------------------------------------------------------------------------------------------------

    @Test
    void aSlowSourceIsSentInChunksThatDoNotWaitToBeFull() throws Exception {
        ManualTimers timers = new ManualTimers();
        try (MsrpEndpoint endpoint = Endpoints.start(timers);
                var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.undecided())) {
            TestPublisher source = new TestPublisher();
            OutgoingMessage message =
                    bound.session().send(SendRequest.of("a/b").size(9000).build(), source, SendListener.NONE);
            source.block(new byte[3000]);
            timers.settle();
            assertThat(bound.peer().isSilentFor(50)).isTrue();
            timers.advance(Duration.ofMillis(25));
            Frame first = bound.peer().read();
            assertThat(first.body()).hasSize(3000);
            assertThat(first.flag()).isEqualTo('+');
            assertThat(first.header("byte-range")).isEqualTo("1-*/9000");
            source.block(new byte[6000]);
            Frame second = bound.peer().read();
            assertThat(second.body()).hasSize(6000);
            assertThat(second.flag()).isEqualTo('$');
            assertThat(second.header("byte-range")).isEqualTo("3001-*/9000");
            assertThat(second.header("message-id")).isEqualTo(message.messageId());
            bound.peer().ok(first);
            bound.peer().ok(second);
            assertThat(message.outcome()
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS)
                            .isSuccess())
                    .isTrue();
        }
    }

    @Test
    void ofAMessageOfUnknownSizeTheLastOctetWaitsForTheEnd() throws Exception {
        ManualTimers timers = new ManualTimers();
        try (MsrpEndpoint endpoint = Endpoints.start(timers);
                var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.undecided())) {
            TestPublisher source = new TestPublisher().block(new byte[3000]);
            bound.session().send(SendRequest.of("a/b").build(), source, SendListener.NONE);
            timers.settle();
            timers.advance(Duration.ofMillis(25));
            Frame first = bound.peer().read();
            assertThat(first.body()).hasSize(2999);
            assertThat(first.flag()).isEqualTo('+');
            assertThat(first.header("byte-range")).isEqualTo("1-*/*");
            source.complete();
            Frame last = bound.peer().read();
            assertThat(last.body()).hasSize(1);
            assertThat(last.flag()).isEqualTo('$');
        }
    }

    /** The rule behind it: peers give up on a connection after 30 s of silence. */
    @Test
    void anOpenChunkIsEndedAfter20SecondsAndContinued() throws Exception {
        ManualTimers timers = new ManualTimers();
        try (MsrpEndpoint endpoint = Endpoints.start(timers);
                var bound = Endpoints.bound(
                        endpoint, SessionConfig.defaults().withChunkOctets(0), RecordingHandler.undecided())) {
            TestPublisher source = new TestPublisher().block(new byte[5000]);
            bound.session().send(SendRequest.of("a/b").size(9000).build(), source, SendListener.NONE);
            timers.settle();
            timers.advance(Duration.ofSeconds(21));
            Frame first = bound.peer().read();
            assertThat(first.flag()).isEqualTo('+');
            assertThat(first.body()).hasSize(5000);
            source.block(new byte[4000]);
            timers.advance(Duration.ofSeconds(1));
            Frame second = bound.peer().read();
            assertThat(second.flag()).isEqualTo('$');
            assertThat(second.header("byte-range")).isEqualTo("5001-*/9000");
        }
    }

    @Test
    void anOpenChunkIsInterruptedForAResponse() throws Exception {
        ManualTimers timers = new ManualTimers();
        try (MsrpEndpoint endpoint = Endpoints.start(timers);
                var bound = Endpoints.bound(
                        endpoint, SessionConfig.defaults().withChunkOctets(0), RecordingHandler.accepting())) {
            TestPublisher source = new TestPublisher().block(new byte[5000]);
            bound.session().send(SendRequest.of("a/b").size(9000).build(), source, SendListener.NONE);
            while (bound.peer().socket().getInputStream().available() < 5000) {
                timers.advance(Duration.ofMillis(10));
            }
            bound.send("tid1", "Message-ID: m1m1\r\n" + TEXT, "hello", '$');
            Frame first = bound.peer().read();
            assertThat(first.flag()).isEqualTo('+');
            assertThat(first.body()).hasSize(5000);
            assertThat(bound.peer().read().start()).isEqualTo("MSRP tid1 200 OK");
            source.block(new byte[4000]);
            timers.advance(Duration.ofSeconds(1));
            assertThat(bound.peer().read().body()).hasSize(4000);
        }
    }

    @Test
    void theWholeMessageInOneSendWhereNothingInterrupts() throws Exception {
        try (MsrpEndpoint endpoint = Endpoints.start(new ManualTimers());
                var bound = Endpoints.bound(
                        endpoint, SessionConfig.defaults().withChunkOctets(0), RecordingHandler.accepting())) {
            TestPublisher source = new TestPublisher();
            for (int i = 0; i < 50; i++) {
                source.block(new byte[60_000]);
            }
            source.complete();
            bound.session().send(SendRequest.of("a/b").size(3_000_000).build(), source, SendListener.NONE);
            Frame only = bound.peer().read();
            assertThat(only.body()).hasSize(3_000_000);
            assertThat(only.flag()).isEqualTo('$');
            assertThat(only.header("byte-range")).isEqualTo("1-*/3000000");
        }
    }

    @Test
    void framesStayBelowTheLimitOfARelay() throws Exception {
        try (MsrpEndpoint endpoint = Endpoints.start(new ManualTimers());
                var bound = Endpoints.dialled(
                        endpoint,
                        SessionConfig.defaults(),
                        RecordingHandler.accepting(),
                        party -> party.withMaxFrameOctets(11_240))) {
            byte[] data = new byte[100_000];
            bound.session().send(SendRequest.of("a/b").size(data.length).build(), data);
            int got = 0;
            int largest = 0;
            while (got < data.length) {
                Frame chunk = bound.peer().read();
                got += chunk.body().length;
                int head = chunk.start().length()
                        + 2
                        + 2
                        + chunk.headers().entrySet().stream()
                                .mapToInt(
                                        h -> h.getKey().length() + h.getValue().length() + 4)
                                .sum();
                largest = Math.max(
                        largest, head + chunk.body().length + 2 + 7 + chunk.id().length() + 3);
            }
            assertThat(largest).isBetween(11_100, 11_239);
        }
    }

    @Test
    void aSourceThatFailsOrIsNotOfItsSizeEndsTheMessage() throws Exception {
        ManualTimers timers = new ManualTimers();
        try (MsrpEndpoint endpoint = Endpoints.start(timers);
                var bound = Endpoints.bound(
                        endpoint, SessionConfig.defaults().withChunkOctets(2048), RecordingHandler.accepting())) {
            TestPublisher failing = new TestPublisher().block(new byte[2048]);
            OutgoingMessage one =
                    bound.session().send(SendRequest.of("a/b").size(9000).build(), failing, SendListener.NONE);
            assertThat(bound.peer().read().flag()).isEqualTo('+');
            failing.fail(new java.io.IOException("disk"));
            assertThat(bound.peer().read().flag()).isEqualTo('#');
            assertThat(kind(one)).isEqualTo(SendOutcome.Kind.SOURCE_FAILED);

            TestPublisher shorter = new TestPublisher().block(new byte[2048]).complete();
            OutgoingMessage two =
                    bound.session().send(SendRequest.of("a/b").size(9000).build(), shorter, SendListener.NONE);
            assertThat(kind(two)).isEqualTo(SendOutcome.Kind.SOURCE_FAILED);

            TestPublisher longer = new TestPublisher().block(new byte[2048]).complete();
            OutgoingMessage three =
                    bound.session().send(SendRequest.of("a/b").size(5).build(), longer, SendListener.NONE);
            assertThat(kind(three)).isEqualTo(SendOutcome.Kind.SOURCE_FAILED);
        }
    }

    /** Lets the loops work until the sockets are full and nothing is asked of the source any more. */
    private static void untilNothingMoves(ManualTimers timers, TestPublisher source) {
        long before = -1;
        while (before != source.requested()) {
            before = source.requested();
            for (int i = 0; i < 50; i++) {
                timers.settle();
            }
        }
    }

    private static SendOutcome.Kind kind(OutgoingMessage message) throws Exception {
        return message.outcome().toCompletableFuture().get(10, TimeUnit.SECONDS).kind();
    }

    @Test
    void aSourceIsAskedForNoMoreThanTheWindow() throws Exception {
        ManualTimers timers = new ManualTimers();
        try (MsrpEndpoint endpoint = Endpoints.start(timers);
                var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.accepting())) {
            // The peer reads nothing: what is not in the socket buffers stays with the source.
            TestPublisher source = new TestPublisher();
            for (int i = 0; i < 20_000; i++) {
                source.block(new byte[4096]);
            }
            bound.session().send(SendRequest.of("a/b").build(), source, SendListener.NONE);
            untilNothingMoves(timers, source);
            assertThat(source.requested() * 4096).isLessThan(16_000_000);
        }
    }

    @Test
    void aCapOnOctetsPerSecondIsKept() throws Exception {
        ManualTimers timers = new ManualTimers();
        BandwidthLimit cap = new BandwidthLimit(100_000, 10_000, timers);
        try (MsrpEndpoint endpoint = Endpoints.start(timers);
                var bound = Endpoints.bound(
                        endpoint,
                        SessionConfig.defaults().withChunkOctets(10_000).withLimits(List.of(cap)),
                        RecordingHandler.accepting())) {
            byte[] data = new byte[100_000];
            OutgoingMessage message =
                    bound.session().send(SendRequest.of("a/b").size(data.length).build(), data);
            timers.settle();
            for (int second = 0; second < 4; second++) {
                timers.advance(Duration.ofMillis(100));
                timers.settle();
                assertThat(message.sent()).isLessThanOrEqualTo(20_000 + 10_000L * (second + 1));
            }
            for (int i = 0; i < 100; i++) {
                timers.advance(Duration.ofMillis(10));
            }
            timers.settle();
            assertThat(message.sent()).isEqualTo(100_000);
        }
    }

    @Test
    void aChatMessageOvertakesAFileThatThePeerTakesSlowly() throws Exception {
        ManualTimers timers = new ManualTimers();
        try (MsrpEndpoint endpoint = Endpoints.start(timers);
                var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.accepting())) {
            TestPublisher file = new TestPublisher();
            for (int i = 0; i < 500; i++) {
                file.block(new byte[65_536]);
            }
            bound.session().send(SendRequest.of("a/b").priority(Priority.BULK).build(), file, SendListener.NONE);
            ScriptedPeer peer = bound.peer();
            peer.read();
            untilNothingMoves(timers, file);
            bound.session()
                    .send(
                            SendRequest.of("text/plain")
                                    .priority(Priority.INTERACTIVE)
                                    .build(),
                            "hi".getBytes());
            int filesBefore = 0;
            for (Frame frame = peer.read(); !frame.header("content-type").equals("text/plain"); frame = peer.read()) {
                filesBefore++;
            }
            // What was in the buffers of the two sockets, and no more.
            assertThat(filesBefore).isLessThan(100);
            assertThat(peer.read().header("content-type")).isEqualTo("a/b");
        }
    }
}
