package org.isthmus.translation.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallIdThreadTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "T1",
                "29377446-0CBB-4296-8958-590D79094C50",
                "c1@h",
                "my thread é",
                "a@b@c",
                "x;y,z",
                "xmpp-thread:x",
                "xmpp-thread:%41",
                "50%",
                "@",
                "😀"
            })
    void everyThreadComesBack(String thread) {
        String callId = CallIdThread.callId(thread).orElseThrow();
        assertThat(callId).matches(CallIdThread::isCallId);
        assertThat(CallIdThread.thread(callId)).isEqualTo(thread);
    }

    @Test
    void randomThreadsComeBack() {
        Random random = new Random(20);
        for (int run = 0; run < 20_000; run++) {
            StringBuilder thread = new StringBuilder(run % 3 == 0 ? CallIdThread.MARK : "");
            for (int i = random.nextInt(20); i >= 0; i--) {
                thread.appendCodePoint(
                        switch (random.nextInt(3)) {
                            case 0 -> 0x21 + random.nextInt(0x5E);
                            case 1 -> 0xA1 + random.nextInt(0x500);
                            default -> 0x1F600 + random.nextInt(16);
                        });
            }
            String text = thread.toString();
            assertThat(CallIdThread.callId(text).map(CallIdThread::thread).orElse(text))
                    .isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"asd88asd77a@1.2.3.4", "xmpp-thread:%zz", "xmpp-thread:%41", "xmpp-thread:", "xmpp-thread:%FF"})
    void aPeersOwnCallIdIsAThreadAsItStands(String callId) {
        assertThat(CallIdThread.thread(callId)).isEqualTo(callId);
    }

    @Test
    void aThreadTooLongForADatagramHasNoCallId() {
        assertThat(CallIdThread.callId("x".repeat(255))).isPresent();
        assertThat(CallIdThread.callId("x".repeat(256))).isEmpty();
        assertThat(CallIdThread.callId("é".repeat(50))).isEmpty();
        assertThat(CallIdThread.callId("  ")).isEmpty();
    }
}
