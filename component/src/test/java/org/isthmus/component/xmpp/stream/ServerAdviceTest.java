package org.isthmus.component.xmpp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.isthmus.component.xmpp.stream.LinkDown.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ServerAdviceTest {

    @ParameterizedTest
    @CsvSource({
        "PROSODY, STREAM_ERROR, not-authorized, component_secret",
        "PROSODY, STREAM_ERROR, host-unknown, Component \"sip.hospital.example\"",
        "PROSODY, STREAM_ERROR, conflict, component_conflict_resolve",
        "PROSODY, STREAM_ERROR, not-well-formed, component_stanza_size_limit",
        "PROSODY, UNREACHABLE, , component_ports",
        "PROSODY, TLS_FAILED, , Prosody has no TLS on component ports",
        "EJABBERD, STREAM_ERROR, not-authorized, hosts",
        "EJABBERD, STREAM_ERROR, not-authorized, password",
        "EJABBERD, STREAM_ERROR, invalid-from, hosts",
        "EJABBERD, STREAM_ERROR, policy-violation, max_stanza_size",
        "EJABBERD, UNREACHABLE, , ejabberd_service",
        "EJABBERD, TLS_FAILED, , tls: true",
        "EJABBERD, NO_ANSWER, , second connection",
        "OPENFIRE, STREAM_ERROR, not-authorized, External Components",
        "OPENFIRE, STREAM_ERROR, host-unknown, External Components",
        "OPENFIRE, STREAM_ERROR, internal-server-error, shared secret",
        "OPENFIRE, STREAM_ERROR, connection-timeout, xmpp.component.idle",
        "OPENFIRE, UNREACHABLE, , xmpp.component.socket.active",
        "OPENFIRE, TLS_FAILED, , 5276",
        "OPENFIRE, CLOSED_BY_SERVER, , another connection holds",
        "EJABBERD, CLOSED_BY_SERVER, , expects TLS",
        "OTHER, CLOSED_AT_SECRET, , is the secret for sip.hospital.example right",
        "OTHER, UNRESOLVED, , 127.0.0.1",
        "OTHER, NO_HANDSHAKE, , 5347"
    })
    void namesTheSettingOfTheServer(ServerKind server, Cause cause, String condition, String setting) {
        assertThat(explain(server, cause, condition, null).words())
                .contains(setting)
                .doesNotContain("{");
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void hasWordsForEveryCauseOnEveryServer(Cause cause) {
        for (ServerKind server : ServerKind.values()) {
            assertThat(explain(server, cause, null, null).words()).isNotBlank().doesNotContain("{");
        }
    }

    @Test
    void addsWhatTheServerSaidOnOneShortLine() {
        String words = explain(
                        ServerKind.OTHER, Cause.STREAM_ERROR, "policy-violation", "no\nway \u0007" + "x".repeat(300))
                .words();
        assertThat(words)
                .contains("(policy-violation: no way x")
                .doesNotContain("\n")
                .hasSizeLessThan(280);
    }

    private static LinkDown explain(ServerKind server, Cause cause, String condition, String said) {
        LinkSettings link = LinkSettings.of("sip.hospital.example", "127.0.0.1", 5347, server, () -> "secret-value");
        LinkDown end =
                ServerAdvice.explain(link, cause, Optional.ofNullable(condition), false, Optional.ofNullable(said));
        assertThat(end.words()).doesNotContain("secret-value");
        assertThat(link.toString()).doesNotContain("secret-value");
        return end;
    }
}
