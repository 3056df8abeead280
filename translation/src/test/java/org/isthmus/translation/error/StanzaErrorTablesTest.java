package org.isthmus.translation.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.isthmus.translation.error.RefusedRequest.Kind;
import org.isthmus.translation.vectors.People;
import org.isthmus.translation.xml.XmlElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StanzaErrorTablesTest {

    @ParameterizedTest
    @EnumSource(StanzaCondition.class)
    void noConditionAnswersANonInviteWithACodeThatIsForbiddenThere(StanzaCondition condition) {
        for (boolean full : new boolean[] {true, false}) {
            SipStatus status =
                    StanzaErrorToStatus.translate(StanzaError.of(condition, "why"), RefusedRequest.nonInvite(full));
            assertThat(status.code()).isBetween(300, 699).isNotIn(401, 407, 408, 491, 503);
        }
    }

    @ParameterizedTest
    @EnumSource(StanzaCondition.class)
    void everyConditionSurvivesTheXmlForm(StanzaCondition condition) {
        StanzaError error = StanzaError.of(condition, "words & <signs>");
        XmlElement xml = StanzaErrorXml.write(error, "jabber:client");
        assertThat(StanzaErrorXml.read(xml)).isEqualTo(error);
    }

    @Test
    void timeOutsAre408ForInviteAnd504Otherwise() {
        StanzaError error = StanzaError.of(StanzaCondition.REMOTE_SERVER_TIMEOUT, "late");
        assertThat(StanzaErrorToStatus.translate(error, RefusedRequest.invite(true))
                        .code())
                .isEqualTo(408);
        assertThat(StanzaErrorToStatus.translate(error, RefusedRequest.nonInvite(true))
                        .code())
                .isEqualTo(504);
        assertThat(StanzaErrorToStatus.unresolvable(RefusedRequest.nonInvite(true))
                        .code())
                .isEqualTo(504);
    }

    @Test
    void requestPendingIsKeptForReInvites() {
        StanzaError error = StanzaError.of(StanzaCondition.UNEXPECTED_REQUEST, "not now");
        assertThat(StanzaErrorToStatus.translate(error, new RefusedRequest(Kind.RE_INVITE, true, false))
                        .code())
                .isEqualTo(491);
        assertThat(StanzaErrorToStatus.translate(error, RefusedRequest.invite(true))
                        .code())
                .isEqualTo(400);
    }

    @Test
    void codesThatNeedAHeaderNameIt() {
        assertThat(SipStatus.of(405).companionHeader()).contains("Allow");
        assertThat(SipStatus.of(415).companionHeader()).contains("Accept");
        assertThat(SipStatus.of(489).companionHeader()).contains("Allow-Events");
        assertThat(SipStatus.of(423).companionHeader()).contains("Min-Expires");
        assertThat(SipStatus.of(404).companionHeader()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302})
    void aRedirectionCarriesTheMappedAddress(int status) {
        StanzaError error = StatusToStanzaError.translate(
                        status, "Moved", Optional.of(XmppUri.of(People.jid("a b".replace(' ', '.') + "@new.example"))))
                .orElseThrow();
        assertThat(error.address()).contains("xmpp:a.b@new.example");
    }

    @Test
    void goneNeverNamesAnAddressThatA410HadNone() {
        assertThat(StatusToStanzaError.translate(410, "Gone", Optional.of("xmpp:x@y"))
                        .orElseThrow()
                        .address())
                .isEmpty();
    }

    @Test
    void reasonPhrasesAreOneLineAndShort() {
        StanzaError error =
                StanzaError.of(StanzaCondition.FORBIDDEN, "a\r\nEvil: 1\u0000\u0085\u2028" + "ä".repeat(500));
        String reason = StanzaErrorToStatus.translate(error, RefusedRequest.nonInvite(true))
                .reason();
        assertThat(reason).startsWith("a Evil: 1 ä").matches("\\P{Cntrl}*");
        assertThat(reason.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(120);
    }

    @Test
    void xmppUrisEscapeAndUnescape() {
        String uri = XmppUri.of(People.jid("o\\27neil@example.net/a b/ž%"));
        assertThat(uri).isEqualTo("xmpp:o%5C27neil@example.net/a%20b%2F%C5%BE%25");
        assertThat(XmppUri.address(uri)).contains("o\\27neil@example.net/a b/ž%");
        assertThat(XmppUri.address("XMPP:a@b?message;body=x")).contains("a@b");
        assertThat(XmppUri.address("xmpp://me@here/you@there#f")).contains("you@there");
        assertThat(XmppUri.address("xmpp:%C3")).isEmpty();
        assertThat(XmppUri.address("xmpp:%4")).isEmpty();
        assertThat(XmppUri.address("sip:a@b")).isEmpty();
    }
}
