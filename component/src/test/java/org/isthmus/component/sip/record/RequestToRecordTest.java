package org.isthmus.component.sip.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gov.nist.javax.sip.message.SIPRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.isthmus.component.sip.Requests;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.framing.RawHead;
import org.isthmus.component.sip.framing.SipGrammar;
import org.isthmus.mappings.SipUri;
import org.isthmus.mappings.SipUriSyntaxException;
import org.isthmus.translation.message.SipMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestToRecordTest {

    private static Requests request() {
        return Requests.message(SipTransport.UDP, 5060, "x");
    }

    private static SipMessage read(Requests request) throws Exception {
        String text = request.toString();
        int end = text.indexOf("\r\n\r\n") + 4;
        byte[] head = text.substring(0, end).getBytes(StandardCharsets.UTF_8);
        byte[] body = text.substring(end).getBytes(StandardCharsets.UTF_8);
        RawHead raw = RawHead.of(head, head.length);
        return RequestToRecord.message((SIPRequest) new SipGrammar().parse(raw, head, body), raw, body);
    }

    @Test
    void everyPartIsRead() throws Exception {
        SipMessage message = read(request()
                .startLine("MESSAGE sip:ward3@gw.example:5070;transport=tcp SIP/2.0")
                .header("From", "\"Bob\" <sip:bob@campus.example;gr=phone>;tag=1")
                .header("Content-Type", "text/plain; charset=utf-8")
                .line("s: Mittag\r\n essen für alle")
                .line("Content-Language: de")
                .line("Date: Sat, 21 Nov 2026 09:05:07 GMT")
                .line("Expires: 60")
                .body("Grüße"));
        assertThat(message.requestUri()).isEqualTo(SipUri.parse("sip:ward3@gw.example:5070;transport=tcp"));
        assertThat(message.from()).isEqualTo(SipUri.of("bob", "campus.example").withParam("gr", "phone"));
        assertThat(message.fromDisplayName()).contains("Bob");
        assertThat(message.to()).isEqualTo(SipUri.of("ward3", "hospital.example"));
        assertThat(message.callId()).contains("x");
        assertThat(message.subject()).contains("Mittag essen für alle");
        assertThat(message.contentLanguage()).contains("de");
        assertThat(message.date()).contains(Instant.parse("2026-11-21T09:05:07Z"));
        assertThat(message.expires()).contains(Duration.ofSeconds(60));
        assertThat(message.contentEncoding()).isEmpty();
        assertThat(message.body().contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(new String(message.body().octets(), StandardCharsets.UTF_8)).isEqualTo("Grüße");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sip:bob@campus.example;tag=1                        |            | bob
            <sip:bob@campus.example>;tag=1                      |            | bob
            Bob B <sip:bob@campus.example>;tag=1                | Bob B      | bob
            "Jürgen" <sip:bob@campus.example>;tag=1             | Jürgen     | bob
            "Dr \\"X\\" \\\\ Y" <sip:bob@campus.example>;tag=1 | Dr "X" \\ Y | bob
            "" <sip:b%C3%BCb%20x@campus.example>;tag=1          |            | büb x
            <sip:bob:secret@campus.example>;tag=1               |            | bob
            """)
    void theSenderIsReadInEveryForm(String from, String name, String user) throws Exception {
        SipMessage message = read(request().header("From", from));
        assertThat(message.fromDisplayName()).isEqualTo(Optional.ofNullable(name));
        assertThat(message.from()).isEqualTo(SipUri.of(user, "campus.example"));
        assertThat(message.from().params()).isEqualTo(Map.of());
    }

    @Test
    void anAddresseeThatIsATelephoneNumberIsTheRequestUri() throws Exception {
        assertThat(read(request().header("To", "<tel:+4930123>")).to())
                .isEqualTo(SipUri.of("ward3", "hospital.example"));
    }

    @Test
    void aSenderThatIsNoSipAddressIsAnError() {
        assertThatThrownBy(() -> read(request().header("From", "<tel:+4930123>;tag=1")))
                .isInstanceOf(SipUriSyntaxException.class);
    }

    @Test
    void unreadableDateAndExpiresAreLeftOut() throws Exception {
        SipMessage message = read(request().line("Date: yesterday").line("Expires: soon"));
        assertThat(message.date()).isEmpty();
        assertThat(message.expires()).isEmpty();
    }

    @Test
    void whatWeWriteWeReadBack() throws Exception {
        SipMessage written = SipMessage.builder(
                        SipUri.of("dr. x & co", "hospital.example").withParam("gr", "ward 3/ö"),
                        SipUri.of("bob+1", "campus.example"),
                        org.isthmus.translation.message.SipBody.text("Grüße"))
                .fromDisplayName("Dr \"X\" \\ Ä")
                .callId("thread(1)@hospital.example")
                .subject("Ä: b; c=\"d\"")
                .contentLanguage("de-AT")
                .date(Instant.parse("2026-11-21T09:05:07Z"))
                .expires(Duration.ofSeconds(3_600))
                .build();
        String wire = RecordToRequest.message(
                        written,
                        new RecordToRequest.SentBy(SipTransport.TCP, "gw.example", 5060),
                        new LoopMark(new java.security.SecureRandom()),
                        "Isthmus")
                .toString();
        int end = wire.indexOf("\r\n\r\n") + 4;
        byte[] head = wire.substring(0, end).getBytes(StandardCharsets.UTF_8);
        byte[] body = wire.substring(end).getBytes(StandardCharsets.UTF_8);
        RawHead raw = RawHead.of(head, head.length);
        assertThat(RequestToRecord.message((SIPRequest) new SipGrammar().parse(raw, head, body), raw, body))
                .isEqualTo(written);
    }
}
