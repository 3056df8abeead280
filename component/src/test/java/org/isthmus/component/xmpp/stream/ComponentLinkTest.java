package org.isthmus.component.xmpp.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.isthmus.component.conversation.StanzaSink.Outcome;
import org.isthmus.component.xmpp.stanza.WireStanza;
import org.isthmus.component.xmpp.stream.LinkDown.Cause;
import org.isthmus.component.xmpp.stream.ScriptedServer.Connection;
import org.isthmus.mappings.Jids;
import org.isthmus.translation.message.MessageStanza;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ComponentLinkTest {

    private static final String ERROR =
            "<stream:error><%s xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>" + "</stream:stream>";

    @Test
    void attachesAndCarriesStanzasBothWays() {
        try (ScriptedServer server = new ScriptedServer();
                LinkBed bed = new LinkBed(LinkBed.settings(server.port())).started();
                Connection connection = server.acceptComponent()) {
            bed.awaitUp();
            connection.say("<message from='a@b' to='joe@x' id='in1'/> <iq id='in2'/>");
            LinkBed.await(bed.elements, "message in1");
            LinkBed.await(bed.elements, "iq in2");
            bed.send("out");
            connection.expectMessage("out");
            assertThat(bed.outcomes).isEmpty();
            connection.answerPing();
            bed.awaitOutcome("out", Outcome.CONSUMED);
        }
    }

    @Test
    void onePingConfirmsEverythingWrittenBeforeIt() {
        try (ScriptedServer server = new ScriptedServer();
                LinkBed bed = new LinkBed(LinkBed.settings(server.port())).started();
                Connection connection = server.acceptComponent()) {
            bed.awaitUp();
            bed.link.settings();
            bed.loops.execute(() -> bed.sendNumbered(0, 100));
            for (int i = 0; i < 100; i++) {
                connection.expectMessage("n" + i);
            }
            connection.answerPing();
            for (int i = 0; i < 100; i++) {
                bed.awaitOutcome("n" + i, Outcome.CONSUMED);
            }
        }
    }

    @Test
    void keepsTheOrderOfEachSendingThread() throws InterruptedException {
        try (ScriptedServer server = new ScriptedServer();
                LinkBed bed = new LinkBed(LinkBed.settings(server.port())).started();
                Connection connection = server.acceptComponent()) {
            bed.awaitUp();
            List<Thread> threads = new ArrayList<>();
            for (char name = 'a'; name <= 'd'; name++) {
                char thread = name;
                threads.add(new Thread(() -> {
                    for (int i = 0; i < 500; i++) {
                        bed.link.sendUnconfirmed(LinkBed.message(thread + ":" + i), refused -> {});
                    }
                }));
            }
            threads.forEach(Thread::start);
            int[] next = new int[4];
            for (int i = 0; i < 2000; i++) {
                String body = connection.expect("<message [^>]*><body>([a-d]:[0-9]+)</body></message>");
                assertThat(Integer.parseInt(body.substring(2))).isEqualTo(next[body.charAt(0) - 'a']++);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    @Test
    void refusesWhileItIsNotUp() {
        try (ScriptedServer server = new ScriptedServer();
                LinkBed bed = new LinkBed(LinkBed.settings(server.port()))) {
            bed.send("before the start");
            bed.awaitOutcome("before the start", Outcome.LINK_DOWN);
            bed.started();
            try (Connection connection = server.accept()) {
                bed.send("before the handshake");
                bed.awaitOutcome("before the handshake", Outcome.LINK_DOWN);
                connection.handshake();
                bed.awaitUp();
            }
            LinkBed.await(bed.events, "down CLOSED_BY_SERVER soon");
            bed.send("after the end");
            bed.awaitOutcome("after the end", Outcome.LINK_DOWN);
        }
    }

    @Test
    void saysLostWhenTheConnectionBreaksBeforeTheAnswer() {
        try (ScriptedServer server = new ScriptedServer();
                LinkBed bed = new LinkBed(LinkBed.settings(server.port())).started()) {
            Connection connection = server.acceptComponent();
            bed.awaitUp();
            bed.send("one");
            connection.expectMessage("one");
            connection.expect(ScriptedServer.PING);
            connection.abort();
            bed.awaitOutcome("one", Outcome.LOST);
            assertThat(LinkBed.await(bed.ends).wasUp()).isTrue();
        }
    }

    @Test
    void reconnectsAfterEveryKindOfEnd() {
        try (ScriptedServer server = new ScriptedServer();
                LinkBed bed = new LinkBed(LinkBed.settings(server.port())).started()) {
            try (Connection connection = server.acceptComponent()) {
                bed.awaitUp();
                connection.say("</stream:stream>");
                connection.expectEnd();
            }
            LinkBed.await(bed.events, "down CLOSED_BY_SERVER soon");
            Connection broken = server.acceptComponent();
            bed.awaitUp();
            broken.abort();
            assertThat(LinkBed.await(bed.events)).endsWith(" soon");
            try (Connection connection = server.acceptComponent()) {
                bed.awaitUp();
                connection.say(String.format(ERROR, "system-shutdown"));
                connection.expectEnd();
            }
            LinkBed.await(bed.events, "down STREAM_ERROR soon");
            try (Connection connection = server.acceptComponent()) {
                bed.awaitUp();
                connection.say("<!DOCTYPE x>");
                connection.expect("<stream:error><restricted-xml [^>]*/></stream:error>");
                connection.expectEnd();
            }
            LinkBed.await(bed.events, "down BAD_INPUT soon");
            try (Connection connection = server.acceptComponent()) {
                bed.awaitUp();
                bed.send("alive");
                connection.expectMessage("alive");
                connection.answerPing();
                bed.awaitOutcome("alive", Outcome.CONSUMED);
            }
        }
    }

    @Test
    void aWrongSecretIsExplainedAndRetriedSlowly() throws Exception {
        try (ScriptedServer server = new ScriptedServer();
                LinkBed bed = new LinkBed(LinkBed.settings(server.port())).started()) {
            try (Connection connection = server.accept()) {
                connection.expect("(?s).*?to='[^']*'>");
                connection.say(ScriptedServer.HEADER_OUT);
                connection.expect("<handshake>[0-9a-f]{40}</handshake>");
                connection.say(String.format(ERROR, "not-authorized"));
                connection.expectEnd();
            }
            LinkBed.await(bed.events, "down STREAM_ERROR slow");
            assertThat(LinkBed.await(bed.ends).words()).contains("component_secret");
            assertThat(server.quietFor(500)).isTrue();
            assertThat(bed.link.state()).isEqualTo(ComponentLink.State.WAITING);
        }
    }

    @Test
    void resolvesTheHostForEveryConnectionAndTriesAllAddresses() throws Exception {
        try (ScriptedServer server = new ScriptedServer()) {
            int closedPort = ScriptedServer.closedPort();
            AtomicInteger asked = new AtomicInteger();
            AddressLookup lookup = (host, port) -> {
                asked.incrementAndGet();
                return CompletableFuture.completedFuture(List.of(
                        new InetSocketAddress("127.0.0.1", closedPort), new InetSocketAddress("127.0.0.1", port)));
            };
            try (LinkBed bed = new LinkBed(LinkBed.settings(server.port()), lookup, Optional.empty()).started()) {
                for (int round = 1; round <= 3; round++) {
                    server.acceptComponent().close();
                    bed.awaitUp();
                    LinkBed.await(bed.events, "down CLOSED_BY_SERVER soon");
                }
                assertThat(asked).hasValueGreaterThanOrEqualTo(3);
            }
        }
    }

    @Test
    void saysWhatIsWrongWithTheAddress() {
        int closed = ScriptedServer.closedPort();
        AddressLookup unknown = (host, port) -> CompletableFuture.failedFuture(new UnknownHostException(host));
        try (LinkBed bed = new LinkBed(LinkBed.settings(1), unknown, Optional.empty()).started()) {
            LinkBed.await(bed.events, "down UNRESOLVED soon");
        }
        try (LinkBed bed = new LinkBed(LinkBed.settings(closed)).started()) {
            LinkBed.await(bed.events, "down UNREACHABLE soon");
            assertThat(LinkBed.await(bed.ends).words())
                    .contains("127.0.0.1:" + closed)
                    .contains("component_ports");
        }
    }

    @Test
    void neverHasTwoConnections() {
        try (ScriptedServer server = new ScriptedServer();
                LinkBed bed = new LinkBed(LinkBed.settings(server.port())).started()) {
            bed.link.start();
            bed.link.start();
            Connection first = server.acceptComponent();
            bed.awaitUp();
            first.say("</stream:stream>");
            first.expect("</stream:stream>");
            // The old connection is closed before the new one is opened.
            first.expectClosed();
            server.acceptComponent().close();
        }
    }

    @Test
    void refusesWhatIsLargerThanTheServerTakes() {
        LinkLimits small = LinkBed.limits(10_000, 1 << 20, Duration.ofSeconds(5));
        try (ScriptedServer server = new ScriptedServer();
                LinkBed bed = new LinkBed(LinkBed.settings(server.port()).with(small)).started();
                Connection connection = server.acceptComponent()) {
            bed.awaitUp();
            int frame = LinkBed.message("").length();
            String fits = "x".repeat(10_000 - frame);
            assertThat(LinkBed.message(fits).length()).isEqualTo(10_000);
            bed.send(fits + "x");
            bed.awaitOutcome(fits + "x", Outcome.TOO_LARGE);
            bed.send(fits);
            connection.expectMessage(fits);
            connection.answerPing();
            bed.awaitOutcome(fits, Outcome.CONSUMED);
        }
    }

    @Test
    void neverWritesInTheNameOfAnotherDomain() {
        try (LinkBed bed = new LinkBed(LinkBed.settings(ScriptedServer.closedPort()))) {
            for (String from :
                    List.of("joe@hospital.example", "joe@sub." + ScriptedServer.DOMAIN, "hospital.example")) {
                WireStanza foreign = WireStanza.of(MessageStanza.builder(Jids.parse(from), Jids.parse("a@b"))
                        .build());
                assertThatThrownBy(() -> bed.link.send(foreign, outcome -> {}))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void refusesWhenTheBufferIsFullAndGoesOnWhenTheServerReadsAgain() {
        LinkLimits small = LinkBed.limits(10_000, 200_000, LinkBed.LONG);
        try (ScriptedServer server = new ScriptedServer(8192);
                LinkBed bed = new LinkBed(LinkBed.settings(server.port()).with(small)).started();
                Connection connection = server.acceptComponent()) {
            bed.awaitUp();
            AtomicInteger full = new AtomicInteger();
            String padding = "x".repeat(8000);
            int accepted = 0;
            // The system's own buffers come first; 100 MB are more than those.
            for (int i = 0; i < 12_500 && full.get() == 0; i++) {
                CompletableFuture<Outcome> refused = new CompletableFuture<>();
                bed.link.sendUnconfirmed(LinkBed.message(padding), refused::complete);
                CompletableFuture<Void> passed = new CompletableFuture<>();
                bed.loops.execute(() -> passed.complete(null));
                passed.join();
                if (refused.isDone()) {
                    assertThat(refused.join()).isEqualTo(Outcome.LINK_FULL);
                    full.incrementAndGet();
                } else {
                    accepted++;
                }
            }
            assertThat(full).hasValue(1);
            for (int i = 0; i < accepted; i++) {
                connection.expectMessage("x{8000}");
            }
            bed.send("again");
            connection.expectMessage("again");
            connection.answerPing();
            bed.awaitOutcome("again", Outcome.CONSUMED);
        }
    }

    @Test
    void refusesWhenTheServerReadsNothingForLong() throws Exception {
        LinkLimits impatient = LinkBed.limits(256 << 10, 1L << 40, Duration.ofMillis(100));
        try (ScriptedServer server = new ScriptedServer(8192);
                LinkBed bed = new LinkBed(LinkBed.settings(server.port()).with(impatient)).started()) {
            Connection connection = server.acceptComponent();
            bed.awaitUp();
            String padding = "x".repeat(200_000);
            for (int i = 0; i < 100; i++) {
                bed.link.sendUnconfirmed(LinkBed.message(padding), ignored -> {});
            }
            Outcome outcome = null;
            for (int tries = 0; tries < 500 && outcome == null; tries++) {
                CompletableFuture<Outcome> refused = new CompletableFuture<>();
                bed.link.sendUnconfirmed(LinkBed.message("small"), refused::complete);
                outcome = refused.completeOnTimeout(null, 20, TimeUnit.MILLISECONDS)
                        .get();
            }
            assertThat(outcome).isEqualTo(Outcome.LINK_FULL);
            connection.abort();
        }
    }

    @Test
    void closesInOrder() throws Exception {
        try (ScriptedServer server = new ScriptedServer();
                LinkBed bed = new LinkBed(LinkBed.settings(server.port())).started();
                Connection connection = server.acceptComponent()) {
            bed.awaitUp();
            bed.send("last words");
            connection.expectMessage("last words");
            CompletableFuture<Void> closed = bed.link.close().toCompletableFuture();
            connection.answerPing();
            bed.awaitOutcome("last words", Outcome.CONSUMED);
            connection.expect("</stream:stream>");
            connection.say("</stream:stream>");
            connection.expectClosed();
            closed.get(5, TimeUnit.SECONDS);
            LinkBed.await(bed.events, "down CLOSED");
            assertThat(bed.link.state()).isEqualTo(ComponentLink.State.CLOSED);
            bed.send("too late");
            bed.awaitOutcome("too late", Outcome.LINK_DOWN);
            assertThat(server.quietFor(300)).isTrue();
        }
    }

    @Test
    void closesWhereverItIs() throws Exception {
        try (LinkBed bed = new LinkBed(LinkBed.settings(ScriptedServer.closedPort()))) {
            bed.link.close().toCompletableFuture().get(5, TimeUnit.SECONDS);
        }
        try (LinkBed bed = new LinkBed(LinkBed.settings(ScriptedServer.closedPort())).started()) {
            LinkBed.await(bed.events, "down UNREACHABLE soon");
            bed.link.close().toCompletableFuture().get(5, TimeUnit.SECONDS);
            bed.link.close().toCompletableFuture().get(5, TimeUnit.SECONDS);
        }
        try (ScriptedServer server = new ScriptedServer();
                LinkBed bed = new LinkBed(LinkBed.settings(server.port())).started()) {
            Connection connection = server.accept();
            bed.link.close();
            connection.drain();
            bed.link.close().toCompletableFuture().get(5, TimeUnit.SECONDS);
            assertThat(bed.ends).extracting(LinkDown::cause).containsOnly(Cause.CLOSED);
        }
    }

    @Test
    void everyStanzaHasExactlyOneOutcomeWhileTheServerComesAndGoes() throws Exception {
        try (ScriptedServer server = new ScriptedServer();
                LinkBed bed = new LinkBed(LinkBed.settings(server.port())).started()) {
            int sent = 0;
            for (int round = 0; round < 10; round++) {
                Connection connection = server.acceptComponent();
                bed.awaitUp();
                bed.sendNumbered(sent, sent + 200);
                sent += 200;
                if (round % 2 == 0) {
                    connection.expect("<message .*");
                }
                connection.abort();
                assertThat(LinkBed.await(bed.events)).startsWith("down");
            }
            for (int i = 0; i < sent; i++) {
                LinkBed.await(bed.outcomes);
            }
            CompletableFuture<Void> turn = new CompletableFuture<>();
            bed.loops.execute(() -> turn.complete(null));
            turn.get(5, TimeUnit.SECONDS);
            assertThat(bed.outcomes).isEmpty();
        }
    }
}
