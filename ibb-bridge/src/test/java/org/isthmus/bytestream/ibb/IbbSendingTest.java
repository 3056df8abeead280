package org.isthmus.bytestream.ibb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.isthmus.bytestream.RecordedReply;
import org.isthmus.bytestream.ScriptedIqs.Sent;
import org.isthmus.bytestream.StreamFailure;
import org.isthmus.bytestream.StreamFailure.Reason;
import org.isthmus.bytestream.iq.IqAnswer;
import org.isthmus.bytestream.iq.IqError;
import org.isthmus.translation.error.StanzaCondition;
import org.junit.jupiter.api.Test;

class IbbSendingTest {

    private static final int PAYLOAD = 3072;
    private static final IqError AWAY = IqError.of(StanzaCondition.RECIPIENT_UNAVAILABLE, StanzaCondition.Type.WAIT);

    @Test
    void theWindowOpensByOneWithEachResult() {
        IbbBench bench = new IbbBench().sending(OptionalLong.empty());
        bench.writer.give(new byte[PAYLOAD * 40]);
        bench.owner.run();
        List<Integer> inFlight = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            inFlight.add(bench.iqs.waiting());
            bench.iqs.next("data").result();
            bench.owner.run();
        }
        assertThat(inFlight).startsWith(1, 2, 3, 4, 5, 6, 7, 8).endsWith(8);
    }

    @Test
    void theSourceIsAskedOnlyForWhatCanBeSent() {
        IbbBench bench = new IbbBench().sending(OptionalLong.empty());
        assertThat(bench.writer.wanted()).isEqualTo(1);
        bench.writer.give(new byte[65_536]);
        bench.owner.run();
        assertThat(bench.writer.wanted()).isZero();
        bench.owner.advance(Duration.ofMinutes(1));
        assertThat(bench.writer.wanted()).isZero();
        assertThat(bench.session().held()).isEqualTo(65_536);
    }

    @Test
    void smallPiecesAreCollectedWhileABlockIsOnItsWay() {
        IbbBench bench = new IbbBench().sending(OptionalLong.empty());
        bench.writer.give(new byte[100]);
        bench.owner.run();
        for (int i = 0; i < 20; i++) {
            bench.writer.give(new byte[100]);
            bench.owner.run();
        }
        Sent first = bench.iqs.next("data");
        bench.iqs.assertNothingSent();
        first.result();
        bench.owner.run();
        assertThat(first.payload().getText()).hasSize(136);
        assertThat(bench.iqs.next("data").payload().getText()).hasSize(2668);
    }

    @Test
    void theStreamIsClosedWhenEveryBlockHasArrived() {
        IbbBench bench = new IbbBench().sending(OptionalLong.of(5));
        bench.writer.give(new byte[5]);
        bench.writer.complete();
        bench.owner.run();
        Sent data = bench.iqs.next("data");
        bench.iqs.assertNothingSent();
        data.result();
        bench.owner.run();
        bench.iqs.next("close").result();
        bench.owner.run();
        assertThat(bench.end().complete()).isTrue();
        assertThat(bench.end().octets()).isEqualTo(5);
        bench.assertNothingLeft();
    }

    @Test
    void aCloseWithoutAnAnswerIsACloseSinceEveryBlockWasAnswered() {
        IbbBench bench = finished();
        bench.iqs.next("close").answer().accept(new IqAnswer.Unanswered("30 s"));
        bench.owner.run();
        assertThat(bench.end().complete()).isTrue();
    }

    @Test
    void aCloseThatIsRefusedForAnotherReasonIsAFailure() {
        IbbBench bench = finished();
        bench.iqs.next("close").error(IbbErrors.NOT_TAKEN);
        bench.owner.run();
        assertThat(bench.failure()).isEqualTo(Reason.REFUSED);
        bench.assertNothingLeft();
    }

    @Test
    void twoClosesThatCrossAreBothAnswered() {
        IbbBench bench = finished();
        Sent ours = bench.iqs.next("close");
        RecordedReply theirs = bench.in(IbbBench.close());
        assertThat(theirs.isResult()).isTrue();
        ours.error(IbbErrors.UNKNOWN_STREAM);
        bench.owner.run();
        assertThat(bench.end().complete()).isTrue();
        bench.assertNothingLeft();
    }

    @Test
    void aReceiverThatClosesEarlyHasNotGotTheFile() {
        IbbBench bench = new IbbBench().sending(OptionalLong.of(10_000));
        bench.writer.give(new byte[10_000]);
        bench.owner.run();
        assertThat(bench.in(IbbBench.close()).isResult()).isTrue();
        assertThat(bench.failure()).isEqualTo(Reason.PEER_CLOSED);
        assertThat(bench.writer.cancelled()).isTrue();
    }

    @Test
    void aReceiverThatClosesWithTheLastOctetBeforeItAnswersItHasTheFile() {
        IbbBench bench = new IbbBench().sending(OptionalLong.of(5));
        bench.writer.give(new byte[5]);
        bench.owner.run();
        Sent last = bench.iqs.next("data");
        assertThat(bench.in(IbbBench.close()).isResult()).isTrue();
        assertThat(bench.ends).isEmpty();
        last.result();
        bench.owner.run();
        assertThat(bench.end().complete()).isTrue();
        assertThat(bench.end().octets()).isEqualTo(5);
        bench.assertNothingLeft();
    }

    @Test
    void anUnansweredBlockFailsTheStreamAndTheClosedStreamIsToldToThePeer() {
        IbbBench bench = new IbbBench().sending(OptionalLong.of(5));
        bench.writer.give(new byte[5]);
        bench.owner.run();
        Sent data = bench.iqs.next("data");
        assertThat(data.request().answerLimit()).isEqualTo(Duration.ofSeconds(120));
        data.answer().accept(new IqAnswer.Unanswered("120 s"));
        bench.owner.run();
        assertThat(bench.failure()).isEqualTo(Reason.UNANSWERED);
        assertThat(bench.writer.cancelled()).isTrue();
        bench.iqs.next("close");
        bench.assertNothingLeft();
    }

    @Test
    void bouncedBlocksAreSentAgainInOrderWhenNoneLaterHasArrived() {
        IbbBench bench = opened(4);
        List<Sent> sent = take(bench, 3);
        sent.get(0).result();
        sent.get(2).error(AWAY);
        bench.owner.advance(Duration.ofSeconds(10));
        bench.iqs.assertNothingSent();
        sent.get(1).error(AWAY);
        bench.owner.advance(Duration.ofSeconds(5));
        assertThat(bench.iqs.next("data").payload().asXML())
                .isEqualTo(sent.get(1).payload().asXML());
        assertThat(bench.iqs.next("data").payload().asXML())
                .isEqualTo(sent.get(2).payload().asXML());
    }

    @Test
    void aBouncedBlockWithALaterOneArrivedIsTheEnd() {
        IbbBench bench = opened(4);
        List<Sent> sent = take(bench, 3);
        sent.get(0).error(AWAY);
        sent.get(1).result();
        sent.get(2).result();
        bench.owner.run();
        assertThat(bench.ends).hasSize(1);
        bench.iqs.next("close");
        bench.assertNothingLeft();
    }

    @Test
    void aBlockThatOurOwnLinkDidNotTakeIsSentAgain() {
        IbbBench bench = new IbbBench().sending(OptionalLong.of(5));
        bench.writer.give(new byte[5]);
        bench.owner.run();
        bench.iqs.next("data").answer().accept(new IqAnswer.Unsent("buffer full"));
        bench.owner.advance(Duration.ofSeconds(5));
        bench.iqs.next("data").result();
        bench.writer.complete();
        bench.owner.run();
        bench.iqs.next("close").result();
        bench.owner.run();
        assertThat(bench.end().complete()).isTrue();
    }

    @Test
    void aSourceThatFailsBreaksTheStreamOff() {
        IbbBench bench = new IbbBench().sending(OptionalLong.of(10));
        bench.writer.give(new byte[5]);
        bench.writer.fail(new StreamFailure(Reason.HASH_MISMATCH, "wrong"));
        bench.owner.run();
        assertThat(bench.failure()).isEqualTo(Reason.HASH_MISMATCH);
        bench.iqs.next("data");
        bench.iqs.next("close");
        bench.assertNothingLeft();
    }

    @Test
    void anOpenThatMayHaveArrivedIsTakenBack() {
        IbbBench bench = new IbbBench();
        bench.streams.open(IbbBench.KEY, IbbTransfer.send(5, bench.ends::add), bench.owner, bench.outcomes::add);
        bench.owner.run();
        bench.iqs.next("open").answer().accept(new IqAnswer.Unanswered("60 s"));
        bench.owner.run();
        assertThat(bench.notOpened()).isEqualTo(Reason.UNANSWERED);
        bench.iqs.next("close");
        bench.assertNothingLeft();
    }

    @Test
    void abortWhileOpeningIsTheEndWhateverTheAnswer() {
        IbbBench bench = new IbbBench();
        IbbSession opening = bench.streams.open(
                IbbBench.KEY, IbbTransfer.send(5, bench.ends::add), bench.owner, bench.outcomes::add);
        bench.owner.run();
        opening.abort(new StreamFailure(Reason.CANCELLED, "the sender hung up"));
        bench.owner.run();
        assertThat(bench.notOpened()).isEqualTo(Reason.CANCELLED);
        bench.iqs.next("open").result();
        bench.owner.run();
        bench.iqs.next("close");
        bench.assertNothingLeft();
    }

    @Test
    void theSequenceWrapsAfterSixtyFiveThousandBlocks() {
        IbbBench bench =
                new IbbBench(IbbLimits.defaults().withBlockSize(4).withWindow(1)).sending(OptionalLong.empty());
        int blocks = 0;
        String last = "";
        while (blocks < 65_537) {
            if (bench.iqs.waiting() == 0) {
                bench.writer.give(new byte[3 * 8192]);
                bench.owner.run();
            }
            Sent data = bench.iqs.next("data");
            last = data.payload().attributeValue("seq");
            data.result();
            bench.owner.run();
            blocks++;
        }
        assertThat(last).isEqualTo("0");
    }

    @Test
    void dataInTheUnusedDirectionIsAnsweredAndDropped() {
        IbbBench bench = new IbbBench().sending(OptionalLong.of(5));
        assertThat(bench.in(IbbBench.data(0, 5)).isResult()).isTrue();
        assertThat(bench.ends).isEmpty();
    }

    private static IbbBench finished() {
        IbbBench bench = new IbbBench().sending(OptionalLong.of(0));
        bench.writer.complete();
        bench.owner.run();
        return bench;
    }

    /** With a window that is open that wide and full. */
    private static IbbBench opened(int window) {
        IbbBench bench = new IbbBench(IbbLimits.defaults().withWindow(window)).sending(OptionalLong.empty());
        bench.writer.give(new byte[PAYLOAD * 5]);
        bench.owner.run();
        for (int i = 0; i < 2; i++) {
            bench.iqs.next("data").result();
            bench.owner.run();
        }
        return bench;
    }

    private static List<Sent> take(IbbBench bench, int blocks) {
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            sent.add(bench.iqs.next("data"));
        }
        bench.iqs.assertNothingSent();
        return sent;
    }
}
