package org.isthmus.msrp.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteRangesTest {

    @Test
    void agreesWithASetOfBits() {
        Random random = new Random(4);
        for (int round = 0; round < 300; round++) {
            ByteRanges ranges = new ByteRanges();
            BitSet bits = new BitSet();
            for (int i = 0; i < 30; i++) {
                int from = random.nextInt(60);
                int to = from + random.nextInt(15);
                ranges.add(from, to);
                bits.set(from, to);
                int whole = bits.nextClearBit(0);
                for (int total = 0; total < 80; total++) {
                    assertThat(ranges.coversFromStart(total)).isEqualTo(total <= whole);
                }
                int runs = 0;
                for (int at = bits.nextSetBit(0); at >= 0; at = bits.nextSetBit(bits.nextClearBit(at))) {
                    runs++;
                }
                assertThat(ranges.count()).isEqualTo(runs);
            }
        }
    }
}
