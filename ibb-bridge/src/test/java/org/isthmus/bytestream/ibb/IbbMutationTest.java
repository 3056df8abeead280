package org.isthmus.bytestream.ibb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.dom4j.Element;
import org.isthmus.bytestream.Mutations;
import org.isthmus.bytestream.Opened;
import org.isthmus.bytestream.Reader;
import org.isthmus.bytestream.RecordedReply;
import org.isthmus.bytestream.iq.IqAnswer;
import org.isthmus.bytestream.iq.IqError;
import org.isthmus.bytestream.iq.MalformedRequestException;
import org.isthmus.translation.error.StanzaCondition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IbbMutationTest {

    @Test
    void onlyAMalformedRequestEscapesTheReader() {
        Random random = new Random(47);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 30_000; i++) {
            Element seed = switch (random.nextInt(3)) {
                case 0 -> IbbBench.open(4096);
                case 1 -> IbbBench.data(random.nextInt(65_536), 16);
                default -> IbbBench.close();
            };
            Element mutant = Mutations.of(seed, random);
            if (IbbXml.isIbb(mutant)) {
                try {
                    IbbXml.read(mutant);
                    read++;
                } catch (MalformedRequestException expected) {
                    refused++;
                    assertThat(expected.answer().condition()).isEqualTo(StanzaCondition.BAD_REQUEST);
                }
            }
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    /** Whatever comes in whatever order: each IQ is answered once, the buffer is bounded, the end is told once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noOrderOfEventsBreaksASession(long seed) {
        for (int round = 0; round < 150; round++) {
            play(new Random(seed * 1_000 + round));
        }
    }

    private static void play(Random random) {
        IbbLimits limits = IbbLimits.defaults().withBufferOctets(65_535);
        IbbBench bench = new IbbBench(limits);
        bench.reader = random.nextBoolean() ? Reader.greedy() : Reader.idle();
        IbbTransfer.Direction direction = IbbTransfer.Direction.values()[random.nextInt(3)];
        OptionalLong agreed = direction == IbbTransfer.Direction.BOTH || random.nextBoolean()
                ? OptionalLong.empty()
                : OptionalLong.of(random.nextInt(60_000));
        if (direction == IbbTransfer.Direction.SEND) {
            bench.sending(agreed);
        } else {
            bench.expecting(direction, agreed);
        }
        List<RecordedReply> replies = new ArrayList<>();
        int seq = 0;
        for (int step = 0; step < 60; step++) {
            switch (random.nextInt(12)) {
                case 0 -> replies.add(bench.in(IbbBench.open(1 + random.nextInt(20_000))));
                case 1, 2, 3 -> replies.add(bench.in(IbbBench.data(seq++, random.nextInt(4_097))));
                case 4 -> replies.add(bench.in(IbbBench.data(random.nextInt(65_536), 5)));
                case 5 -> bench.message(IbbBench.data(seq, random.nextInt(4_097)));
                case 6 -> {
                    if (random.nextInt(4) == 0) {
                        replies.add(bench.in(IbbBench.close()));
                    }
                }
                case 7 -> give(bench, random);
                case 8 -> answer(bench, random);
                case 9 -> bench.owner.advance(Duration.ofSeconds(random.nextInt(8)));
                case 10 -> demand(bench, random);
                default -> confirm(bench);
            }
            bench.owner.run();
            assertThat(held(bench)).isLessThanOrEqualTo(limits.hardBufferOctets() + 65_536 + 8 * 3_072);
        }
        bench.streams.peerGone(IbbBench.PEER);
        bench.owner.advance(Duration.ofMinutes(10));
        assertThat(replies).allMatch(RecordedReply::answered);
        assertThat(bench.streams.size()).isZero();
        assertThat(bench.owner.timers()).isZero();
        assertThat(bench.outcomes).hasSize(1);
        boolean opened = bench.outcomes.get(0) instanceof Opened.Stream;
        assertThat(bench.ends).hasSize(opened ? 1 : 0);
    }

    private static long held(IbbBench bench) {
        return bench.outcomes.stream()
                .filter(outcome -> outcome instanceof Opened.Stream)
                .mapToLong(outcome ->
                        ((Opened.Stream<IbbSession>) outcome).stream().held())
                .sum();
    }

    private static void give(IbbBench bench, Random random) {
        if (bench.writer.wanted() > 0 && !bench.writer.cancelled()) {
            if (random.nextInt(10) == 0) {
                bench.writer.complete();
            } else {
                bench.writer.give(new byte[random.nextInt(65_537)]);
            }
        }
    }

    private static void answer(IbbBench bench, Random random) {
        if (bench.iqs.waiting() > 0) {
            var sent = bench.iqs.any();
            switch (random.nextInt(8)) {
                case 0 -> sent.error(IqError.of(StanzaCondition.RECIPIENT_UNAVAILABLE, StanzaCondition.Type.WAIT));
                case 1 -> sent.answer().accept(new IqAnswer.Unsent("full"));
                case 2 -> sent.answer().accept(new IqAnswer.Unanswered("late"));
                case 3 -> sent.error(IbbErrors.UNKNOWN_STREAM);
                default -> sent.result();
            }
        }
    }

    private static void demand(IbbBench bench, Random random) {
        if (bench.reader.subscribed()) {
            bench.reader.request(1 + random.nextInt(3));
        }
    }

    private static void confirm(IbbBench bench) {
        if (bench.reader.complete()) {
            bench.session().source().confirm();
        }
    }
}
