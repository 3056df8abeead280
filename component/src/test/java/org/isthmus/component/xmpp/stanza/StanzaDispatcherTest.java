package org.isthmus.component.xmpp.stanza;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.isthmus.component.xmpp.stanza.IqResponders.Row;
import org.isthmus.component.xmpp.stanza.IqResponders.Verb;
import org.isthmus.translation.error.StanzaCondition;
import org.isthmus.translation.error.StanzaErrorXml;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StanzaDispatcherTest {

    private static final EnumSet<IqTarget> ALL = EnumSet.allOf(IqTarget.class);

    private static DispatchBed bed() {
        return new DispatchBed(List.of(
                Row.of("urn:known", "q", EnumSet.of(Verb.GET), ALL, (request, answer) -> answer.result()),
                Row.of(
                        "urn:bare",
                        "q",
                        EnumSet.of(Verb.GET),
                        EnumSet.of(IqTarget.CONTACT),
                        (request, answer) -> answer.result()),
                Row.of("urn:broken", "q", EnumSet.of(Verb.GET), ALL, (request, answer) -> {
                    throw new IllegalStateException("broken responder");
                }),
                Row.of("urn:twice", "q", EnumSet.of(Verb.GET), ALL, (request, answer) -> {
                    answer.result();
                    answer.error(StanzaCondition.CONFLICT);
                })));
    }

    @Test
    void handsOnMessagesAndPresences() {
        try (DispatchBed bed = bed()) {
            bed.receive(
                    "<message from='a@h.example/r' to='joe@sip.example' id='1' type='chat'><body>hi</body></message>");
            bed.receive("<message from='a@h.example/r' to='joe@sip.example' type='odd'/>");
            bed.receive("<message from='a@h.example/r' to='joe@sip.example' type='error' id='2'/>");
            bed.receive("<presence from='a@h.example/r' to='joe@sip.example' type='subscribe'/>");
            assertThat(bed.messages)
                    .extracting(message -> message.type().wire())
                    .containsExactly("chat", "normal", "error");
            assertThat(bed.presences).containsExactly("subscribe a@h.example/r joe@sip.example");
            assertThat(bed.out.sent).isEmpty();
        }
    }

    @Test
    void takesEmojiInAResourceForWhatItIs() {
        try (DispatchBed bed = bed()) {
            bed.receive(
                    "<message from='a@h.example/\uD83D\uDE00' to='joe@sip.example/\uD83D\uDE00'><body>x</body></message>");
            assertThat(bed.messages).hasSize(1);
            assertThat(bed.messages.get(0).from().getResource()).isEqualTo("\uD83D\uDE00");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "message, a@h.example/r, jo\u265Ae@sip.example",
        "message, a@h.example/r, @sip.example",
        "message, a@h.example/r, joe@sip.example/",
        "message, \u265A@h.example/r, joe@sip.example",
        "presence, a@h.example/r, @sip.example",
        "iq, a@h.example/r, @sip.example"
    })
    void answersAnAddressThatIsNone(String name, String from, String to) {
        try (DispatchBed bed = bed()) {
            bed.receive("<" + name + " type='" + (name.equals("iq") ? "get" : "") + "' id='7' from='" + from + "' to='"
                    + to + "'><q xmlns='urn:known'/></" + name + ">");
            XmlElement answer = bed.out.only();
            assertThat(answer.local()).isEqualTo(name);
            assertThat(answer.attribute("from")).contains(to);
            assertThat(answer.attribute("to")).contains(from);
            assertThat(answer.attribute("id")).contains("7");
            assertThat(condition(answer)).isEqualTo(StanzaCondition.JID_MALFORMED);
            assertThat(answer.child("urn:known", "q"))
                    .as("content is not echoed")
                    .isEmpty();
            assertThat(bed.messages).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<message type='error' from='a@h.example' to='@sip.example' id='1'/>",
                "<presence type='error' from='a@h.example' to='@sip.example'/>",
                "<iq type='error' from='a@h.example' to='joe@sip.example' id='1'/>",
                "<iq type='result' from='a@h.example' to='joe@sip.example' id='1'/>",
                "<iq type='result' from='a@h.example' to='@sip.example' id='1'/>",
                "<iq type='get' from='a@h.example' to='joe@sip.example'><q xmlns='urn:x'/></iq>",
                "<message to='joe@sip.example'/>",
                "<message from='' to='joe@sip.example'/>",
                "<message from='a@h.example'/>",
                "<route from='a@h.example' to='joe@sip.example'/>"
            })
    void neverAnswersErrorsResultsAndWhatCannotBeAnswered(String xml) {
        try (DispatchBed bed = bed()) {
            bed.receive(xml);
            assertThat(bed.out.sent).isEmpty();
            assertThat(bed.messages).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "get, sip.example, urn:known, RESULT",
        "get, joe@sip.example, urn:known, RESULT",
        "get, joe@sip.example/r, urn:known, RESULT",
        "set, sip.example, urn:known, NOT_ALLOWED",
        "get, sip.example, urn:bare, SERVICE_UNAVAILABLE",
        "get, joe@sip.example, urn:bare, RESULT",
        "get, joe@sip.example/r, urn:bare, SERVICE_UNAVAILABLE",
        "get, sip.example, urn:unknown, SERVICE_UNAVAILABLE",
        "set, joe@sip.example, urn:unknown, SERVICE_UNAVAILABLE",
        "set, joe@sip.example/r, jabber:iq:roster, SERVICE_UNAVAILABLE",
        "get, sip.example, jabber:iq:agents, SERVICE_UNAVAILABLE",
        "odd, sip.example, urn:known, BAD_REQUEST",
        "get, sip.example, urn:broken, INTERNAL_SERVER_ERROR",
        "get, sip.example, urn:twice, RESULT"
    })
    void answersEveryIqExactlyOnce(String type, String to, String namespace, String expected) {
        try (DispatchBed bed = bed()) {
            bed.receive("<iq type='" + type + "' id='x y' from='a@h.example/r' to='" + to + "'><q xmlns='" + namespace
                    + "'><payload/></q></iq>");
            XmlElement answer = bed.out.only();
            assertThat(answer.attribute("id")).contains("x y");
            assertThat(answer.attribute("from")).contains(to);
            assertThat(answer.attribute("to")).contains("a@h.example/r");
            if (expected.equals("RESULT")) {
                assertThat(answer.attribute("type")).contains("result");
            } else {
                assertThat(answer.attribute("type")).contains("error");
                assertThat(condition(answer)).isEqualTo(StanzaCondition.valueOf(expected));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<q xmlns='urn:known'/><q xmlns='urn:known'/>"})
    void anIqWithoutExactlyOneChildIsABadRequest(String children) {
        try (DispatchBed bed = bed()) {
            bed.receive("<iq type='get' id='1' from='a@h.example/r' to='sip.example'>" + children + "</iq>");
            assertThat(condition(bed.out.only())).isEqualTo(StanzaCondition.BAD_REQUEST);
        }
    }

    @Test
    void aPresenceOfAnUnknownTypeIsABadRequest() {
        try (DispatchBed bed = bed()) {
            bed.receive("<presence type='odd' from='a@h.example/r' to='joe@sip.example'/>");
            assertThat(condition(bed.out.only())).isEqualTo(StanzaCondition.BAD_REQUEST);
            assertThat(bed.presences).isEmpty();
        }
    }

    @Test
    void aResponderThatLetsItsTimePassIsAnsweredFor() throws InterruptedException {
        CountDownLatch answered = new CountDownLatch(1);
        AtomicReference<IqAnswer> kept = new AtomicReference<>();
        Row slow = new Row(
                new XmlName("urn:slow", "q"),
                EnumSet.of(Verb.GET),
                ALL,
                Duration.ofMillis(50),
                List.of(),
                (request, answer) -> kept.set(answer));
        try (DispatchBed bed = new DispatchBed(List.of(slow))) {
            bed.receive("<iq type='get' id='1' from='a@h.example/r' to='sip.example'><q xmlns='urn:slow'/></iq>");
            assertThat(kept.get().given()).isFalse();
            bed.timers.schedule(answered::countDown, 60, TimeUnit.MILLISECONDS);
            assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(condition(bed.out.only())).isEqualTo(StanzaCondition.REMOTE_SERVER_TIMEOUT);
            kept.get().result();
            assertThat(bed.out.sent).isEmpty();
        }
    }

    @Test
    void answersAStanzaThatWasTooLargeToRead() {
        try (DispatchBed bed = bed()) {
            bed.receiveSkipped(
                    RecordingOut.stanza("<message from='a@h.example/r' to='joe@sip.example' id='big' xml:lang='de'/>"),
                    "more than 10 octets");
            XmlElement answer = bed.out.only();
            assertThat(condition(answer)).isEqualTo(StanzaCondition.POLICY_VIOLATION);
            assertThat(answer.attribute("id")).contains("big");
            bed.receiveSkipped(
                    RecordingOut.stanza("<iq type='result' from='a@b' to='sip.example' id='r'/>"), "too big");
            bed.receiveSkipped(null, "even its tag is too long");
            assertThat(bed.out.sent).isEmpty();
        }
    }

    @Test
    void aDefectBehindItIsAnsweredAndNotThrown() {
        RecordingOut out = new RecordingOut();
        try (DispatchBed bed = bed()) {
            new StanzaDispatcher(
                            (stanza, trace) -> {
                                throw new IllegalStateException("relay is broken");
                            },
                            (presence, from, to, trace) -> {},
                            new IqResponders(List.of()),
                            bed.pending,
                            out,
                            bed.timers,
                            () -> "trace-9",
                            bed.refusals,
                            bed.log)
                    .dispatch(RecordingOut.stanza("<message from='a@h.example' to='joe@sip.example' id='1'/>"));
            XmlElement answer = out.only();
            assertThat(condition(answer)).isEqualTo(StanzaCondition.INTERNAL_SERVER_ERROR);
            assertThat(StanzaErrorXml.read(answer.elements().get(0)).text())
                    .hasValueSatisfying(
                            text -> assertThat(text).contains("trace-9").doesNotContain("relay is broken"));
        }
    }

    static StanzaCondition condition(XmlElement answer) {
        return StanzaErrorXml.read(answer.child(Stanzas.NAMESPACE, "error").orElseThrow())
                .condition();
    }
}
