package org.isthmus.component.sip.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gov.nist.javax.sip.message.SIPMessage;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.isthmus.component.sip.Requests;
import org.isthmus.component.sip.SipTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SipGrammarTest {

    private static final String ODD = " \t\r\n:;,<>\"@%[]()=?&/\\\u00000Aé";

    private final SipGrammar grammar = new SipGrammar();

    private SIPMessage parse(String text) throws SipGrammar.Malformed {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n") + 4;
        byte[] head = text.substring(0, end).getBytes(StandardCharsets.UTF_8);
        return grammar.parse(
                RawHead.of(head, head.length), head, java.util.Arrays.copyOfRange(octets, head.length, octets.length));
    }

    private static Requests request() {
        return Requests.message(SipTransport.UDP, 5060, "x");
    }

    @Test
    void aHeaderThatIsNotEssentialMayBeUnreadable() throws Exception {
        assertThat(parse(request().line("Contact: <<<").line("Date: yesterday").toString()))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Via", "From", "To", "Call-ID", "CSeq"})
    void aHeaderThatIsEssentialMustBeThere(String name) {
        assertThatThrownBy(() -> parse(request().without(name).toString()))
                .isInstanceOf(SipGrammar.Malformed.class)
                .hasMessage(name + " is missing");
    }

    @Test
    void theWordsRepeatNothingOfTheMessage() {
        assertThatThrownBy(() -> parse(request().header("From", "<sip:SECRET").toString()))
                .isInstanceOf(SipGrammar.Malformed.class)
                .hasMessageNotContaining("SECRET");
    }

    /** Changed input is a message or {@code Malformed}; anything else fails this test. */
    @Test
    void onlyMalformedEscapes() {
        Random random = new Random(4_475);
        String seed = request()
                .header("Contact", "\"Bob\" <sip:bob@[2001:db8::1]:5070;lr?x=%41>;q=0.5, <sip:c@d>")
                .line("Route: <sip:p1.example;lr>,<sip:p2.example>")
                .line("Accept: text/plain;q=0.7, application/im-iscomposing+xml")
                .line("Event: presence;id=1")
                .line("Date: Sat, 21 Nov 2026 09:05:07 GMT")
                .line("Warning: 380 gw \"no\"")
                .toString();
        int read = 0;
        for (int round = 0; round < 30_000; round++) {
            StringBuilder input = new StringBuilder(seed);
            for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
                int at = random.nextInt(input.length());
                switch (random.nextInt(3)) {
                    case 0 -> input.setCharAt(at, ODD.charAt(random.nextInt(ODD.length())));
                    case 1 -> input.delete(at, Math.min(input.length(), at + 1 + random.nextInt(20)));
                    default -> input.insert(at, input.substring(at, Math.min(input.length(), at + random.nextInt(40))));
                }
            }
            try {
                if (input.indexOf("\r\n\r\n") >= 0) {
                    assertThat(parse(input.toString())).isNotNull();
                    read++;
                }
            } catch (SipGrammar.Malformed expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
        assertThat(read).isBetween(1_000, 29_000);
    }
}
