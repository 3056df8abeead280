package org.isthmus.component.sip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.isthmus.component.sip.Endpoints;
import org.isthmus.component.sip.Limits;
import org.isthmus.component.sip.Requests;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.SipWire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * The torture messages of RFC 4475, octet for octet from the archive in its appendix A; {@code expected.csv} says what
 * becomes of each. After every one a valid message passes on the same connection or port.
 */
class Rfc4475Test {

    private static final Duration SILENCE = Duration.ofMillis(150);
    private static final AtomicInteger NEXT = new AtomicInteger();

    private static Endpoints gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = Endpoints.answering(Limits.with(Map.of("connectionsPerAddress", 200)));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String torture(String name) {
        try (InputStream in = Rfc4475Test.class.getResourceAsStream("/rfc4475/" + name + ".dat")) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static void send(SipWire peer, String octets) throws IOException {
        peer.send(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Answers over UDP go to sent-by; the test is not there, so it asks for its own port. */
    private static String withRport(String message) {
        return message.replaceFirst("(?i)(\r\n(?:via|v)[ \t]*:(?:[^\r]|\r\n[ \t])*)", "$1;rport");
    }

    private static void assertValidTrafficPasses(SipWire peer, SipTransport transport) throws Exception {
        String id = "valid" + NEXT.incrementAndGet();
        peer.send(Requests.message(transport, peer.localPort(), id).toString());
        String answer = peer.receive();
        assertThat(SipWire.header(answer, "Call-ID")).as(answer).contains(id);
        assertThat(SipWire.status(answer)).isEqualTo(202);
        assertThat(gateway.next().message().callId()).contains(id);
    }

    private static void assertAnswer(SipWire peer, String expected) throws Exception {
        if (expected.equals("-")) {
            assertThat(peer.receive(SILENCE)).isEmpty();
        } else {
            assertThat(peer.receive()).startsWith("SIP/2.0 " + expected + " ");
        }
    }

    @ParameterizedTest(name = "{0} ({1}): {2}")
    @CsvFileSource(resources = "/rfc4475/expected.csv", ignoreLeadingAndTrailingWhitespace = true)
    void overUdp(String name, String section, String answer) throws Exception {
        try (SipWire.Udp peer = gateway.udpPeer()) {
            send(peer, withRport(torture(name)));
            assertAnswer(peer, answer);
            assertValidTrafficPasses(peer, SipTransport.UDP);
        }
    }

    @ParameterizedTest(name = "{0} ({1}): {3}, {4}")
    @CsvFileSource(resources = "/rfc4475/expected.csv", ignoreLeadingAndTrailingWhitespace = true)
    void overTcp(String name, String section, String overUdp, String answer, String afterwards) throws Exception {
        try (SipWire.Tcp peer = gateway.tcpPeer()) {
            send(peer, torture(name) + (name.equals("baddn") ? "\r\n" : ""));
            assertAnswer(peer, answer);
            if (name.equals("dblreq")) {
                assertAnswer(peer, "405"); // on a stream the extra octets are the next request
            }
            switch (afterwards) {
                case "stays" -> assertValidTrafficPasses(peer, SipTransport.TCP);
                case "breaks" -> {
                    if (!name.equals("baddn")) {
                        assertThat(peer.closedByPeer(SipWire.PATIENCE)).isTrue();
                    }
                }
                case "waits" -> assertThat(peer.closedByPeer(SILENCE)).isFalse();
                default -> throw new AssertionError(afterwards);
            }
        }
        try (SipWire.Tcp fresh = gateway.tcpPeer()) {
            assertValidTrafficPasses(fresh, SipTransport.TCP);
        }
    }

    /** Most of the messages are of methods we refuse; as MESSAGE of a known sender each must end in words, not in a defect. */
    @ParameterizedTest(name = "{0} as MESSAGE")
    @CsvFileSource(resources = "/rfc4475/expected.csv", ignoreLeadingAndTrailingWhitespace = true)
    void asMessage(String name) throws Exception {
        String changed = torture(name)
                .replaceFirst("^[A-Za-z!*%+`'~.0-9-]+ ", "MESSAGE ")
                .replaceFirst("(?i)(\r\ncseq[ \t]*:(?:\r\n)?\\s*[0-9]+(?:\r\n)?\\s+)\\S+", "$1MESSAGE")
                .replaceAll("application/sdp", "text/plain")
                .replaceAll("@example\\.(com|net|org)", "@campus.example");
        try (SipWire.Udp peer = gateway.udpPeer()) {
            send(peer, withRport(changed));
            Optional<String> answer = peer.receive(SILENCE);
            answer.ifPresent(said -> assertThat(SipWire.status(said)).as(said).isNotEqualTo(500));
            while (gateway.next(SILENCE).isPresent()) {
                // some of them are messages now
            }
            assertValidTrafficPasses(peer, SipTransport.UDP);
        }
    }

    @Test
    void everyMessageOfTheArchiveIsListed() throws Exception {
        try (InputStream in = Rfc4475Test.class.getResourceAsStream("/rfc4475/expected.csv")) {
            long listed = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .count();
            assertThat(listed).isEqualTo(49);
        }
    }
}
