package org.isthmus.component.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.isthmus.component.conversation.ErrorReports;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.ManualStripes;
import org.isthmus.component.conversation.OpenWork;
import org.isthmus.component.conversation.Refusals;
import org.isthmus.component.conversation.SipAnswer;
import org.isthmus.component.conversation.SipSender;
import org.isthmus.component.conversation.SipTransaction;
import org.isthmus.component.conversation.StanzaSink;
import org.isthmus.component.conversation.WorkLedger;
import org.isthmus.mappings.Crossing;
import org.isthmus.mappings.Jids;
import org.isthmus.mappings.SipUri;
import org.isthmus.translation.error.StanzaCondition;
import org.isthmus.translation.error.StanzaError;
import org.isthmus.translation.message.LangText;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.message.SipBody;
import org.isthmus.translation.message.SipMessage;
import org.isthmus.translation.xml.XmlElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagerTest {

    private static final Crossing CROSSING = new Crossing(
            "campus",
            "campus",
            Jids.parse("anna@hospital.example/ward"),
            Jids.parse("ben@campus.hospital.example"),
            SipUri.parse("sip:ben@campus.example"),
            SipUri.parse("sip:anna@hospital.example;gr=ward"));

    /** Remembers what was written; the test says what became of it. */
    private static final class ScriptedSink implements StanzaSink {
        private final List<MessageStanza> written = new ArrayList<>();
        private final Deque<Consumer<Outcome>> open = new ArrayDeque<>();

        @Override
        public void send(MessageStanza stanza, Consumer<Outcome> outcome) {
            written.add(stanza);
            open.add(outcome);
        }

        void end(Outcome outcome) {
            open.remove().accept(outcome);
        }
    }

    /** Remembers what was sent; the test says what became of it. */
    private static final class ScriptedSender implements SipSender {
        private final List<SipMessage> sent = new ArrayList<>();
        private final Deque<Consumer<Outcome>> open = new ArrayDeque<>();

        @Override
        public void send(SipMessage message, String partner, Consumer<Outcome> outcome) {
            assertThat(partner).isEqualTo("campus");
            sent.add(message);
            open.add(outcome);
        }

        void end(Outcome outcome) {
            open.remove().accept(outcome);
        }
    }

    private static final class ListLedger implements WorkLedger {
        private final List<OpenWork> open = new ArrayList<>();
        private List<OpenWork> leftOver = List.of();
        private long number = 100;

        @Override
        public OpenWork open(OpenWork.Direction direction, String from, String to, String id, String lang) {
            OpenWork entry = new OpenWork(++number, direction, from, to, id, lang);
            open.add(entry);
            return entry;
        }

        @Override
        public void close(OpenWork entry) {
            assertThat(open.remove(entry) || leftOver.contains(entry))
                    .as("closed once")
                    .isTrue();
        }

        @Override
        public List<OpenWork> leftOver() {
            return leftOver;
        }

        @Override
        public List<OpenWork> unanswered() {
            return List.copyOf(open);
        }
    }

    private final ManualStripes stripes = new ManualStripes();
    private final ScriptedSink xmpp = new ScriptedSink();
    private final ScriptedSender sip = new ScriptedSender();
    private final ListLedger ledger = new ListLedger();
    private final List<SipAnswer.Final> answers = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EventLog log = new EventLog();
    private int ids;
    private final Pager pager = new Pager(
            stripes,
            xmpp,
            sip,
            new ErrorReports(xmpp, log),
            new Refusals(log, meters),
            ledger,
            () -> "id-" + ++ids,
            TurnLimits.defaults(),
            () -> 0L,
            stripes.clock(),
            meters,
            log);

    @Test
    void aMessageThatSipAcceptsLeavesNothingBehind() {
        fromXmpp("m1", "hello");
        assertThat(sip.sent).singleElement().satisfies(message -> {
            assertThat(message.requestUri()).hasToString("sip:ben@campus.example");
            assertThat(message.from()).hasToString("sip:anna@hospital.example;gr=ward");
            assertThat(new String(message.body().octets(), StandardCharsets.UTF_8))
                    .isEqualTo("hello");
        });
        assertThat(ledger.open).hasSize(1);
        sip.end(response(202));
        stripes.runAll();
        assertThat(ledger.open).isEmpty();
        assertThat(xmpp.written).isEmpty();
    }

    @Test
    void aMessageThatSipRefusesIsReportedOnceWithItsIdAndTheEntryClosesWhenTheServerHasTheReport() {
        fromXmpp("m1", "hello");
        sip.end(response(404));
        stripes.runAll();
        assertError("m1", StanzaCondition.ITEM_NOT_FOUND);
        assertThat(ledger.open).as("until the report is consumed").hasSize(1);
        xmpp.end(StanzaSink.Outcome.CONSUMED);
        stripes.runAll();
        assertThat(ledger.open).isEmpty();
        assertThat(xmpp.written).hasSize(1);
    }

    @Test
    void everyLocalFailureIsReportedInItsOwnCondition() {
        fromXmpp("m1", "a");
        sip.end(new SipSender.Outcome.TimedOut());
        stripes.runAll();
        assertError("m1", StanzaCondition.REMOTE_SERVER_TIMEOUT);
        fromXmpp("m2", "a");
        sip.end(new SipSender.Outcome.Unreachable("connection refused"));
        stripes.runAll();
        assertError("m2", StanzaCondition.REMOTE_SERVER_TIMEOUT);
        fromXmpp("m3", "a");
        sip.end(new SipSender.Outcome.TooLarge(1400));
        stripes.runAll();
        assertError("m3", StanzaCondition.POLICY_VIOLATION);
        fromXmpp("m4", "a");
        sip.end(new SipSender.Outcome.Busy(Duration.ofSeconds(1)));
        stripes.runAll();
        assertError("m4", StanzaCondition.RESOURCE_CONSTRAINT);
    }

    @Test
    void oneMessageIsPendingForATargetAndTheOthersKeepTheirOrder() {
        fromXmpp("m1", "one");
        fromXmpp("m2", "two");
        fromXmpp("m3", "three");
        assertThat(bodies()).containsExactly("one");
        sip.end(response(200));
        stripes.runAll();
        assertThat(bodies()).containsExactly("one", "two");
        sip.end(new SipSender.Outcome.TimedOut());
        stripes.runAll();
        assertThat(bodies()).containsExactly("one", "two", "three");
    }

    @Test
    void aTargetWithAThousandWaitingRefusesTheNextAndOnlyThat() {
        for (int i = 0; i <= TargetQueues.MAX_WAITING; i++) {
            fromXmpp("m" + i, "text");
        }
        assertThat(xmpp.written).as("one pending, a thousand waiting").isEmpty();
        fromXmpp("over", "text");
        assertError("over", StanzaCondition.RESOURCE_CONSTRAINT);
        assertThat(xmpp.written).hasSize(1);
    }

    @Test
    void aReportWaitsForTheLinkToComeBack() {
        fromXmpp("m1", "hello");
        sip.end(response(404));
        stripes.runAll();
        xmpp.end(StanzaSink.Outcome.LINK_DOWN);
        stripes.advance(Duration.ofSeconds(1));
        xmpp.end(StanzaSink.Outcome.LOST);
        stripes.advance(Duration.ofSeconds(2));
        assertThat(xmpp.written)
                .hasSize(3)
                .allSatisfy(stanza -> assertThat(stanza.id()).contains("m1"));
        xmpp.end(StanzaSink.Outcome.CONSUMED);
        stripes.advance(Duration.ofMinutes(5));
        assertThat(xmpp.written).hasSize(3);
        assertThat(ledger.open).isEmpty();
    }

    @Test
    void sipIsToldAcceptedOnlyWhenTheXmppServerHasConsumedTheStanza() {
        fromSip("c1");
        assertThat(xmpp.written).singleElement().satisfies(stanza -> {
            assertThat(stanza.from()).hasToString("ben@campus.hospital.example");
            assertThat(stanza.to().toString()).startsWith("anna@hospital.example");
            assertThat(stanza.bodies()).extracting(LangText::text).containsExactly("good day");
        });
        assertThat(answers).isEmpty();
        xmpp.end(StanzaSink.Outcome.CONSUMED);
        stripes.runAll();
        assertThat(answers).extracting(SipAnswer.Final::status).containsExactly(202);
        assertThat(ledger.open).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"LOST,504,false", "LINK_DOWN,480,true", "LINK_FULL,480,true", "TOO_LARGE,513,false"})
    void sipIsToldWhatBecameOfAStanzaThatDidNotArrive(StanzaSink.Outcome outcome, int status, boolean retry) {
        fromSip("c1");
        xmpp.end(outcome);
        stripes.runAll();
        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.retryAfter().isPresent()).isEqualTo(retry);
        });
        assertThat(ledger.open).isEmpty();
    }

    @Test
    void aRefusalBeforeTheReceiptIsTheAnswer() {
        fromSip("c1");
        bounce("id-1", StanzaCondition.ITEM_NOT_FOUND);
        assertThat(answers).extracting(SipAnswer.Final::status).containsExactly(604);
        xmpp.end(StanzaSink.Outcome.CONSUMED);
        stripes.runAll();
        assertThat(answers).hasSize(1);
        assertThat(sip.sent).isEmpty();
    }

    @Test
    void aRefusalAfterTheReceiptIsOneMessageToTheSenderHoweverManyDevicesRefuse() {
        fromSip("c1");
        xmpp.end(StanzaSink.Outcome.CONSUMED);
        stripes.runAll();
        bounce("id-1", StanzaCondition.SERVICE_UNAVAILABLE);
        bounce("id-1", StanzaCondition.SERVICE_UNAVAILABLE);
        assertThat(answers).extracting(SipAnswer.Final::status).containsExactly(202);
        assertThat(sip.sent).singleElement().satisfies(report -> {
            assertThat(report.to()).hasToString("sip:ben@campus.example");
            assertThat(report.from()).hasToString("sip:anna@hospital.example;gr=ward");
        });
        assertThat(bodies()).singleElement().asString().contains("was not delivered");
        sip.end(response(404));
        stripes.runAll();
        assertThat(xmpp.written).as("no report about a report").hasSize(1);
    }

    @Test
    void aStrangersBounceIsIgnored() {
        fromSip("c1");
        bounce("id-999", StanzaCondition.SERVICE_UNAVAILABLE);
        assertThat(answers).isEmpty();
        assertThat(sip.sent).isEmpty();
    }

    @Test
    void whatADeadProcessLeftOpenIsReportedOnce() {
        OpenWork left = new OpenWork(
                7,
                OpenWork.Direction.XMPP_TO_SIP,
                "anna@hospital.example/ward",
                "ben@campus.hospital.example",
                "m7",
                "de");
        ledger.leftOver = List.of(left);
        assertThat(pager.endLeftOver()).isEqualTo(1);
        stripes.runAll();
        assertError("m7", StanzaCondition.REMOTE_SERVER_TIMEOUT);
        assertThat(xmpp.written.get(0).error().orElseThrow().text())
                .hasValueSatisfying(text -> assertThat(text).contains("unbekannt"));
        xmpp.end(StanzaSink.Outcome.CONSUMED);
        stripes.advance(Duration.ofMinutes(10));
        assertThat(xmpp.written).hasSize(1);
    }

    @Test
    void aRetransmissionToADeadProcessIsAnsweredAndNotDeliveredAgain() {
        ledger.leftOver = List.of(new OpenWork(
                8,
                OpenWork.Direction.SIP_TO_XMPP,
                "sip:ben@campus.example",
                "sip:anna@hospital.example",
                new SipTransaction("z9hG4bK-c1", "c1", 1).toString(),
                ""));
        pager.endLeftOver();
        fromSip("c1");
        assertThat(answers).extracting(SipAnswer.Final::status).containsExactly(504);
        assertThat(xmpp.written).isEmpty();
        fromSip("c2");
        assertThat(xmpp.written).hasSize(1);
    }

    @Test
    void typingCrossesToSipAndAnAgentThatRefusesItIsNotBotheredAgain() {
        state("composing");
        assertThat(sip.sent)
                .singleElement()
                .satisfies(message ->
                        assertThat(message.body().contentType()).isEqualTo("application/im-iscomposing+xml"));
        sip.end(response(415));
        stripes.runAll();
        state("active");
        state("composing");
        fromXmpp("m1", "words still cross");
        assertThat(bodies().subList(1, 2)).containsExactly("words still cross");
        assertThat(sip.sent).hasSize(2);
        assertThat(xmpp.written).as("typing is no message: nobody is told").isEmpty();
    }

    @Test
    void typingCrossesToXmppOnceTheClientKnowsChatStatesAndEndsByItself() {
        typingFromSip();
        assertThat(xmpp.written).as("nothing is known of the client").isEmpty();
        stripes.advance(Duration.ofMinutes(5));
        state("active");
        typingFromSip();
        stripes.advance(Duration.ofSeconds(59));
        assertThat(states()).containsExactly("composing");
        stripes.advance(Duration.ofSeconds(2));
        assertThat(states()).as("its refresh interval is over").containsExactly("composing", "active");
        assertThat(answers).extracting(SipAnswer.Final::status).containsOnly(200);
    }

    @Test
    void anAgentThatRefusesAnEnvelopeGetsTheWordsOnceMoreInPlainText() {
        SipMessage envelope = SipMessage.builder(
                        CROSSING.sipUser(),
                        SipUri.parse("sip:anna@hospital.example"),
                        new SipBody(
                                "message/cpim",
                                "From: <sip:ben@campus.example>\r\nTo: <sip:anna@hospital.example>\r\n\r\nContent-Type: text/plain\r\n\r\nhi"
                                        .getBytes(StandardCharsets.UTF_8)))
                .build();
        stripes.control(
                () -> pager.fromSip(CROSSING, envelope, new SipTransaction("z9hG4bK-e", "e", 1), "t", answers::add));
        stripes.runAll();
        assertThat(xmpp.written).hasSize(1);
        MessageStanza asking = MessageStanza.builder(CROSSING.xmppUser(), CROSSING.sipUserAsJid())
                .id("m1")
                .type(MessageStanza.Type.CHAT)
                .body(LangText.of("did you get this?"))
                .payload(XmlElement.empty("urn:xmpp:receipts", "request"))
                .build();
        stripes.control(() -> pager.fromXmpp(CROSSING, asking, "t"));
        stripes.runAll();
        assertThat(sip.sent)
                .singleElement()
                .satisfies(message -> assertThat(message.body().contentType()).startsWith("message/cpim"));
        sip.end(response(415));
        stripes.runAll();
        assertThat(sip.sent.get(1).body().contentType()).startsWith("text/plain");
        assertThat(bodies().get(1)).isEqualTo("did you get this?");
        sip.end(response(202));
        stripes.runAll();
        assertThat(xmpp.written).as("no error").hasSize(1);
        assertThat(ledger.open).as("only the message from SIP waits").hasSize(1);
    }

    @Test
    void aReceiptIsTheOtherPersonsOwnWordAndToldOnce() {
        SipMessage asking = SipMessage.builder(
                        CROSSING.sipUser(),
                        SipUri.parse("sip:anna@hospital.example"),
                        new SipBody(
                                "message/cpim",
                                ("From: <sip:ben@campus.example>\r\nTo: <sip:anna@hospital.example>\r\nNS: imdn <urn:ietf:params:imdn>\r\n"
                                                + "imdn.Message-ID: 34jk324j\r\nDateTime: 2026-11-21T12:16:49Z\r\n"
                                                + "imdn.Disposition-Notification: positive-delivery\r\n\r\n"
                                                + "Content-Type: text/plain\r\n\r\nhi")
                                        .getBytes(StandardCharsets.UTF_8)))
                .build();
        stripes.control(
                () -> pager.fromSip(CROSSING, asking, new SipTransaction("z9hG4bK-r", "r", 1), "t", answers::add));
        stripes.runAll();
        MessageStanza written = xmpp.written.get(0);
        assertThat(written.has("urn:xmpp:receipts", "request")).isTrue();
        xmpp.end(StanzaSink.Outcome.CONSUMED);
        stripes.runAll();
        assertThat(sip.sent).as("202 is not a receipt").isEmpty();
        MessageStanza receipt = MessageStanza.builder(CROSSING.xmppUser(), CROSSING.sipUserAsJid())
                .payload(XmlElement.builder("urn:xmpp:receipts", "received")
                        .attribute("id", written.id().orElseThrow())
                        .build())
                .build();
        for (int twice = 0; twice < 2; twice++) {
            stripes.control(() -> pager.fromXmpp(CROSSING, receipt, "t"));
            stripes.runAll();
        }
        assertThat(sip.sent).hasSize(1);
        assertThat(bodies().get(0)).contains("34jk324j").contains("<delivered");
    }

    private void state(String name) {
        MessageStanza stanza = MessageStanza.builder(CROSSING.xmppUser(), CROSSING.sipUserAsJid())
                .type(MessageStanza.Type.CHAT)
                .payload(XmlElement.empty("http://jabber.org/protocol/chatstates", name))
                .build();
        stripes.control(() -> pager.fromXmpp(CROSSING, stanza, "t"));
        stripes.runAll();
    }

    private List<String> states() {
        return xmpp.written.stream()
                .flatMap(stanza -> stanza.payloads().stream())
                .filter(payload -> payload.namespace().equals("http://jabber.org/protocol/chatstates"))
                .map(XmlElement::local)
                .toList();
    }

    private void typingFromSip() {
        SipMessage typing = SipMessage.builder(
                        CROSSING.sipUser(),
                        SipUri.parse("sip:anna@hospital.example"),
                        new SipBody(
                                "application/im-iscomposing+xml",
                                ("<isComposing xmlns='urn:ietf:params:xml:ns:im-iscomposing'><state>active</state>"
                                                + "<refresh>60</refresh></isComposing>")
                                        .getBytes(StandardCharsets.UTF_8)))
                .build();
        stripes.control(
                () -> pager.fromSip(CROSSING, typing, new SipTransaction("z9hG4bK-t", "t", 1), "t", answers::add));
        stripes.runAll();
    }

    private void fromXmpp(String id, String text) {
        MessageStanza stanza = MessageStanza.builder(CROSSING.xmppUser(), CROSSING.sipUserAsJid())
                .id(id)
                .type(MessageStanza.Type.CHAT)
                .body(LangText.of(text))
                .build();
        stripes.control(() -> pager.fromXmpp(CROSSING, stanza, "t"));
        stripes.runAll();
    }

    private void fromSip(String callId) {
        SipMessage message = SipMessage.builder(
                        CROSSING.sipUser(), SipUri.parse("sip:anna@hospital.example"), SipBody.text("good day"))
                .callId(callId)
                .build();
        stripes.control(() -> pager.fromSip(
                CROSSING, message, new SipTransaction("z9hG4bK-" + callId, callId, 1), "t", answers::add));
        stripes.runAll();
    }

    private void bounce(String id, StanzaCondition condition) {
        MessageStanza error = MessageStanza.builder(CROSSING.xmppUser().asBareJID(), CROSSING.sipUserAsJid())
                .id(id)
                .type(MessageStanza.Type.ERROR)
                .error(new StanzaError(condition, condition.defaultType(), Optional.empty(), Optional.empty()))
                .build();
        stripes.control(() -> pager.bounceFromXmpp(CROSSING, error, "t"));
        stripes.runAll();
    }

    private void assertError(String id, StanzaCondition condition) {
        MessageStanza last = xmpp.written.get(xmpp.written.size() - 1);
        assertThat(last.type()).isEqualTo(MessageStanza.Type.ERROR);
        assertThat(last.id()).contains(id);
        assertThat(last.to()).hasToString("anna@hospital.example/ward");
        assertThat(last.from()).hasToString("ben@campus.hospital.example");
        assertThat(last.error()).map(StanzaError::condition).contains(condition);
    }

    private List<String> bodies() {
        return sip.sent.stream()
                .map(message -> new String(message.body().octets(), StandardCharsets.UTF_8))
                .toList();
    }

    private static SipSender.Outcome response(int status) {
        return new SipSender.Outcome.Response(status, "scripted", Optional.empty(), Optional.empty(), Optional.empty());
    }
}
