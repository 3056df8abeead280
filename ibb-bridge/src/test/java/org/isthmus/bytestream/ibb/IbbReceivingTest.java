package org.isthmus.bytestream.ibb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import org.isthmus.bytestream.Reader;
import org.isthmus.bytestream.RecordedReply;
import org.isthmus.bytestream.StreamFailure;
import org.isthmus.bytestream.StreamFailure.Reason;
import org.isthmus.bytestream.StreamKey;
import org.isthmus.bytestream.ibb.IbbTransfer.Direction;
import org.junit.jupiter.api.Test;

class IbbReceivingTest {

    private static final int BUFFER = 65_535;
    private static final int BLOCK = 16_384;
    private static final IbbLimits SMALL = IbbLimits.defaults().withBufferOctets(BUFFER);

    @Test
    void resultsAreWithheldWhileTheBufferIsFullAndReleasedByTheReader() {
        IbbBench bench = bench(Reader.idle()).receiving(BLOCK);
        for (int seq = 0; seq < 3; seq++) {
            assertThat(bench.in(IbbBench.data(seq, BLOCK)).isResult()).isTrue();
        }
        RecordedReply fourth = bench.in(IbbBench.data(3, BLOCK));
        assertThat(fourth.answered()).isFalse();
        bench.reader.request(1);
        bench.owner.run();
        assertThat(fourth.isResult()).isTrue();
        assertThat(bench.session().held()).isEqualTo(3 * BLOCK);
    }

    @Test
    void aResultIsNeverWithheldLongerThanTheAckLimit() {
        IbbBench bench = bench(Reader.idle()).receiving(BLOCK);
        RecordedReply last = fill(bench, 4);
        bench.owner.advance(Duration.ofMillis(3_999));
        assertThat(last.answered()).isFalse();
        bench.owner.advance(Duration.ofMillis(1));
        assertThat(last.isResult()).isTrue();
    }

    @Test
    void aPeerThatDoesNotWaitIsClosedAtTwiceTheBuffer() {
        IbbBench bench = bench(Reader.idle()).receiving(BLOCK);
        List<RecordedReply> replies = new ArrayList<>();
        for (int seq = 0; seq < 8; seq++) {
            replies.add(bench.in(IbbBench.data(seq, BLOCK)));
        }
        assertThat(replies.get(7).error()).isEqualTo(IbbErrors.TOO_MUCH);
        assertThat(replies).as("no IQ stays without an answer").allMatch(RecordedReply::answered);
        assertThat(bench.failure()).isEqualTo(Reason.OVERFLOW);
        bench.iqs.next("close");
        bench.assertNothingLeft();
    }

    @Test
    void aMessageThatDoesNotFitClosesTheStreamWithAReason() {
        IbbBench bench = bench(Reader.idle()).receiving(BLOCK);
        for (int seq = 0; seq < 3; seq++) {
            assertThat(bench.message(IbbBench.data(seq, BLOCK)).isResult()).isTrue();
        }
        RecordedReply fourth = bench.message(IbbBench.data(3, BLOCK));
        assertThat(fourth.error()).isEqualTo(IbbErrors.TOO_MUCH);
        assertThat(fourth.text()).isNotBlank();
        bench.iqs.next("close");
        assertThat(bench.failure()).isEqualTo(Reason.OVERFLOW);
        assertThat(bench.reader.failure()).isEqualTo(Reason.OVERFLOW);
    }

    @Test
    void messagesAndIqsOfOneStreamShareOneOrder() {
        IbbBench bench = new IbbBench().receiving(4096);
        bench.message(IbbBench.data(0, new byte[] {1}));
        bench.in(IbbBench.data(1, new byte[] {2}));
        bench.message(IbbBench.data(2, new byte[] {3}));
        assertThat(bench.reader.octets()).containsExactly(1, 2, 3);
    }

    @Test
    void theWholeIsCompleteOnlyWithCloseAndTheCloseIsAnsweredWhenConfirmed() {
        IbbBench bench = agreed(bench(Reader.idle()), 3);
        bench.in(IbbBench.data(0, 3));
        RecordedReply close = bench.in(IbbBench.close());
        assertThat(bench.reader.complete())
                .as("the reader has not taken it yet")
                .isFalse();
        bench.reader.request(1);
        bench.owner.run();
        assertThat(bench.reader.complete()).isTrue();
        bench.owner.advance(Duration.ofSeconds(20));
        assertThat(close.answered()).isFalse();
        bench.session().source().confirm();
        bench.owner.run();
        assertThat(close.isResult()).isTrue();
        assertThat(bench.end().octets()).isEqualTo(3);
        bench.assertNothingLeft();
    }

    @Test
    void aCloseThatNobodyConfirmsIsAnsweredWithAnError() {
        IbbBench bench = agreed(bench(Reader.greedy()), 3);
        bench.in(IbbBench.data(0, 3));
        RecordedReply close = bench.in(IbbBench.close());
        bench.owner.advance(Duration.ofSeconds(30));
        assertThat(close.error()).isEqualTo(IbbErrors.NOT_CONFIRMED);
        assertThat(bench.failure()).isEqualTo(Reason.UNCONFIRMED);
        bench.assertNothingLeft();
    }

    @Test
    void aWrongFileIsAnErrorInAnswerToTheClose() {
        IbbBench bench = agreed(bench(Reader.greedy()), 3);
        bench.in(IbbBench.data(0, 3));
        RecordedReply close = bench.in(IbbBench.close());
        bench.session().source().abort(new StreamFailure(Reason.HASH_MISMATCH, "not the announced SHA_1"));
        bench.owner.run();
        assertThat(close.error()).isEqualTo(IbbErrors.NOT_TAKEN);
        assertThat(close.text()).contains("announced");
        assertThat(bench.failure()).isEqualTo(Reason.HASH_MISMATCH);
        bench.assertNothingLeft();
    }

    @Test
    void aPeerThatForgetsToCloseIsClosedByUs() {
        IbbBench bench = agreed(bench(Reader.greedy()), 3);
        bench.in(IbbBench.data(0, 3));
        bench.owner.advance(Duration.ofSeconds(9));
        assertThat(bench.reader.complete()).isFalse();
        bench.owner.advance(Duration.ofSeconds(1));
        assertThat(bench.reader.complete()).isTrue();
        bench.session().source().confirm();
        bench.owner.run();
        bench.iqs.next("close").result();
        bench.owner.run();
        assertThat(bench.end().complete()).isTrue();
        bench.assertNothingLeft();
    }

    @Test
    void anEmptyFileIsAnOpenAndAClose() {
        IbbBench bench = agreed(bench(Reader.idle()), 0);
        RecordedReply close = bench.in(IbbBench.close());
        assertThat(bench.reader.complete()).as("needs no demand").isTrue();
        bench.session().source().confirm();
        bench.owner.run();
        assertThat(close.isResult()).isTrue();
        assertThat(bench.end()).satisfies(end -> assertThat(end.octets()).isZero());
    }

    @Test
    void aReaderThatCancelsClosesTheStream() {
        IbbBench bench = bench(Reader.greedy()).receiving(4096);
        bench.reader.cancel();
        bench.owner.run();
        bench.iqs.next("close");
        assertThat(bench.failure()).isEqualTo(Reason.CANCELLED);
        assertThat(bench.reader.ended()).as("hears nothing more").isFalse();
        assertThat(bench.in(IbbBench.data(0, 1)).error()).isEqualTo(IbbErrors.UNKNOWN_STREAM);
        bench.assertNothingLeft();
    }

    @Test
    void aPeerThatSendsNothingIsIdleAndAReaderThatTakesNothingStalls() {
        IbbBench idle = bench(Reader.greedy()).receiving(4096);
        idle.owner.advance(Duration.ofSeconds(225));
        assertThat(idle.failure()).isEqualTo(Reason.IDLE);

        IbbBench stalled = bench(Reader.idle()).receiving(4096);
        stalled.in(IbbBench.data(0, 1));
        stalled.owner.advance(Duration.ofSeconds(225));
        assertThat(stalled.failure()).isEqualTo(Reason.STALLED);
    }

    @Test
    void aSlowStreamIsNotAQuietOne() {
        IbbBench bench = bench(Reader.greedy()).receiving(4096);
        for (int seq = 0; seq < 20; seq++) {
            bench.owner.advance(Duration.ofSeconds(170));
            assertThat(bench.in(IbbBench.data(seq, 1)).isResult()).isTrue();
        }
        assertThat(bench.ends).isEmpty();
    }

    @Test
    void aPeerThatGoesOfflineFailsItsStreamsOnly() {
        IbbBench bench = bench(Reader.greedy()).receiving(4096);
        bench.streams.peerGone(IbbBench.US);
        bench.owner.run();
        assertThat(bench.ends).isEmpty();
        bench.streams.peerGone(IbbBench.PEER);
        bench.owner.run();
        assertThat(bench.failure()).isEqualTo(Reason.PEER_GONE);
        bench.assertNothingLeft();
    }

    @Test
    void anExpectedStreamThatNobodyOpensEnds() {
        IbbBench bench = bench(Reader.greedy()).expecting(Direction.RECEIVE, OptionalLong.of(5));
        bench.owner.advance(Duration.ofSeconds(30));
        assertThat(bench.notOpened()).isEqualTo(Reason.NOT_OPENED);
        assertThat(bench.in(IbbBench.open(4096)).error()).isEqualTo(IbbErrors.NOT_ACCEPTABLE);
        bench.assertNothingLeft();
    }

    @Test
    void anExpectedStreamCanBeGivenUp() {
        IbbBench bench = new IbbBench();
        IbbSession expected = bench.streams.expect(
                IbbBench.KEY,
                IbbTransfer.receive(5, bench.ends::add),
                bench.owner,
                Duration.ofSeconds(30),
                bench.outcomes::add);
        expected.abort(new StreamFailure(Reason.CANCELLED, "the other side hung up"));
        bench.owner.run();
        assertThat(bench.notOpened()).isEqualTo(Reason.CANCELLED);
        bench.assertNothingLeft();
    }

    @Test
    void tooManyStreamsOfOnePeerAreRefusedAndCountedRight() {
        IbbBench bench = new IbbBench(IbbLimits.defaults().withStreams(10, 1));
        bench.receiving(4096);
        List<Object> second = new ArrayList<>();
        bench.streams.expect(
                new StreamKey(IbbBench.US, IbbBench.PEER, "s2"),
                IbbTransfer.receive(5, bench.ends::add),
                bench.owner,
                Duration.ofSeconds(30),
                second::add);
        bench.owner.run();
        assertThat(second).hasSize(1).first().asString().contains("TOO_MANY");
        assertThat(bench.streams.size()).isEqualTo(1);
        bench.streams.peerGone(IbbBench.PEER);
        bench.owner.run();
        bench.assertNothingLeft();
    }

    @Test
    void aSecondReaderIsRefused() {
        IbbBench bench = bench(Reader.greedy()).receiving(4096);
        Reader second = Reader.idle();
        bench.session().source().subscribe(second);
        bench.owner.run();
        assertThat(second.error()).isInstanceOf(IllegalStateException.class);
        bench.in(IbbBench.data(0, 1));
        assertThat(bench.reader.octets()).hasSize(1);
    }

    @Test
    void aDemandOfNothingIsAnErrorOfTheReader() {
        IbbBench bench = bench(Reader.idle()).receiving(4096);
        bench.reader.request(0);
        bench.owner.run();
        assertThat(bench.reader.error()).isInstanceOf(IllegalArgumentException.class);
        assertThat(bench.failure()).isEqualTo(Reason.CANCELLED);
    }

    @Test
    void aReaderThatThrowsLosesItsStreamAndNothingElse() {
        IbbBench own = new IbbBench();
        own.streams.expect(
                IbbBench.KEY,
                IbbTransfer.receive(5, own.ends::add),
                own.owner,
                Duration.ofSeconds(30),
                own.outcomes::add);
        own.in(IbbBench.open(4096));
        own.session().source().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1);
            }

            @Override
            public void onNext(ByteBuffer block) {
                throw new IllegalStateException("a defect");
            }

            @Override
            public void onError(Throwable error) {}

            @Override
            public void onComplete() {}
        });
        own.owner.run();
        RecordedReply reply = own.in(IbbBench.data(0, 1));
        assertThat(reply.answered()).isTrue();
        assertThat(own.failure()).isEqualTo(Reason.CANCELLED);
    }

    @Test
    void aFloodThatTheOwnerHasNotSeenYetIsBounded() {
        IbbBench bench = bench(Reader.greedy()).receiving(BLOCK);
        List<RecordedReply> replies = new ArrayList<>();
        for (int seq = 0; seq < 1_000; seq++) {
            RecordedReply reply = new RecordedReply();
            bench.streams.onIq(IbbBench.PEER, IbbBench.US, IbbBench.data(seq, BLOCK), reply);
            replies.add(reply);
        }
        bench.owner.run();
        assertThat(replies).allMatch(RecordedReply::answered);
        assertThat(bench.failure()).isEqualTo(Reason.OVERFLOW);
        assertThat(replies.stream().filter(RecordedReply::isResult).count()).isLessThan(20);
    }

    @Test
    void sixtyFiveThousandBlocksWrapTheSequence() {
        IbbBench bench = bench(Reader.greedy()).receiving(4096);
        for (int block = 0; block < 65_540; block++) {
            assertThat(bench.in(IbbBench.data(block & 0xFFFF, 1)).isResult()).isTrue();
        }
        assertThat(bench.reader.octets()).hasSize(65_540);
    }

    private static IbbBench bench(Reader reader) {
        IbbBench bench = new IbbBench(SMALL);
        bench.reader = reader;
        return bench;
    }

    private static IbbBench agreed(IbbBench bench, long octets) {
        bench.expecting(Direction.RECEIVE, OptionalLong.of(octets));
        assertThat(bench.in(IbbBench.open(4096)).isResult()).isTrue();
        return bench;
    }

    private static RecordedReply fill(IbbBench bench, int blocks) {
        RecordedReply last = new RecordedReply();
        for (int seq = 0; seq < blocks; seq++) {
            last = bench.in(IbbBench.data(seq, BLOCK));
        }
        return last;
    }
}
