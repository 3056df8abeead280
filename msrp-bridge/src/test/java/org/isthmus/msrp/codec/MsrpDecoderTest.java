package org.isthmus.msrp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.isthmus.msrp.frame.Continuation;
import org.isthmus.msrp.frame.MsrpEnd;
import org.isthmus.msrp.frame.MsrpPiece;
import org.isthmus.msrp.frame.MsrpRequest;
import org.isthmus.msrp.vectors.MsrpVectors;
import org.junit.jupiter.api.Test;

class MsrpDecoderTest {

    @Test
    void everyBufferIsReleasedWhateverItHolds() {
        for (var vector : MsrpVectors.where(v -> v.input().has("raw"))) {
            EmbeddedChannel channel = new EmbeddedChannel(new MsrpDecoder(MsrpLimits.defaults()));
            ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(vector.raw());
            channel.writeInbound(buffer);
            assertThat(buffer.refCnt()).as(vector.id()).isZero();
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void partsReachTheNextHandlerInOrder() {
        EmbeddedChannel channel = new EmbeddedChannel(new MsrpDecoder(MsrpLimits.defaults()));
        channel.writeInbound(channel.alloc()
                .buffer()
                .writeBytes(MsrpVectors.byId("MSRP-4975-01").raw()));
        assertThat(channel.<Object>readInbound()).isInstanceOf(MsrpRequest.class);
        assertThat(channel.<Object>readInbound()).isInstanceOf(MsrpPiece.class);
        assertThat(channel.<Object>readInbound()).isEqualTo(new MsrpEnd(Continuation.COMPLETE));
        assertThat(channel.finish()).isFalse();
    }

    @Test
    void otherMessagesPassThrough() {
        EmbeddedChannel channel = new EmbeddedChannel(new MsrpDecoder(MsrpLimits.defaults()));
        assertThat(channel.writeInbound("event")).isTrue();
        assertThat(channel.<Object>readInbound()).isEqualTo("event");
    }
}
