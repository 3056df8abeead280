package org.isthmus.msrp.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.isthmus.msrp.peer.ManualTimers;
import org.junit.jupiter.api.Test;

class BandwidthLimitTest {

    @Test
    void theRateIsKeptOverTime() {
        ManualTimers timers = new ManualTimers();
        BandwidthLimit limit = new BandwidthLimit(1_000_000, 64 * 1024, timers);
        long sent = 0;
        for (int millis = 0; millis < 10_000; millis++) {
            while (limit.readyIn() == 0) {
                limit.spend(16 * 1024);
                sent += 16 * 1024;
            }
            timers.advance(Duration.ofMillis(1));
        }
        assertThat(sent).isBetween(10_000_000L, 10_000_000L + 2 * 64 * 1024);
    }

    @Test
    void itSaysWhenTheNextOctetMayGo() {
        ManualTimers timers = new ManualTimers();
        BandwidthLimit limit = new BandwidthLimit(1000, 1, timers);
        limit.spend(101);
        long wait = limit.readyIn();
        assertThat(wait).isBetween(100_000_000L, 102_000_000L);
        timers.advance(Duration.ofNanos(wait));
        assertThat(limit.readyIn()).isZero();
    }
}
