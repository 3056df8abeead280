package org.isthmus.bytestream.si;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.dom4j.Element;
import org.isthmus.bytestream.Mutations;
import org.isthmus.bytestream.StreamMethod;
import org.isthmus.bytestream.iq.IqErrorXml;
import org.isthmus.bytestream.iq.MalformedRequestException;
import org.junit.jupiter.api.Test;

class SiMutationTest {

    private static final List<StreamMethod> BOTH = List.of(StreamMethod.SOCKS5, StreamMethod.IBB);

    @Test
    void onlyAMalformedRequestEscapesTheReaders() {
        Random random = new Random(95);
        SiOffer offer = SiOffer.of(
                "a0",
                Optional.of("text/plain"),
                SiFile.of("a", 5)
                        .modified(Instant.EPOCH)
                        .md5("552da749930852c69ae5d2141d3766b1")
                        .description("d")
                        .withRanges(),
                BOTH);
        SiAnswer answer =
                new SiAnswer(StreamMethod.IBB, Optional.empty(), Optional.of(new SiRange(1, OptionalLong.of(2))));
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 40_000; i++) {
            try {
                if (random.nextBoolean()) {
                    SiOffer mutant = SiOfferXml.read(Mutations.of(SiOfferXml.write(offer), random));
                    assertThat(mutant.file().size()).isNotNegative();
                    assertThat(mutant.file().name()).isNotEmpty();
                } else {
                    SiAnswer mutant =
                            SiAnswerXml.read(Optional.of(Mutations.of(SiAnswerXml.write(answer), random)), BOTH, 1_022);
                    assertThat(BOTH).contains(mutant.method());
                    mutant.range()
                            .ifPresent(range -> assertThat(range.within(1_022)).isTrue());
                }
                read++;
            } catch (MalformedRequestException expected) {
                refused++;
            }
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void anyErrorIsSomeRefusal() {
        Random random = new Random(96);
        for (int i = 0; i < 10_000; i++) {
            Element error = IqErrorXml.write(SiErrors.BAD_PROFILE.withText("x"), "jabber:client");
            assertThat(SiRefusal.of(IqErrorXml.read(Mutations.of(error, random))))
                    .isNotNull();
        }
    }
}
