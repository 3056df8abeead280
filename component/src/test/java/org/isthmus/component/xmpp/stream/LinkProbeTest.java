package org.isthmus.component.xmpp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.isthmus.component.xmpp.stream.LinkDown.Cause;
import org.isthmus.component.xmpp.stream.LinkProbe.Result;
import org.isthmus.component.xmpp.stream.ScriptedServer.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LinkProbeTest {

    private static CompletableFuture<Result> probe(int port, Duration timeout) {
        return CompletableFuture.supplyAsync(() ->
                LinkProbe.connect(LinkBed.settings(port), AddressLookup.on(Runnable::run), Optional.empty(), timeout));
    }

    @Test
    void attachesAndLeaves() {
        try (ScriptedServer server = new ScriptedServer()) {
            CompletableFuture<Result> result = probe(server.port(), Duration.ofSeconds(5));
            try (Connection connection = server.acceptComponent()) {
                connection.expect("</stream:stream>");
                connection.say("</stream:stream>");
                connection.expectClosed();
            }
            assertThat(result.join().attached()).isTrue();
            assertThat(result.join().words()).startsWith(ScriptedServer.DOMAIN + " attached in ");
            assertThat(result.join().down()).isEmpty();
        }
    }

    @Test
    void isContentWithAServerThatDoesNotSayGoodbye() {
        try (ScriptedServer server = new ScriptedServer()) {
            CompletableFuture<Result> result = probe(server.port(), Duration.ofSeconds(10));
            try (Connection connection = server.acceptComponent()) {
                connection.expectEnd();
            }
            assertThat(result.join().attached()).isTrue();
        }
    }

    @Test
    void explainsARefusal() {
        try (ScriptedServer server = new ScriptedServer()) {
            CompletableFuture<Result> result = probe(server.port(), Duration.ofSeconds(5));
            try (Connection connection = server.accept()) {
                connection.expect("(?s).*?to='[^']*'>");
                connection.say("<stream:stream xmlns:stream='http://etherx.jabber.org/streams' id=''"
                        + " xmlns='jabber:component:accept'><stream:error><host-unknown"
                        + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>");
                connection.expectEnd();
            }
            assertThat(result.join().attached()).isFalse();
            assertThat(result.join().words()).contains("Component \"" + ScriptedServer.DOMAIN + "\"");
        }
    }

    @Test
    void explainsNobodyAndSilence() {
        Result nobody =
                probe(ScriptedServer.closedPort(), Duration.ofSeconds(5)).join();
        assertThat(nobody.down()).map(LinkDown::cause).contains(Cause.UNREACHABLE);
        try (ScriptedServer server = new ScriptedServer()) {
            CompletableFuture<Result> silent = probe(server.port(), Duration.ofMillis(300));
            Connection connection = server.accept();
            assertThat(silent.join().down()).map(LinkDown::cause).contains(Cause.NO_HANDSHAKE);
            connection.drain();
        }
    }
}
