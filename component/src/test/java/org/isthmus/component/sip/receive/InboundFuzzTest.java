package org.isthmus.component.sip.receive;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.SipAnswer;
import org.isthmus.component.sip.Endpoints;
import org.isthmus.component.sip.ManualTimers;
import org.isthmus.component.sip.Requests;
import org.isthmus.component.sip.SipLimits;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.TestPartners;
import org.isthmus.component.sip.framing.RawHead;
import org.isthmus.component.sip.framing.SipGrammar;
import org.isthmus.component.sip.framing.TagStamp;
import org.isthmus.component.sip.record.LoopMark;
import org.isthmus.component.sip.wire.Arrival;
import org.junit.jupiter.api.Test;

/** Everything behind the grammar copes with whatever the grammar lets through: an answer each time, and never 500. */
class InboundFuzzTest {

    private static final String ODD = " \t:;,<>\"@%[]()=?&/\\0Aé\u0000";

    @Test
    void changedRequestsAreAnsweredButNeverADefect() {
        Random random = new Random(3_261);
        AtomicInteger delivered = new AtomicInteger();
        Inbound inbound = new Inbound(
                (message, partner, transaction, trace, answer) -> {
                    delivered.incrementAndGet();
                    answer.respond(SipAnswer.Final.of(202, "Accepted"));
                },
                new TestPartners(),
                Endpoints.settings(SipLimits.DEFAULTS),
                new ManualTimers(),
                new LoopMark(new SecureRandom()),
                new TagStamp(new SecureRandom()),
                new EventLog(),
                new SimpleMeterRegistry());
        SipGrammar grammar = new SipGrammar();
        List<Integer> statuses = new ArrayList<>();
        int read = 0;
        for (int round = 0; round < 30_000; round++) {
            String text = changed(random, Requests.message(SipTransport.UDP, 5060, "r" + round));
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                continue;
            }
            byte[] octets = text.substring(0, end + 4).getBytes(StandardCharsets.UTF_8);
            byte[] body = text.substring(end + 4).getBytes(StandardCharsets.UTF_8);
            RawHead head = RawHead.of(octets, octets.length);
            SIPMessage message;
            try {
                message = grammar.parse(head, octets, body);
            } catch (SipGrammar.Malformed refusedBefore) {
                continue;
            }
            if (message instanceof SIPRequest request) {
                read++;
                inbound.onRequest(
                        new Arrival(
                                "campus", head, request, body, Endpoints.LOCAL, 5060, SipTransport.UDP, (reply, of) -> {
                                    statuses.add(reply.status());
                                    assertThat(reply.octets(of, Endpoints.LOCAL, 5060))
                                            .isNotEmpty();
                                }),
                        null);
            }
        }
        assertThat(read).isGreaterThan(3_000);
        assertThat(delivered.get()).isGreaterThan(1_000);
        assertThat(statuses).hasSizeGreaterThan(3_000).doesNotContain(500);
    }

    private static String changed(Random random, Requests request) {
        StringBuilder input = new StringBuilder(request.header("Contact", "\"B\" <sip:b@[2001:db8::1]:5070;lr>;q=0.5")
                .line("Route: <sip:p1.example;lr>")
                .line("Require: ")
                .line("Expires: 60")
                .line("Date: Sat, 21 Nov 2026 09:05:07 GMT")
                .header("From", "\"Bob\" <sip:bob@campus.example;gr=a>;tag=f" + random.nextInt())
                .toString());
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(input.length());
            switch (random.nextInt(3)) {
                case 0 -> input.setCharAt(at, ODD.charAt(random.nextInt(ODD.length())));
                case 1 -> input.delete(at, Math.min(input.length(), at + 1 + random.nextInt(10)));
                default -> input.insert(at, input.substring(at, Math.min(input.length(), at + random.nextInt(20))));
            }
        }
        return input.toString();
    }
}
