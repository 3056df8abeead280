package org.isthmus.bytestream.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.isthmus.bytestream.StreamMethod;
import org.isthmus.mappings.Jids;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;

class MethodMemoryTest {

    private static final JID ALICE = Jids.parse("alice@x.test/desk");
    private static final List<StreamMethod> BOTH = List.of(StreamMethod.SOCKS5, StreamMethod.IBB);
    private static final List<StreamMethod> IN_BAND = List.of(StreamMethod.IBB);

    private Instant now = Instant.EPOCH;
    private final MethodMemory memory = new MethodMemory(() -> now, MethodMemory.DAY, 3);

    @Test
    void aFailureIsRememberedForADay() {
        assertThat(memory.methodsFor(ALICE)).isEqualTo(BOTH);
        memory.socks5Failed(ALICE);
        assertThat(memory.methodsFor(ALICE)).isEqualTo(IN_BAND);
        now = now.plus(Duration.ofHours(24)).minusMillis(1);
        assertThat(memory.methodsFor(ALICE)).isEqualTo(IN_BAND);
        now = now.plusMillis(1);
        assertThat(memory.methodsFor(ALICE)).isEqualTo(BOTH);
        assertThat(memory.size()).isZero();
    }

    @Test
    void aSuccessForgetsTheFailure() {
        memory.socks5Failed(ALICE);
        memory.socks5Worked(ALICE);
        assertThat(memory.methodsFor(ALICE)).isEqualTo(BOTH);
    }

    @Test
    void itIsAboutOneClientAndBounded() {
        for (int i = 0; i < 10; i++) {
            memory.socks5Failed(Jids.parse("user" + i + "@x.test/r"));
            assertThat(memory.size()).isLessThanOrEqualTo(3);
        }
        assertThat(memory.methodsFor(Jids.parse("user6@x.test/r"))).isEqualTo(BOTH);
        assertThat(memory.methodsFor(Jids.parse("user7@x.test/r"))).isEqualTo(IN_BAND);
        assertThat(memory.methodsFor(Jids.parse("user7@x.test/other"))).isEqualTo(BOTH);
    }
}
