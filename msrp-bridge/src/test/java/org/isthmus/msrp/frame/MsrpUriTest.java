package org.isthmus.msrp.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MsrpUriTest {

    @Test
    void partsOfAUri() {
        MsrpUri uri = MsrpUri.parse("msrps://alice@[2001:db8::1]:2855/a/b=;tcp;x=y");
        assertThat(uri.secure()).isTrue();
        assertThat(uri.host()).isEqualTo("[2001:db8::1]");
        assertThat(uri.port()).isEqualTo(2855);
        assertThat(uri.sessionId()).hasValue("a/b=");
        assertThat(uri.transport()).isEqualTo("tcp");
    }

    @Test
    void aUriForALogHasNoSessionId() {
        assertThat(MsrpUri.parse("msrp://alice@h.example:1/secret;tcp").redacted())
                .isEqualTo("msrp://h.example:1/…;tcp");
        assertThat(MsrpUri.parse("msrp://h.example:1;tcp").redacted()).isEqualTo("msrp://h.example:1;tcp");
    }

    @Test
    void anIpv6AddressGetsItsBrackets() {
        assertThat(MsrpUri.of(false, "::1", 2855, "abc")).hasToString("msrp://[::1]:2855/abc;tcp");
        assertThat(MsrpUri.of(true, "h.example", 2855, "")).hasToString("msrps://h.example:2855;tcp");
    }

    @Test
    void needlessPercentEscapesOfTheHostDoNotCount() {
        assertThat(MsrpUri.parse("msrp://h%2Dx.example:1/a;tcp"))
                .isEqualTo(MsrpUri.parse("msrp://H-x.example:1/a;tcp"));
    }

    @Test
    void onlyTheSyntaxExceptionEscapesMutatedUris() {
        Random random = new Random(9);
        String[] seeds = {
            "msrp://host.example.com:8493/asfd34;tcp",
            "msrps://alice@[2001:db8::1]:2855/a;tcp;x=y",
            "msrp://1.2.3.4:5;ws"
        };
        String alphabet = "msrp:/@[];=%.0aF \u00e9\r\n\"\u0000";
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(seeds[random.nextInt(seeds.length)]);
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                int at = random.nextInt(text.length());
                if (random.nextBoolean()) {
                    text.setCharAt(at, c);
                } else {
                    text.insert(at, c);
                }
            }
            try {
                assertThat(MsrpUri.parse(text.toString())).hasToString(text.toString());
            } catch (MsrpSyntaxException expected) {
                assertThat(expected.offset()).isBetween(0, text.length());
                refused++;
            }
        }
        assertThat(refused).isBetween(1000, 19_999);
    }
}
