package org.isthmus.component.xmpp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.isthmus.component.xmpp.stream.LinkDown.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamSessionTest {

    private static final Duration PING_INTERVAL = LinkLimits.DEFAULT.pingInterval();
    private static final Duration PING_TIMEOUT = LinkLimits.DEFAULT.pingTimeout();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<handshake/>",
                "<handshake></handshake>",
                "<handshake xmlns='jabber:component:accept'/>",
                " \n<handshake />",
                "<stream:features/><handshake/>"
            })
    void isUpAfterAnEmptyHandshakeHoweverWritten(String handshake) {
        SessionBed bed = new SessionBed(SessionBed.settings());
        bed.serverSays(SessionBed.HEADER + handshake);
        assertThat(bed.heard).containsExactly("up");
        assertThat(bed.session.isUp()).isTrue();
    }

    @Test
    void writesNothingButHeaderAndDigestBeforeSuccess() {
        SessionBed bed = new SessionBed(SessionBed.settings());
        assertThat(bed.session.write(SessionBed.message("early"), outcome -> {}))
                .isFalse();
        bed.serverSays(SessionBed.HEADER);
        assertThat(bed.session.write(SessionBed.message("early"), outcome -> {}))
                .isFalse();
        assertThat(bed.written())
                .startsWith("<?xml version='1.0'?><stream:stream ")
                .endsWith(">" + "<handshake>aaee83c26aeeafcbabeabfcbcd50df997e0a2a1e</handshake>")
                .doesNotContain("early");
    }

    @Test
    void takesAStanzaBeforeTheHandshakeForAFault() {
        SessionBed bed = new SessionBed(SessionBed.settings());
        bed.serverSays(SessionBed.HEADER + "<message from='a@b' to='c@d'/>");
        assertThat(bed.endedBy()).isEqualTo(Cause.BAD_INPUT);
        assertThat(bed.heard).isEmpty();
    }

    @Test
    void aServerThatClosesAtTheSecretHasProbablyAnother() {
        SessionBed bed = new SessionBed(SessionBed.settings());
        bed.serverSays(SessionBed.HEADER);
        bed.channel.close();
        assertThat(bed.endedBy()).isEqualTo(Cause.CLOSED_AT_SECRET);
    }

    @Test
    void givesUpOnASilentServer() {
        SessionBed bed = new SessionBed(SessionBed.settings());
        bed.later(LinkLimits.DEFAULT.handshakeTimeout().minusMillis(1));
        assertThat(bed.ends).isEmpty();
        bed.later(Duration.ofMillis(1));
        assertThat(bed.endedBy()).isEqualTo(Cause.NO_HANDSHAKE);
    }

    @Test
    void aSecretThatCannotBeReadIsReportedWithoutItsText() {
        LinkSettings link = LinkSettings.of(SessionBed.DOMAIN, "127.0.0.1", 5347, ServerKind.PROSODY, () -> {
            throw new IllegalStateException("hunter2 is no secret");
        });
        SessionBed bed = new SessionBed(link);
        bed.serverSays(SessionBed.HEADER);
        assertThat(bed.endedBy()).isEqualTo(Cause.NO_SECRET);
        assertThat(bed.ends.get(0).words()).doesNotContain("hunter2");
        assertThat(bed.written()).doesNotContain("handshake");
    }

    @Test
    void thePingBehindAStanzaConfirmsIt() {
        SessionBed bed = SessionBed.up();
        bed.send("one");
        String written = bed.written();
        assertThat(written).containsSubsequence("one", "urn:xmpp:ping");
        assertThat(bed.outcomes).isEmpty();
        bed.answerPing(SessionBed.pingIn(written));
        assertThat(bed.outcomes).containsExactly("one CONSUMED");
        assertThat(bed.written()).isEmpty();
    }

    @Test
    void whatIsWrittenWhileAPingIsUnderWayWaitsForTheNext() {
        SessionBed bed = SessionBed.up();
        bed.send("one");
        String first = SessionBed.pingIn(bed.written());
        bed.send("two");
        bed.send("three");
        assertThat(SessionBed.hasPing(bed.written())).isFalse();
        bed.answerPing(first);
        assertThat(bed.outcomes).containsExactly("one CONSUMED");
        bed.answerPing(SessionBed.pingIn(bed.written()));
        assertThat(bed.outcomes).containsExactly("one CONSUMED", "two CONSUMED", "three CONSUMED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<iq type='result' from='DOMAIN' to='DOMAIN' id='ID'/>",
                "<iq type='error' from='DOMAIN' to='DOMAIN' id='ID'><error type='cancel'><service-unavailable"
                        + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>",
                "<iq type='get' from='DOMAIN' to='DOMAIN' id='ID'><ping xmlns='urn:xmpp:ping'/></iq>"
            })
    void aResultAnErrorAndThePingComeHomeAllProveThatTheServerHasRead(String answer) {
        SessionBed bed = SessionBed.up();
        bed.send("one");
        String id = SessionBed.pingIn(bed.written());
        bed.serverSays(answer.replace("DOMAIN", SessionBed.DOMAIN).replace("ID", id));
        assertThat(bed.outcomes).containsExactly("one CONSUMED");
        assertThat(bed.heard).containsExactly("up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<iq type='result' from='mallory@evil.example' to='DOMAIN' id='ID'/>",
                "<iq type='result' from='DOMAIN' to='joe@DOMAIN' id='ID'/>",
                "<iq type='result' from='DOMAIN' to='DOMAIN' id='xID'/>",
                "<iq type='result' to='DOMAIN' id='ID'/>",
                "<message from='DOMAIN' to='DOMAIN' id='ID'/>"
            })
    void nothingElseDoes(String answer) {
        SessionBed bed = SessionBed.up();
        bed.send("one");
        String id = SessionBed.pingIn(bed.written());
        bed.serverSays(answer.replace("DOMAIN", SessionBed.DOMAIN).replace("ID", id));
        assertThat(bed.outcomes).isEmpty();
        assertThat(bed.heard).hasSize(2);
    }

    @Test
    void whoWaitsWhenTheConnectionEndsLearnsThatItIsUnknown() {
        SessionBed bed = SessionBed.up();
        bed.send("one");
        String id = SessionBed.pingIn(bed.written());
        bed.answerPing(id);
        bed.send("two");
        bed.send("three");
        bed.channel.close();
        assertThat(bed.outcomes).containsExactly("one CONSUMED", "two LOST", "three LOST");
        assertThat(bed.endedBy()).isEqualTo(Cause.CLOSED_BY_SERVER);
        assertThat(bed.session.write(SessionBed.message("four"), outcome -> {})).isFalse();
    }

    @Test
    void anIdleLinkIsKeptAliveByPings() {
        SessionBed bed = SessionBed.up();
        bed.later(PING_INTERVAL.minusMillis(1));
        assertThat(bed.written()).isEmpty();
        bed.later(Duration.ofMillis(1));
        bed.answerPing(SessionBed.pingIn(bed.written()));
        for (int i = 0; i < 10; i++) {
            bed.later(PING_INTERVAL.multipliedBy(2));
            String written = bed.written();
            assertThat(SessionBed.hasPing(written)).isTrue();
            bed.answerPing(SessionBed.pingIn(written));
        }
        assertThat(bed.ends).isEmpty();
    }

    @Test
    void twoMissedPingsEndTheConnection() {
        SessionBed bed = SessionBed.up();
        bed.send("one");
        SessionBed.pingIn(bed.written());
        bed.later(PING_TIMEOUT);
        assertThat(bed.ends).isEmpty();
        SessionBed.pingIn(bed.written());
        bed.later(PING_TIMEOUT);
        assertThat(bed.endedBy()).isEqualTo(Cause.NO_ANSWER);
        assertThat(bed.outcomes).containsExactly("one LOST");
    }

    @Test
    void anAnswerAfterTheFirstMissIsAnAnswer() {
        SessionBed bed = SessionBed.up();
        bed.send("one");
        String first = SessionBed.pingIn(bed.written());
        bed.later(PING_TIMEOUT);
        String second = SessionBed.pingIn(bed.written());
        bed.answerPing(first);
        assertThat(bed.outcomes).containsExactly("one CONSUMED");
        bed.answerPing(second);
        bed.later(PING_TIMEOUT.multipliedBy(1));
        assertThat(bed.ends).isEmpty();
        assertThat(bed.heard).containsExactly("up");
    }

    @Test
    void trafficWithoutAnswersDoesNotHideADeadServer() {
        SessionBed bed = SessionBed.up();
        for (int i = 0; i < 4 && bed.ends.isEmpty(); i++) {
            bed.send("m" + i);
            bed.serverSays("<message from='a@hospital.example' to='joe@sip.hospital.example'/>");
            bed.later(PING_TIMEOUT.dividedBy(2).plusMillis(1));
        }
        bed.later(PING_TIMEOUT);
        assertThat(bed.endedBy()).isEqualTo(Cause.NO_ANSWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE x>", "<message><!-- x --></message>", "<message>&x;</message>"})
    void restrictedXmlIsAnsweredAndEndsTheStream(String xml) {
        SessionBed bed = SessionBed.up();
        bed.serverSays(xml);
        assertThat(bed.written())
                .isEqualTo("<stream:error><restricted-xml xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"
                        + "</stream:stream>");
        assertThat(bed.endedBy()).isEqualTo(Cause.BAD_INPUT);
        assertThat(bed.channel.isOpen()).isFalse();
    }

    @Test
    void aStanzaOverALimitIsReportedAndTheStreamGoesOn() {
        SessionBed bed = SessionBed.up();
        bed.serverSays("<message from='a@b' to='c@d'>" + "x".repeat(1 << 20) + "</message><presence id='next'/>");
        assertThat(bed.heard).containsExactly("up", "skipped more than 1048576 octets in one stanza", "presence next");
        assertThat(bed.ends).isEmpty();
    }

    @Test
    void theEndOfTheStreamIsAnswered() {
        SessionBed bed = SessionBed.up();
        bed.serverSays("</stream:stream>");
        assertThat(bed.written()).isEqualTo("</stream:stream>");
        assertThat(bed.endedBy()).isEqualTo(Cause.CLOSED_BY_SERVER);
        assertThat(bed.ends.get(0).wasUp()).isTrue();
    }

    @Test
    void anOrderlyCloseWaitsForConfirmationAndSaysGoodbye() {
        SessionBed bed = SessionBed.up();
        bed.send("one");
        String id = SessionBed.pingIn(bed.written());
        bed.session.close();
        assertThat(bed.written()).isEmpty();
        assertThat(bed.session.isUp()).isFalse();
        bed.answerPing(id);
        assertThat(bed.outcomes).containsExactly("one CONSUMED");
        assertThat(bed.written()).isEqualTo("</stream:stream>");
        bed.serverSays("</stream:stream>");
        assertThat(bed.endedBy()).isEqualTo(Cause.CLOSED);
        assertThat(bed.channel.isOpen()).isFalse();
    }

    @Test
    void anOrderlyCloseDoesNotWaitForEver() {
        SessionBed bed = SessionBed.up();
        bed.send("one");
        bed.written();
        bed.session.close();
        bed.later(LinkLimits.DEFAULT.closeGrace());
        assertThat(bed.endedBy()).isEqualTo(Cause.CLOSED);
        assertThat(bed.outcomes).containsExactly("one LOST");
    }

    @Test
    void theFirstCauseIsTheOneThatIsReported() {
        SessionBed bed = SessionBed.up();
        bed.serverSays("<stream:error><system-shutdown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"
                + "</stream:stream>");
        assertThat(bed.endedBy()).isEqualTo(Cause.STREAM_ERROR);
        assertThat(bed.ends.get(0).condition()).contains("system-shutdown");
    }

    @Test
    void octetsCountUntilTheServerHasReadThem() {
        SessionBed bed = SessionBed.up();
        int octets = SessionBed.message("one").length();
        bed.send("one");
        String ping = SessionBed.pingIn(bed.written());
        assertThat(bed.settled).isZero();
        bed.answerPing(ping);
        assertThat(bed.settled).isEqualTo(octets);
        bed.session.write(SessionBed.message("two"), null);
        bed.written();
        assertThat(bed.settled).as("nobody waits for it").isEqualTo(2 * octets);
        bed.send("six");
        bed.channel.close();
        assertThat(bed.settled).isEqualTo(3 * octets);
    }
}
