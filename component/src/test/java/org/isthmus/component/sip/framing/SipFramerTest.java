package org.isthmus.component.sip.framing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.isthmus.component.sip.Limits;
import org.isthmus.component.sip.SipLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SipFramerTest {

    private static final String ONE = "MESSAGE sip:a@b SIP/2.0\r\nl: 5\r\n\r\nhello";
    private static final String TWO = "OPTIONS sip:a@b SIP/2.0\r\nVia: x\r\nContent-Length:0\r\n\r\n";
    private static final String THREE = "MESSAGE sip:a@b SIP/2.0\r\nContent-Length:\r\n  7\r\n\r\n\r\n\r\nabc";

    /** What came out, as short lines. */
    private static final class Recorder implements SipFramer.Sink {
        private final List<String> seen = new ArrayList<>();

        @Override
        public void message(RawHead head, byte[] headOctets, byte[] body) {
            seen.add(head.startLine().split(" ")[0] + "+" + new String(body, StandardCharsets.UTF_8));
        }

        @Override
        public void oversized(RawHead head) {
            seen.add("oversized " + head.startLine().split(" ")[0]);
        }

        @Override
        public void ping() {
            seen.add("ping");
        }
    }

    private final Recorder recorder = new Recorder();
    private final SipFramer framer = new SipFramer(SipLimits.DEFAULTS, recorder);

    private static Optional<SipFramer.Broken> feed(SipFramer framer, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return framer.feed(octets, 0, octets.length);
    }

    @Test
    void messagesAreCutAtEveryPossibleSplit() {
        byte[] stream = (ONE + "\r\n\r\n" + TWO + THREE + ONE).getBytes(StandardCharsets.UTF_8);
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second++) {
                Recorder split = new Recorder();
                SipFramer each = new SipFramer(SipLimits.DEFAULTS, split);
                assertThat(each.feed(stream, 0, first)).isEmpty();
                assertThat(each.feed(stream, first, second - first)).isEmpty();
                assertThat(each.feed(stream, second, stream.length - second)).isEmpty();
                assertThat(split.seen)
                        .as("split at %d and %d", first, second)
                        .containsExactly("MESSAGE+hello", "ping", "OPTIONS+", "MESSAGE+\r\n\r\nabc", "MESSAGE+hello");
                assertThat(each.inMessage()).isFalse();
            }
        }
    }

    @Test
    void halfAMessageIsNoMessage() {
        assertThat(feed(framer, ONE.substring(0, ONE.length() - 1))).isEmpty();
        assertThat(framer.inMessage()).isTrue();
        assertThat(recorder.seen).isEmpty();
    }

    @Test
    void oneLineEndBetweenMessagesIsNoPing() {
        feed(framer, ONE + "\r\n" + TWO + "\r\n" + ONE);
        assertThat(recorder.seen).containsExactly("MESSAGE+hello", "OPTIONS+", "MESSAGE+hello");
    }

    @Test
    void aBodyOverTheLimitIsReadPastAndTheNextMessageFound() {
        SipFramer small = new SipFramer(Limits.with(Map.of("messageOctets", 100)), recorder);
        assertThat(feed(small, "MESSAGE sip:a@b SIP/2.0\r\nl: 500\r\n\r\n" + "x".repeat(500) + TWO))
                .isEmpty();
        assertThat(recorder.seen).containsExactly("oversized MESSAGE", "OPTIONS+");
    }

    @Test
    void aBodyFarOverTheLimitBreaksTheStream() {
        assertThat(feed(framer, "MESSAGE sip:a@b SIP/2.0\r\nl: 2000000000\r\n\r\n"))
                .isPresent();
    }

    @Test
    void aHeadWithoutEndBreaksTheStream() {
        assertThat(feed(framer, "MESSAGE sip:a@b SIP/2.0\r\nX: " + "x".repeat(20_000)))
                .isPresent();
        assertThat(recorder.seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "", "abc", "1e3", "+5", "99999999999", "5, 5", "0x5", "٣"})
    void anUnreadableContentLengthBreaksTheStream(String length) {
        assertThat(feed(framer, "MESSAGE sip:a@b SIP/2.0\r\nContent-Length: " + length + "\r\n\r\nhello"))
                .isPresent();
        assertThat(recorder.seen).isEmpty();
    }

    @Test
    void twoDifferentLengthsBreakTheStream() {
        assertThat(feed(framer, "MESSAGE sip:a@b SIP/2.0\r\nContent-Length: 5\r\nl: 0\r\n\r\nhello"))
                .isPresent();
    }

    @Test
    void aBodyTypeWithoutALengthBreaksTheStream() {
        assertThat(feed(framer, "MESSAGE sip:a@b SIP/2.0\r\nContent-Type: text/plain\r\n\r\nhello"))
                .isPresent();
    }

    @Test
    void withoutLengthAndTypeThereIsNoBody() {
        assertThat(feed(framer, "OPTIONS sip:a@b SIP/2.0\r\nVia: x\r\n\r\n" + ONE))
                .isEmpty();
        assertThat(recorder.seen).containsExactly("OPTIONS+", "MESSAGE+hello");
    }

    @Test
    void noInputMakesItThrow() {
        Random random = new Random(20_261_121);
        byte[] seed = (ONE + TWO + THREE).getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 20_000; round++) {
            byte[] input = seed.clone();
            int changes = 1 + random.nextInt(8);
            for (int i = 0; i < changes; i++) {
                input[random.nextInt(input.length)] =
                        (byte) (random.nextBoolean() ? "\r\n: \t,;0".charAt(random.nextInt(8)) : random.nextInt(256));
            }
            SipFramer each = new SipFramer(SipLimits.DEFAULTS, new Recorder());
            int at = 0;
            while (at < input.length) {
                int step = Math.min(1 + random.nextInt(40), input.length - at);
                if (each.feed(input, at, step).isPresent()) {
                    break;
                }
                at += step;
            }
        }
    }
}
