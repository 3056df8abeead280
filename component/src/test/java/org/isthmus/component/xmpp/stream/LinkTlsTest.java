package org.isthmus.component.xmpp.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.util.Optional;
import org.isthmus.component.conversation.StanzaSink.Outcome;
import org.isthmus.component.xmpp.stream.LinkDown.Cause;
import org.isthmus.component.xmpp.stream.ScriptedServer.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LinkTlsTest {

    @TempDir
    private Path folder;

    private static LinkSettings settings(int port) {
        LinkSettings clear = LinkBed.settings(port);
        return new LinkSettings(
                clear.domain(),
                clear.host(),
                port,
                ServerKind.EJABBERD,
                clear.secret(),
                TlsMode.DIRECT,
                clear.pingTo(),
                clear.input(),
                clear.limits());
    }

    private static LinkBed bed(int port, SslContext context) {
        return new LinkBed(settings(port), AddressLookup.on(Runnable::run), Optional.of(context)).started();
    }

    @Test
    void attachesInsideTls() throws Exception {
        TestTls tls = new TestTls(folder, "ip:127.0.0.1");
        try (ScriptedServer server = new ScriptedServer(tls.server);
                LinkBed bed = bed(server.port(), LinkTls.trusting(tls.certificate()));
                Connection connection = server.acceptComponent()) {
            bed.awaitUp();
            bed.send("protected");
            connection.expectMessage("protected");
            connection.answerPing();
            bed.awaitOutcome("protected", Outcome.CONSUMED);
        }
    }

    @Test
    void refusesACertificateOfAnotherName() throws Exception {
        TestTls tls = new TestTls(folder, "dns:other.example");
        try (ScriptedServer server = new ScriptedServer(tls.server);
                LinkBed bed = bed(server.port(), LinkTls.trusting(tls.certificate()))) {
            assertRefused(server, bed);
        }
    }

    @Test
    void refusesACertificateOfAnUnknownIssuer() throws Exception {
        TestTls tls = new TestTls(folder, "ip:127.0.0.1");
        try (ScriptedServer server = new ScriptedServer(tls.server);
                LinkBed bed = bed(server.port(), LinkTls.platform())) {
            assertRefused(server, bed);
        }
    }

    @Test
    void saysSoWhenThePortSpeaksNoTls() throws Exception {
        try (ScriptedServer server = new ScriptedServer();
                LinkBed bed = bed(server.port(), LinkTls.platform());
                Connection connection = server.accept()) {
            connection.say("<stream:error>this is no TLS</stream:error>");
            connection.drain();
            LinkBed.await(bed.events, "down TLS_FAILED slow");
        }
    }

    @Test
    void asksForAContextAtOnce() {
        assertThatThrownBy(() -> new LinkBed(settings(1), AddressLookup.on(Runnable::run), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(ScriptedServer.DOMAIN);
    }

    @Test
    void refusesStarttlsInWords() {
        assertThat(TlsMode.of("off")).isEqualTo(TlsMode.OFF);
        assertThat(TlsMode.of("direct")).isEqualTo(TlsMode.DIRECT);
        assertThatThrownBy(() -> TlsMode.of("starttls"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5276")
                .hasMessageContaining("tls: true");
        assertThatThrownBy(() -> TlsMode.of("yes")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(ScriptedServer server, LinkBed bed) {
        Connection connection = server.accept();
        assertThat(connection.drain()).isEmpty();
        LinkBed.await(bed.events, "down TLS_FAILED slow");
        assertThat(LinkBed.await(bed.ends)).satisfies(end -> {
            assertThat(end.cause()).isEqualTo(Cause.TLS_FAILED);
            assertThat(end.words()).contains("tls: true");
        });
    }
}
