package org.isthmus.component.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.SipAnswer;
import org.isthmus.component.sip.Endpoints;
import org.isthmus.component.sip.Requests;
import org.isthmus.component.sip.SipEndpointSettings;
import org.isthmus.component.sip.SipPoint;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.SipWire;
import org.isthmus.component.sip.TestPartners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointLifeTest {

    /** Runs in a JVM of its own: serves one message by each transport, then leaves as its argument says. */
    static final class Life {
        public static void main(String[] arguments) throws Exception {
            Endpoints gateway = Endpoints.answering();
            try (SipWire.Tcp tcp = gateway.tcpPeer();
                    SipWire.Udp udp = gateway.udpPeer()) {
                tcp.send(Requests.message(SipTransport.TCP, tcp.localPort(), "tcp")
                        .header("From", "\"J\u00fcrgen\" <sip:bob@campus.example>;tag=1")
                        .body("Gr\u00fc\u00dfe")
                        .toString());
                udp.send(Requests.message(SipTransport.UDP, udp.localPort(), "udp")
                        .toString());
                System.out.println(
                        tcp.receive().substring(0, 11) + udp.receive().substring(7, 11));
            }
            boolean read = false;
            for (int i = 0; i < 2; i++) {
                Endpoints.Delivered delivered = gateway.next();
                read |= delivered.text().equals("Gr\u00fc\u00dfe")
                        && delivered.message().fromDisplayName().equals(Optional.of("J\u00fcrgen"));
            }
            System.out.println("umlauts " + read);
            if (arguments[0].equals("closed")) {
                gateway.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"closed", "forgotten"})
    void theJvmExitsByItself(String how) throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Xmx256m",
                        "-Dfile.encoding=US-ASCII",
                        "-ea",
                        Life.class.getName(),
                        how)
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).as("exits by itself").isTrue();
            String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(output).contains("SIP/2.0 202 202", "umlauts true");
            assertThat(jvm.exitValue()).as(output).isZero();
        } finally {
            jvm.destroyForcibly();
        }
    }

    @Test
    void noThreadIsLeftAndThePortsAreFree() throws Exception {
        Set<String> before = sipThreads();
        int udp;
        try (Endpoints gateway = Endpoints.answering();
                SipWire.Tcp peer = gateway.tcpPeer()) {
            udp = gateway.udp();
            peer.send(Requests.message(SipTransport.TCP, peer.localPort(), "x").toString());
            peer.receive();
            assertThat(sipThreads()).isNotEqualTo(before);
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!before.containsAll(sipThreads())) {
            assertThat(System.nanoTime()).as("%s", sipThreads()).isLessThan(deadline);
            Thread.onSpinWait();
        }
        new DatagramSocket(new InetSocketAddress(Endpoints.LOCAL, udp)).close();
    }

    private static Set<String> sipThreads() {
        Set<String> names = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            String name = thread.getName();
            if (name.startsWith("sip-") || name.startsWith("lookup-io") || name.startsWith("EventScanner")) {
                names.add(name + "#" + thread.getId());
            }
        }
        return names;
    }

    @Test
    void whenOnePointCannotBeBoundNoneIs() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(Endpoints.LOCAL, 0))) {
            int free;
            try (java.net.ServerSocket socket = new java.net.ServerSocket(0, 1, Endpoints.LOCAL)) {
                free = socket.getLocalPort();
            }
            SipEndpointSettings settings = SipEndpointSettings.of(List.of(
                    new SipPoint(SipTransport.TCP, Endpoints.LOCAL, free, Optional.empty()),
                    new SipPoint(SipTransport.UDP, Endpoints.LOCAL, taken.getLocalPort(), Optional.empty())));
            assertThatThrownBy(() -> start(settings))
                    .isInstanceOf(SipEndpoint.StartException.class)
                    .hasMessageStartingWith("cannot listen on udp 127.0.0.1:" + taken.getLocalPort() + ": ");
            new java.net.ServerSocket(free, 1, Endpoints.LOCAL).close();
        }
    }

    @Test
    void aWildcardAddressNeedsAName() throws Exception {
        SipEndpointSettings settings = SipEndpointSettings.of(
                List.of(new SipPoint(SipTransport.UDP, InetAddress.getByName("0.0.0.0"), 0, Optional.empty())));
        assertThatThrownBy(() -> start(settings))
                .isInstanceOf(SipEndpoint.StartException.class)
                .hasMessageContaining("advertise");
    }

    private static SipEndpoint start(SipEndpointSettings settings) throws SipEndpoint.StartException {
        return SipEndpoint.start(
                settings,
                new TestPartners(),
                (message, partner, transaction, trace, answer) -> answer.respond(SipAnswer.Final.of(202, "Accepted")),
                new EventLog(),
                new SimpleMeterRegistry());
    }

    @ParameterizedTest
    @EnumSource(SipTransport.class)
    void ipv6IsServedAndTheNameThatIsAdvertisedStandsInVia(SipTransport transport) throws Exception {
        InetAddress loopback = InetAddress.getByName("::1");
        assertThat(hasIpv6(loopback)).as("IPv6 loopback, which this test needs").isTrue();
        SipEndpointSettings settings = SipEndpointSettings.of(
                List.of(new SipPoint(transport, loopback, 0, Optional.of("gw.hospital.example"))));
        try (SipEndpoint endpoint = start(settings);
                SipWire peer = transport == SipTransport.UDP
                        ? SipWire.udp(loopback, loopback, endpoint.port(0))
                        : SipWire.tcp(loopback, loopback, endpoint.port(0))) {
            peer.send(Requests.message(transport, peer.localPort(), "six")
                    .header("Via", "SIP/2.0/" + transport + " [::1]:" + peer.localPort() + ";branch=z9hG4bKsix;rport")
                    .toString());
            String answer = peer.receive();
            assertThat(SipWire.status(answer)).isEqualTo(202);
            assertThat(SipWire.header(answer, "Via").orElseThrow())
                    .contains(";received=0:0:0:0:0:0:0:1;rport=" + peer.localPort());
        }
    }

    @ParameterizedTest
    @EnumSource(SipTransport.class)
    void requestsLeaveOverIpv6(SipTransport transport) throws Exception {
        InetAddress loopback = InetAddress.getByName("::1");
        assertThat(hasIpv6(loopback)).as("IPv6 loopback, which this test needs").isTrue();
        SipEndpointSettings settings =
                SipEndpointSettings.of(List.of(new SipPoint(transport, loopback, 0, Optional.empty())));
        TestPartners partners = new TestPartners();
        try (java.net.ServerSocket tcp = new java.net.ServerSocket(0, 5, loopback);
                DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort()));
                SipEndpoint endpoint = SipEndpoint.start(
                        settings,
                        partners,
                        (message, partner, transaction, trace, answer) -> {},
                        new EventLog(),
                        new SimpleMeterRegistry())) {
            partners.route("campus", "sip:[::1]:" + tcp.getLocalPort() + ";transport=" + transport.token(), false);
            endpoint.sender()
                    .send(
                            org.isthmus.translation.message.SipMessage.builder(
                                            org.isthmus.mappings.SipUri.of("a", "hospital.example"),
                                            org.isthmus.mappings.SipUri.of("b", "campus.example"),
                                            org.isthmus.translation.message.SipBody.text("six"))
                                    .build(),
                            "campus",
                            outcome -> {});
            String request;
            if (transport == SipTransport.TCP) {
                try (SipWire.Tcp peer = new SipWire.Tcp(tcp.accept())) {
                    request = peer.receive();
                }
            } else {
                java.net.DatagramPacket packet = new java.net.DatagramPacket(new byte[3_000], 3_000);
                udp.setSoTimeout(10_000);
                udp.receive(packet);
                request = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            }
            assertThat(SipWire.header(request, "Via").orElseThrow())
                    .startsWith("SIP/2.0/" + transport + " [0:0:0:0:0:0:0:1]:" + endpoint.port(0));
        }
    }

    private static boolean hasIpv6(InetAddress loopback) {
        try {
            new DatagramSocket(new InetSocketAddress(loopback, 0)).close();
            return true;
        } catch (java.net.SocketException none) {
            return new File("/proc/net/if_inet6").exists();
        }
    }
}
