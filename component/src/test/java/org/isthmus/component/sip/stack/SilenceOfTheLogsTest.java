package org.isthmus.component.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.isthmus.component.sip.Endpoints;
import org.isthmus.component.sip.Requests;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.SipWire;
import org.isthmus.mappings.SipUri;
import org.isthmus.translation.message.SipBody;
import org.isthmus.translation.message.SipMessage;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** No body and no credential reaches a log line or standard error, at any level. */
class SilenceOfTheLogsTest {

    private static final String BODY = "patient-Meier-has-fever";
    private static final String SECRET = "0123456789abcdefdigest";

    @Test
    void nothingThatPeopleWriteIsLogged() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        PrintStream standardError = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        root.addAppender(lines);
        root.setLevel(Level.TRACE);
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (Endpoints gateway = Endpoints.answering();
                SipWire.Tcp tcp = gateway.tcpPeer();
                SipWire.Udp udp = gateway.udpPeer();
                SipWire.Udp stranger = SipWire.udp(Endpoints.STRANGER, Endpoints.LOCAL, gateway.udp())) {
            for (Requests request : List.of(
                    ask("ok"),
                    ask("type").header("Content-Type", "image/png"),
                    ask("twice").line("From: <sip:" + BODY + "@campus.example>"),
                    ask("bad").header("From", "<sip:" + BODY + "@campus.example"),
                    ask("via").header("Via", "SIP/2.0/TCP " + BODY + ";;;,,branch=" + SECRET),
                    ask("cseq").header("CSeq", BODY + " MESSAGE"))) {
                tcp.send(request.toString());
                tcp.receive();
                udp.send(request.toString());
                stranger.send(request.toString());
            }
            tcp.send("SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP x;branch=z9hG4bKno\r\nCall-ID: x\r\nCSeq: 1 MESSAGE\r\n"
                    + "From: <sip:a@b>\r\nTo: <sip:a@b>\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY);
            gateway.partners.route("campus", "sip:127.0.0.1:1;transport=tcp", false);
            gateway.endpoint
                    .sender()
                    .send(
                            SipMessage.builder(
                                            SipUri.of("a", "hospital.example"),
                                            SipUri.of("b", "campus.example"),
                                            SipBody.text(BODY))
                                    .build(),
                            "campus",
                            outcome -> {});
            gateway.next();
            while (gateway.next(Duration.ofMillis(300)).isPresent()) {
                // whatever else was delivered
            }
            tcp.send("MESSAGE " + BODY + " SIP/2.0\r\nContent-Length: -1\r\n\r\n" + BODY);
            assertThat(tcp.closedByPeer(SipWire.PATIENCE)).isTrue();
        } finally {
            System.setErr(standardError);
            root.setLevel(before);
            root.detachAppender(lines);
        }
        assertThat(lines.list).isNotEmpty();
        for (ILoggingEvent line : List.copyOf(lines.list)) {
            String whole = line.getFormattedMessage()
                    + line.getKeyValuePairs()
                    + (line.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(line.getThrowableProxy()));
            assertThat(whole).doesNotContain(BODY, SECRET);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static Requests ask(String id) {
        return Requests.message(SipTransport.TCP, 5060, id)
                .line("Authorization: Digest username=\"bob\", response=\"" + SECRET + "\"")
                .body(BODY);
    }

    @Test
    void ofJainSipsTextsOnlyTheProseIsKept() {
        assertThat(StackLog.prose("Error while processing incoming UDP packet[77, 69, 83]"))
                .isEqualTo("Error while processing incoming UDP packet");
        assertThat(StackLog.prose("Dropping Badly formatted response message >>> SIP/2.0 200 OK"))
                .isEqualTo("Dropping Badly formatted response message");
        assertThat(StackLog.prose(null)).isEmpty();
    }
}
