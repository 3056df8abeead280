package org.isthmus.bytestream.socks5.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.dom4j.Element;
import org.isthmus.bytestream.Mutations;
import org.isthmus.bytestream.iq.MalformedRequestException;
import org.junit.jupiter.api.Test;

class BytestreamMutationTest {

    private static final StreamHostOffer OFFER = new StreamHostOffer(
            "s1",
            Optional.of("416781edf1ae50bad01cb8509ba35b43952bc345"),
            List.of(new StreamHost("a@x.test/r", "10.0.0.1", 7777), new StreamHost("p.x.test", "proxy.x.test", 7625)));

    @Test
    void onlyAMalformedRequestEscapesTheReader() {
        Random random = new Random(65);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 40_000; i++) {
            Element mutant = Mutations.of(BytestreamXml.offer(OFFER), random);
            try {
                StreamHostOffer offer = BytestreamXml.readOffer(mutant);
                read++;
                assertThat(offer.sid()).isNotEmpty();
                assertThat(offer.hosts()).isNotEmpty().allMatch(host -> host.port() > 0 && host.port() < 65_536);
                offer.destination().ifPresent(address -> assertThat(address).hasSize(40));
            } catch (MalformedRequestException expected) {
                refused++;
            }
            assertThat(BytestreamXml.readUsed(mutant)).isNotNull();
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }
}
