package org.isthmus.component.sip.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.isthmus.component.conversation.SipAnswer;
import org.isthmus.component.conversation.SipSender.Outcome;
import org.isthmus.component.sip.Endpoints;
import org.isthmus.component.sip.Limits;
import org.isthmus.component.sip.ManualTimers;
import org.isthmus.component.sip.Requests;
import org.isthmus.component.sip.SipLimits;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.SipWire;
import org.isthmus.mappings.SipUri;
import org.isthmus.translation.message.SipBody;
import org.isthmus.translation.message.SipMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests to partners, seen by a next hop made of bare sockets. */
class MessageSenderTest {

    private static final Duration SOON = Duration.ofMillis(300);

    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private final ManualTimers clock = new ManualTimers();
    private Endpoints gateway;

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    private void start(SipLimits limits) throws Exception {
        gateway = Endpoints.silent(limits, clock);
    }

    private void send(String text) {
        gateway.endpoint.sender().send(toBob(text).build(), "campus", outcomes::add);
    }

    private Outcome outcome() throws InterruptedException {
        Outcome outcome = outcomes.poll(10, TimeUnit.SECONDS);
        assertThat(outcome).as("an outcome in 10 s").isNotNull();
        return outcome;
    }

    private static SipMessage.Builder toBob(String text) {
        return SipMessage.builder(
                SipUri.of("ward3", "hospital.example"), SipUri.of("bob", "campus.example"), SipBody.text(text));
    }

    private static ServerSocket proxy() throws Exception {
        return new ServerSocket(0, 50, Endpoints.LOCAL);
    }

    private void routeTcp(ServerSocket proxy) {
        gateway.partners.route("campus", "sip:127.0.0.1:" + proxy.getLocalPort() + ";transport=tcp", false);
    }

    private static int closedPort() throws Exception {
        try (ServerSocket socket = proxy()) {
            return socket.getLocalPort();
        }
    }

    private static String answer(String request, String status, String... headers) {
        StringBuilder out = new StringBuilder("SIP/2.0 " + status + "\r\n");
        for (String name : new String[] {"Via", "From", "To", "Call-ID", "CSeq"}) {
            out.append(name)
                    .append(": ")
                    .append(SipWire.header(request, name).orElseThrow())
                    .append("\r\n");
        }
        for (String header : headers) {
            out.append(header).append("\r\n");
        }
        return out.append("Content-Length: 0\r\n\r\n").toString();
    }

    @Test
    void theRequestIsWhatRfc3428Wants() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = proxy()) {
            routeTcp(proxy);
            gateway.endpoint
                    .sender()
                    .send(
                            toBob("Grüße")
                                    .fromDisplayName("Dr \"X\" \\ Ä\r\nEvil: 1")
                                    .callId("thread-1@hospital.example")
                                    .subject("Über\nEvil: 2")
                                    .contentLanguage("de")
                                    .date(Instant.parse("2026-11-21T09:05:07Z"))
                                    .build(),
                            "campus",
                            outcomes::add);
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                String request = peer.receive();
                String via = SipWire.header(request, "Via").orElseThrow();
                assertThat(via).startsWith("SIP/2.0/TCP 127.0.0.1:" + gateway.tcp() + ";branch=z9hG4bK");
                String from = SipWire.header(request, "From").orElseThrow();
                assertThat(from).startsWith("\"Dr \\\"X\\\" \\\\ Ä  Evil: 1\" <sip:ward3@hospital.example>;tag=");
                assertThat(request.replace(via, "VIA").replace(from, "FROM")).isEqualTo("""
                                MESSAGE sip:bob@campus.example SIP/2.0
                                Via: VIA
                                Max-Forwards: 70
                                From: FROM
                                To: <sip:bob@campus.example>
                                Call-ID: thread-1@hospital.example
                                CSeq: 1 MESSAGE
                                Subject: Über Evil: 2
                                Content-Language: de
                                Date: Sat, 21 Nov 2026 09:05:07 GMT
                                User-Agent: Isthmus
                                Content-Type: text/plain;charset=UTF-8
                                Content-Length: 7

                                Grüße""".replace("\n", "\r\n"));
            }
        }
    }

    @Test
    void tagsBranchesAndCallIdsAreNeverUsedTwice() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = proxy()) {
            routeTcp(proxy);
            send("one");
            send("two");
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                String one = peer.receive();
                String two = peer.receive();
                for (String name : new String[] {"Via", "From", "Call-ID"}) {
                    assertThat(SipWire.header(one, name)).isNotEqualTo(SipWire.header(two, name));
                }
            }
        }
    }

    @Test
    void aCallIdThatIsNoneIsReplaced() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = proxy()) {
            routeTcp(proxy);
            gateway.endpoint.sender().send(toBob("x").callId("a b\r\nEvil: 1").build(), "campus", outcomes::add);
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                String request = peer.receive();
                assertThat(SipWire.header(request, "Call-ID").orElseThrow()).matches("[0-9a-f]{32}");
                assertThat(SipWire.header(request, "Evil")).isEmpty();
            }
        }
    }

    @Test
    void aResponseWithoutToTagAndWithOddHeadersCounts() throws Exception {
        start(SipLimits.DEFAULTS);
        try (SipWire.Udp peer = gateway.udpPeer()) {
            gateway.partners.route("campus", "sip:127.0.0.1:" + peer.localPort(), false);
            send("hello");
            String request = peer.receive();
            peer.send(answer(request, "100 Trying"));
            assertThat(outcomes.poll(300, TimeUnit.MILLISECONDS)).isNull();
            peer.send(answer(
                    request,
                    "200 OK",
                    "Max-Forwards: 70",
                    "User-Agent: Gaim/SIMPLE",
                    "X-Odd: \"",
                    "Contact: nonsense <"));
            assertThat(outcome())
                    .isEqualTo(new Outcome.Response(200, "OK", Optional.empty(), Optional.empty(), Optional.empty()));
            peer.send(answer(request, "200 OK"));
            assertThat(outcomes.poll(300, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    private static final String CHALLENGE =
            "WWW-Authenticate: Digest realm=\"campus.example\", nonce=\"n1\", opaque=\"o\","
                    + " qop=\"auth,auth-int\", algorithm=MD5";

    @Test
    void aChallengeIsAnsweredWithTheSameRequestAndCredentials() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = proxy()) {
            routeTcp(proxy);
            send("hello");
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                String first = peer.receive();
                peer.send(answer(first, "401 Unauthorized", CHALLENGE));
                String second = peer.receive();
                assertThat(SipWire.header(second, "CSeq")).contains("2 MESSAGE");
                assertThat(SipWire.header(second, "Call-ID")).isEqualTo(SipWire.header(first, "Call-ID"));
                assertThat(SipWire.header(second, "From")).isEqualTo(SipWire.header(first, "From"));
                assertThat(SipWire.header(second, "Via")).isNotEqualTo(SipWire.header(first, "Via"));
                assertThat(SipWire.header(second, "Authorization").orElseThrow())
                        .startsWith("Digest username=\"isthmus\"")
                        .contains("realm=\"campus.example\"", "nonce=\"n1\"", "qop=auth", "opaque=\"o\"")
                        .doesNotContain("open-sesame");
                assertThat(second).endsWith("hello");
                assertThat(outcomes).isEmpty();
                peer.send(answer(second, "200 OK"));
                assertThat(outcome()).isInstanceOf(Outcome.Response.class);
            }
        }
    }

    @Test
    void aProxysChallengeIsAnsweredToTheProxyAndASecondOneIsFinal() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = proxy()) {
            routeTcp(proxy);
            send("hello");
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                String challenge = CHALLENGE.replace("WWW-", "Proxy-");
                peer.send(answer(peer.receive(), "407 Proxy Authentication Required", challenge));
                String second = peer.receive();
                assertThat(SipWire.header(second, "Proxy-Authorization")).isPresent();
                peer.send(answer(second, "407 Proxy Authentication Required", challenge));
                assertThat(outcome())
                        .isInstanceOfSatisfying(
                                Outcome.Response.class,
                                told -> assertThat(told.status()).isEqualTo(407));
                assertThat(peer.receive(SOON)).isEmpty();
            }
        }
    }

    @Test
    void aStaleNonceIsReplacedOnce() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = proxy()) {
            routeTcp(proxy);
            send("hello");
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                peer.send(answer(peer.receive(), "401 Unauthorized", CHALLENGE));
                String stale = CHALLENGE.replace("n1", "n2") + ", stale=TRUE";
                peer.send(answer(peer.receive(), "401 Unauthorized", stale));
                String third = peer.receive();
                assertThat(SipWire.header(third, "Authorization").orElseThrow()).contains("nonce=\"n2\"");
                peer.send(answer(third, "401 Unauthorized", stale));
                assertThat(outcome())
                        .isInstanceOfSatisfying(
                                Outcome.Response.class,
                                told -> assertThat(told.status()).isEqualTo(401));
            }
        }
    }

    @Test
    void aChallengeWithoutCredentialsIsTheFinalAnswer() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = proxy()) {
            routeTcp(proxy);
            send("one");
            send("two");
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                peer.send(answer(peer.receive(), "401 Unauthorized", CHALLENGE.replace("campus", "other")));
                peer.send(answer(peer.receive(), "401 Unauthorized", CHALLENGE.replace("MD5", "MD5-sess")));
                for (int i = 0; i < 2; i++) {
                    assertThat(outcome())
                            .isInstanceOfSatisfying(
                                    Outcome.Response.class,
                                    told -> assertThat(told.status()).isEqualTo(401));
                }
            }
        }
    }

    @Test
    void aNextHopOutsideTheListedNetworksMayAnswerButNotAsk() throws Exception {
        start(SipLimits.DEFAULTS);
        try (SipWire.Udp peer = SipWire.udp(Endpoints.STRANGER, Endpoints.LOCAL, gateway.udp())) {
            gateway.partners.route("campus", "sip:127.0.0.66:" + peer.localPort(), false);
            peer.send("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP x;branch=z9hG4bKx\r\n\r\n"); // before it was asked
            send("hello");
            String request = peer.receive();
            peer.send(
                    Requests.message(SipTransport.UDP, peer.localPort(), "ask").toString());
            assertThat(peer.receive()).startsWith("SIP/2.0 403 ");
            peer.send(answer(request, "200 OK"));
            assertThat(outcome()).isInstanceOf(Outcome.Response.class);
            assertThat(gateway.waiting()).isZero();
        }
    }

    @Test
    void aNextHopOutsideTheListedNetworksMayAnswerOnTheConnectionWeOpenedButNotAsk() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = new ServerSocket(0, 5, Endpoints.STRANGER)) {
            gateway.partners.route("campus", "sip:127.0.0.66:" + proxy.getLocalPort() + ";transport=tcp", false);
            send("hello");
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                String request = peer.receive();
                peer.send(Requests.message(SipTransport.TCP, peer.localPort(), "ask")
                        .toString());
                assertThat(peer.receive()).startsWith("SIP/2.0 403 ");
                peer.send(answer(request, "200 OK"));
                assertThat(outcome()).isInstanceOf(Outcome.Response.class);
                assertThat(gateway.waiting()).isZero();
            }
        }
    }

    @Test
    void aPartnerAsksOnTheConnectionWeOpened() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = proxy()) {
            routeTcp(proxy);
            send("hello");
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                peer.receive();
                peer.send(Requests.message(SipTransport.TCP, peer.localPort(), "ask")
                        .toString());
                gateway.next().answer().respond(SipAnswer.Final.of(202, "Accepted"));
                assertThat(peer.receive()).startsWith("SIP/2.0 202 ");
            }
        }
    }

    @Test
    void ourOwnRequestThatComesBackIsALoop() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = proxy()) {
            routeTcp(proxy);
            send("hello");
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                String looped = peer.receive()
                        .replaceFirst("Via:", "Via: SIP/2.0/TCP proxy.campus.example;branch=z9hG4bKproxy\r\nVia:");
                peer.send(looped);
                assertThat(peer.receive()).startsWith("SIP/2.0 482 Loop Detected\r\n");
                peer.send(looped.replaceFirst("MESSAGE sip:bob@campus.example", "MESSAGE sip:other@campus.example"));
                assertThat(peer.receive()).startsWith("SIP/2.0 403 "); // a spiral, but its sender is an XMPP user
            }
        }
    }

    @Test
    void whatAFailureCarriesIsTold() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = proxy()) {
            routeTcp(proxy);
            send("one");
            send("two");
            send("three");
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                peer.send(answer(peer.receive(), "503 Busy", "Retry-After: 17 (lunch)"));
                assertThat(outcome())
                        .isEqualTo(new Outcome.Response(
                                503, "Busy", Optional.of(Duration.ofSeconds(17)), Optional.empty(), Optional.empty()));
                peer.send(answer(peer.receive(), "302 Moved", "Contact: \"Bob\" <sip:bob@home.example;x=1>;q=0.7"));
                assertThat(outcome())
                        .isEqualTo(new Outcome.Response(
                                302,
                                "Moved",
                                Optional.empty(),
                                Optional.of(SipUri.parse("sip:bob@home.example;x=1")),
                                Optional.empty()));
                peer.send(answer(peer.receive(), "415 No", "Accept: text/plain, text/html;level=1"));
                assertThat(outcome())
                        .isEqualTo(new Outcome.Response(
                                415,
                                "No",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("text/plain, text/html;level=1")));
            }
        }
    }

    @Test
    void anUnansweredRequestIsRetransmittedOverUdpAndEndsAtTimerF() throws Exception {
        start(SipLimits.DEFAULTS);
        try (SipWire.Udp peer = gateway.udpPeer()) {
            gateway.partners.route("campus", "sip:127.0.0.1:" + peer.localPort(), false);
            long before = clock.periodic();
            send("hello");
            String first = peer.receive();
            clock.awaitMorePeriodicThan(before);
            clock.advance(Duration.ofSeconds(5));
            assertThat(peer.receive()).isEqualTo(first); // 0.5 s
            assertThat(peer.receive()).isEqualTo(first); // 1.5 s
            assertThat(peer.receive()).isEqualTo(first); // 3.5 s
            assertThat(peer.receive(SOON)).isEmpty();
            clock.advance(Duration.ofSeconds(25));
            assertThat(outcomes).isEmpty();
            clock.advance(Duration.ofSeconds(4));
            assertThat(outcome()).isEqualTo(new Outcome.TimedOut());
            clock.advance(Duration.ofSeconds(60));
            assertThat(outcomes).isEmpty();
        }
    }

    @Test
    void anUnansweredRequestOverTcpIsNotRepeatedAndEndsAtTimerF() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = proxy()) {
            routeTcp(proxy);
            long before = clock.periodic();
            send("hello");
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                peer.receive();
                clock.awaitMorePeriodicThan(before);
                clock.advance(Duration.ofSeconds(34));
                assertThat(outcome()).isEqualTo(new Outcome.TimedOut());
                assertThat(peer.receive(SOON)).isEmpty();
            }
        }
    }

    @Test
    void aLateResponseAfterTimerFIsNoSecondOutcome() throws Exception {
        start(SipLimits.DEFAULTS);
        try (SipWire.Udp peer = gateway.udpPeer()) {
            gateway.partners.route("campus", "sip:127.0.0.1:" + peer.localPort(), false);
            long before = clock.periodic();
            send("hello");
            String request = peer.receive();
            clock.awaitMorePeriodicThan(before);
            clock.advance(Duration.ofSeconds(34));
            assertThat(outcome()).isEqualTo(new Outcome.TimedOut());
            peer.send(answer(request, "200 OK"));
            assertThat(outcomes.poll(300, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    @Test
    void aPartnerWithoutRouteIsUnreachable() throws Exception {
        start(SipLimits.DEFAULTS);
        send("hello");
        assertThat(outcome()).isEqualTo(new Outcome.Unreachable("partner \"campus\" has no route"));
    }

    @Test
    void aTransportWeDoNotSpeakIsUnreachable() throws Exception {
        start(SipLimits.DEFAULTS);
        gateway.partners.route("campus", "sip:127.0.0.1:5061;transport=tls", false);
        send("hello");
        assertThat(outcome())
                .isInstanceOfSatisfying(
                        Outcome.Unreachable.class,
                        told -> assertThat(told.words()).contains("a transport we do not speak"));
    }

    @Test
    void anAddressOfAnotherFamilyIsUnreachable() throws Exception {
        start(SipLimits.DEFAULTS);
        gateway.partners.route("campus", "sip:[::1]:5060;transport=tcp", false);
        send("hello");
        assertThat(outcome())
                .isInstanceOfSatisfying(
                        Outcome.Unreachable.class,
                        told -> assertThat(told.words()).contains("no TCP listening point of ours reaches [::1]"));
    }

    @Test
    void theRouteToOurselvesIsRefused() throws Exception {
        start(SipLimits.DEFAULTS);
        gateway.partners.route("campus", "sip:127.0.0.1:" + gateway.tcp() + ";transport=tcp", false);
        send("hello");
        assertThat(outcome())
                .isInstanceOfSatisfying(
                        Outcome.Unreachable.class,
                        told -> assertThat(told.words()).contains("points back to this gateway"));
    }

    @Test
    void theCircuitBreakerOpensProbesAndCloses() throws Exception {
        start(SipLimits.DEFAULTS);
        int port = closedPort();
        gateway.partners.route("campus", "sip:127.0.0.1:" + port + ";transport=tcp", false);
        Outcome refused = new Outcome.Unreachable("127.0.0.1:" + port + " refused the connection");
        for (int i = 0; i < 3; i++) {
            send("hello");
            assertThat(outcome()).isEqualTo(refused);
        }
        send("held back");
        assertThat(outcome()).isEqualTo(new Outcome.Busy(Duration.ofSeconds(2)));
        clock.advance(Duration.ofSeconds(3));
        send("probe");
        assertThat(outcome()).isEqualTo(refused);
        send("held back for longer");
        assertThat(outcome()).isEqualTo(new Outcome.Busy(Duration.ofSeconds(4)));
        clock.advance(Duration.ofSeconds(5));
        try (ServerSocket proxy = new ServerSocket(port, 5, Endpoints.LOCAL)) {
            send("back");
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                peer.send(answer(peer.receive(), "200 OK"));
                assertThat(outcome()).isInstanceOf(Outcome.Response.class);
                send("and on");
                peer.send(answer(peer.receive(), "200 OK"));
                assertThat(outcome()).isInstanceOf(Outcome.Response.class);
            }
        }
    }

    @Test
    void overTheLimitNothingLeavesByUdp() throws Exception {
        start(SipLimits.DEFAULTS);
        try (SipWire.Udp peer = gateway.udpPeer()) {
            gateway.partners.route("campus", "sip:127.0.0.1:" + peer.localPort(), false);
            send("");
            int empty = peer.receive().length();
            // Content-Length grows from one digit to three or four
            send("x".repeat(1_300 - empty - 2));
            String largest = peer.receive();
            assertThat(largest).hasSize(1_300);
            send("x".repeat(1_300 - empty - 1));
            assertThat(outcome()).isEqualTo(new Outcome.TooLarge(1_301));
            assertThat(peer.receive(SOON)).isEmpty();
        }
    }

    @Test
    void overTheLimitItLeavesByTcpWhereThePartnerHasIt() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = proxy()) {
            gateway.partners.route("campus", "sip:127.0.0.1:" + proxy.getLocalPort(), true);
            send("y".repeat(5_000));
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                String request = peer.receive();
                assertThat(SipWire.header(request, "Via").orElseThrow()).startsWith("SIP/2.0/TCP ");
                assertThat(request).endsWith("y".repeat(5_000));
            }
        }
    }

    @Test
    void overTheLimitAndNoTcpAfterAllIsTooLarge() throws Exception {
        start(SipLimits.DEFAULTS);
        gateway.partners.route("campus", "sip:127.0.0.1:" + closedPort(), true);
        send("y".repeat(5_000));
        assertThat(outcome()).isInstanceOf(Outcome.TooLarge.class);
    }

    @Test
    void aConnectionThatThePeerClosedIsOpenedAnew() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = proxy()) {
            routeTcp(proxy);
            for (int i = 0; i < 5; i++) {
                send("message " + i);
                try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                    String request = peer.receive();
                    assertThat(request).endsWith("message " + i);
                    peer.send(answer(request, "200 OK"));
                    assertThat(outcome()).isInstanceOf(Outcome.Response.class);
                }
                awaitNoReader();
            }
        }
    }

    /** The close must have been seen: a message written before that is lost in any protocol without its own receipts. */
    private void awaitNoReader() throws Exception {
        long deadline = System.nanoTime() + SipWire.PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            boolean reading = Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().startsWith("sip-tcp-127"));
            if (!reading) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("the connection's thread did not end");
    }

    @Test
    void requestsLeaveInTheOrderOfTheirSending() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = proxy()) {
            routeTcp(proxy);
            for (int i = 0; i < 900; i++) {
                send("n" + i);
            }
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                List<String> seen = new ArrayList<>();
                for (int i = 0; i < 900; i++) {
                    String request = peer.receive();
                    seen.add(request.substring(request.indexOf("\r\n\r\n") + 4));
                }
                for (int i = 0; i < 900; i++) {
                    assertThat(seen.get(i)).isEqualTo("n" + i);
                }
            }
        }
    }

    @Test
    void tooManyUnansweredRequestsAreToldBusy() throws Exception {
        start(Limits.with(Map.of("hopInFlight", 2)));
        try (ServerSocket proxy = proxy()) {
            routeTcp(proxy);
            send("one");
            send("two");
            send("three");
            assertThat(outcome()).isInstanceOf(Outcome.Busy.class);
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                peer.send(answer(peer.receive(), "200 OK"));
                assertThat(outcome()).isInstanceOf(Outcome.Response.class);
                send("four");
                peer.receive();
                assertThat(peer.receive()).endsWith("four");
            }
        }
    }

    @Test
    void atTheEndEachMessageHasHadOneOutcome() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = proxy()) {
            routeTcp(proxy);
            AtomicInteger sent = new AtomicInteger();
            Thread sending = new Thread(() -> {
                for (int i = 0; i < 3_000; i++) {
                    send("n" + i);
                    sent.incrementAndGet();
                }
            });
            sending.start();
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                for (int i = 0; i < 20; i++) {
                    peer.send(answer(peer.receive(), "200 OK"));
                }
                gateway.close();
                sending.join();
            }
            List<Outcome> told = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                told.add(outcome());
            }
            assertThat(outcomes).isEmpty();
            assertThat(told).contains(new Outcome.Unreachable("the gateway is stopping"));
        }
    }

    @Test
    void nothingIsLeftOfAFinishedRequest() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = proxy()) {
            routeTcp(proxy);
            long before = clock.tasks();
            for (int i = 0; i < 50; i++) {
                send("n" + i);
            }
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                for (int i = 0; i < 50; i++) {
                    peer.send(answer(peer.receive(), "200 OK"));
                    outcome();
                }
                clock.advance(Duration.ofSeconds(45));
                assertThat(clock.tasks()).isEqualTo(before);
            }
        }
    }

    @Test
    void aNextHopThatDoesNotReadIsGivenUpWithoutHoldingUpAnother() throws Exception {
        gateway = Endpoints.silent(Limits.write(Duration.ofMillis(500)));
        try (ServerSocket deaf = new ServerSocket();
                ServerSocket honest = proxy()) {
            deaf.setReceiveBufferSize(4_096);
            deaf.bind(new InetSocketAddress(Endpoints.LOCAL, 0));
            gateway.partners.route("deaf", "sip:127.0.0.1:" + deaf.getLocalPort() + ";transport=tcp", false);
            routeTcp(honest);
            BlockingQueue<Outcome> ofDeaf = new LinkedBlockingQueue<>();
            for (int i = 0; i < 200; i++) {
                gateway.endpoint.sender().send(toBob("x".repeat(60_000)).build(), "deaf", ofDeaf::add);
            }
            send("hello");
            try (SipWire.Tcp peer = new SipWire.Tcp(honest.accept())) {
                peer.send(answer(peer.receive(), "200 OK"));
                assertThat(outcome()).isInstanceOf(Outcome.Response.class);
            }
            assertThat(ofDeaf.poll(30, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Outcome.Unreachable.class,
                            told -> assertThat(told.words()).endsWith("does not read what is sent to it"));
        }
    }

    @Test
    void whatIsUnansweredAtTheEndIsToldOnce() throws Exception {
        start(SipLimits.DEFAULTS);
        try (ServerSocket proxy = proxy()) {
            routeTcp(proxy);
            send("one");
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                peer.receive();
                gateway.close();
                assertThat(outcome()).isEqualTo(new Outcome.TimedOut());
                send("two");
                assertThat(outcome()).isEqualTo(new Outcome.Unreachable("the gateway is stopping"));
                assertThat(outcomes).isEmpty();
            }
        }
    }
}
