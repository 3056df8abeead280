package org.isthmus.component.xmpp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.isthmus.component.xmpp.stream.LinkDown.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private static final LinkDown EOF = new LinkDown(Cause.CLOSED_BY_SERVER, Optional.empty(), true, "");
    private static final LinkDown WRONG_SECRET =
            new LinkDown(Cause.STREAM_ERROR, Optional.of("not-authorized"), false, "");
    private static final LinkDown CONFLICT = new LinkDown(Cause.STREAM_ERROR, Optional.of("conflict"), false, "");

    private final RetryPolicy policy = new RetryPolicy(LinkLimits.DEFAULT, new Random(7));

    @Test
    void waitsGrowWithJitterUpToTheCap() {
        long[] full = {1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000};
        for (long expected : full) {
            assertThat(policy.next(EOF, Duration.ZERO).toMillis()).isBetween(expected / 2, expected);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(policy.next(EOF, Duration.ZERO)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
        }
    }

    @Test
    void twoGatewaysDoNotReturnTogether() {
        RetryPolicy other = new RetryPolicy(LinkLimits.DEFAULT, new Random(8));
        assertThat(policy.next(EOF, Duration.ZERO)).isNotEqualTo(other.next(EOF, Duration.ZERO));
    }

    @Test
    void aStableLinkBeginsAnew() {
        for (int i = 0; i < 10; i++) {
            policy.next(EOF, Duration.ZERO);
        }
        assertThat(policy.next(EOF, Duration.ofSeconds(59))).isGreaterThan(Duration.ofSeconds(29));
        assertThat(policy.next(EOF, Duration.ofSeconds(60))).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatOnlyTheOperatorCanMendIsRetriedSlowlyFromTheStart() {
        for (int i = 0; i < 20; i++) {
            assertThat(policy.next(WRONG_SECRET, Duration.ZERO))
                    .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(75));
        }
    }

    @Test
    void aConflictIsNeverMetAtOnce() {
        assertThat(policy.next(CONFLICT, Duration.ofHours(1))).isGreaterThanOrEqualTo(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @CsvSource({
        "STREAM_ERROR, not-authorized, false, CONFIGURATION",
        "STREAM_ERROR, host-unknown, false, CONFIGURATION",
        "STREAM_ERROR, invalid-namespace, false, CONFIGURATION",
        "STREAM_ERROR, improper-addressing, false, CONFIGURATION",
        "STREAM_ERROR, invalid-from, false, CONFIGURATION",
        "STREAM_ERROR, see-other-host, false, CONFIGURATION",
        "STREAM_ERROR, invalid-from, true, NORMAL",
        "STREAM_ERROR, improper-addressing, true, NORMAL",
        "STREAM_ERROR, conflict, false, CONFLICT",
        "STREAM_ERROR, conflict, true, CONFLICT",
        "STREAM_ERROR, system-shutdown, true, NORMAL",
        "STREAM_ERROR, connection-timeout, true, NORMAL",
        "STREAM_ERROR, remote-connection-failed, true, NORMAL",
        "STREAM_ERROR, undefined-condition, false, NORMAL",
        "STREAM_ERROR, internal-server-error, false, NORMAL",
        "STREAM_ERROR, policy-violation, true, NORMAL",
        "STREAM_ERROR, not-well-formed, true, NORMAL",
        "NO_SECRET, , false, CONFIGURATION",
        "TLS_FAILED, , false, CONFIGURATION",
        "UNREACHABLE, , false, NORMAL",
        "UNRESOLVED, , false, NORMAL",
        "NO_ANSWER, , true, NORMAL"
    })
    void conditionsHaveTheirClass(Cause cause, String condition, boolean wasUp, RetryPolicy.Kind kind) {
        assertThat(RetryPolicy.classify(new LinkDown(cause, Optional.ofNullable(condition), wasUp, "")))
                .isEqualTo(kind);
    }
}
