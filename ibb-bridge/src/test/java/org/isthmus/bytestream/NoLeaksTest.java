package org.isthmus.bytestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;

/** The check can fail. */
class NoLeaksTest {

    @Test
    void aLostBufferIsFound() {
        NoLeaks check = new NoLeaks();
        check.beforeAll(null);
        for (int i = 0; i < 100; i++) {
            lose();
        }
        assertThatThrownBy(() -> check.afterAll(null)).isInstanceOf(AssertionError.class);
    }

    @Test
    void aReleasedBufferIsNone() {
        NoLeaks check = new NoLeaks();
        check.beforeAll(null);
        assertThat(PooledByteBufAllocator.DEFAULT.directBuffer(64).release()).isTrue();
        check.afterAll(null);
    }

    private static void lose() {
        PooledByteBufAllocator.DEFAULT.directBuffer(64).writeByte(1);
    }
}
