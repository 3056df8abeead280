package org.isthmus.component.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.isthmus.component.conversation.OwnerKey;
import org.isthmus.mappings.Jids;
import org.isthmus.mappings.SipUri;
import org.junit.jupiter.api.Test;

class TurnGuardTest {

    private static final OwnerKey.Pair PAIR =
            new OwnerKey.Pair(Jids.parse("anna@hospital.example"), SipUri.parse("sip:ben@campus.example"));

    private long now;
    private final TurnGuard guard = new TurnGuard(TurnLimits.defaults(), () -> now);

    @Test
    void twoAutomataAreStoppedForAMinuteAndThenMayTryAgain() {
        int passed = 0;
        TurnGuard.Verdict verdict = TurnGuard.Verdict.PASS;
        boolean toSip = true;
        while (verdict == TurnGuard.Verdict.PASS) {
            verdict = guard.see(PAIR, toSip);
            toSip = !toSip;
            passed++;
            pass(Duration.ofMillis(50));
        }
        assertThat(verdict).isEqualTo(TurnGuard.Verdict.REFUSE_FIRST);
        assertThat(passed).as("the first message is no turn, twenty pass").isEqualTo(22);
        pass(Duration.ofSeconds(59));
        assertThat(guard.see(PAIR, toSip)).isEqualTo(TurnGuard.Verdict.REFUSE);
        pass(Duration.ofSeconds(1));
        assertThat(guard.see(PAIR, toSip)).isEqualTo(TurnGuard.Verdict.PASS);
    }

    @Test
    void aFloodInOneDirectionIsNoLoop() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(guard.see(PAIR, true)).isEqualTo(TurnGuard.Verdict.PASS);
        }
    }

    @Test
    void aQuickConversationBetweenPeopleIsNoLoop() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(guard.see(PAIR, i % 2 == 0)).isEqualTo(TurnGuard.Verdict.PASS);
            pass(Duration.ofMillis(600));
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
