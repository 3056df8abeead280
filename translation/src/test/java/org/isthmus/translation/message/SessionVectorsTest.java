package org.isthmus.translation.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.isthmus.translation.vectors.People.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.isthmus.mappings.Crossing;
import org.isthmus.translation.Translated;
import org.isthmus.translation.composing.ChatState;
import org.isthmus.translation.composing.ChatStateToIsComposing;
import org.isthmus.translation.composing.IsComposing;
import org.isthmus.translation.composing.IsComposingToChatState;
import org.isthmus.translation.composing.TypingToXmpp;
import org.isthmus.translation.cpim.CpimHeader;
import org.isthmus.translation.cpim.CpimLimits;
import org.isthmus.translation.cpim.CpimMessage;
import org.isthmus.translation.cpim.CpimReader;
import org.isthmus.translation.imdn.Disposition;
import org.isthmus.translation.imdn.Imdn;
import org.isthmus.translation.imdn.ImdnStatus;
import org.isthmus.translation.imdn.ReceiptRequest;
import org.isthmus.translation.receipt.ImdnToMessage;
import org.isthmus.translation.sdp.AcceptTypes;
import org.isthmus.translation.vectors.People;
import org.isthmus.translation.vectors.Vectors;
import org.isthmus.translation.vectors.Vectors.Vector;
import org.isthmus.translation.vectors.WireText;
import org.isthmus.translation.xml.XmlTreeWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of the session vectors that are translation; the session itself is other rooms'. */
class SessionVectorsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final SipRecipient ENVELOPES = new SipRecipient(AcceptTypes.of("message/cpim"), AcceptTypes.of("*"));

    private static Map<String, String> elsewhere() {
        Map<String, String> rows = new HashMap<>();
        for (Vector row : Vectors.of("session")) {
            String id = row.id();
            if (id.startsWith("SES-MUC-")) {
                rows.put(id, "group chat is refused: MessageToSipTest, component.session");
            } else if (id.startsWith("SES-X2M-") || id.startsWith("SES-M2X-") || id.startsWith("SES-GONE-")) {
                rows.put(id, "a session's life: component.session; its texts: textsOfSessionsAreTranslated");
            } else if (id.startsWith("SES-SIZE-") || id.startsWith("SES-CHUNK-")) {
                rows.put(id, "reassembly: msrp.session");
            } else if (id.startsWith("SES-RCPT-") && !id.equals("SES-RCPT-1")) {
                rows.put(id, "MSRP reports: component.session");
            } else if (id.startsWith("SES-CPIM-")
                    && !Set.of("SES-CPIM-GEN", "SES-CPIM-FROM-SPOOF").contains(id)) {
                rows.put(id, "cpim.CpimVectorsTest");
            }
        }
        rows.put("SES-COMP-415", "what a peer refused: component.message");
        rows.put("SES-IMDN-ONCE", "one of a kind: component.message");
        return rows;
    }

    private static final Set<String> ALONE = Set.of(
            "SES-COMP-body",
            "SES-COMP-unknown",
            "SES-COMP-noaccept",
            "SES-COMP-refresh",
            "SES-COMP-3994-2",
            "SES-RCPT-1",
            "SES-CPIM-GEN",
            "SES-CPIM-FROM-SPOOF",
            "SES-IMDN-REQ-X",
            "SES-IMDN-NOLOOP",
            "SES-IMDN-AGG");

    static List<Vector> typing() {
        return Vectors.of(
                "session",
                row -> row.id().startsWith("SES-COMP-S2X-") || row.id().startsWith("SES-COMP-X2S-"));
    }

    static List<Vector> notifications() {
        return Vectors.of(
                "session",
                row -> row.id().startsWith("SES-IMDN-") && row.input().has("xml"));
    }

    static List<Vector> texts() {
        return Vectors.of(
                "session",
                row -> Set.of("SES-X2M-4", "SES-X2M-5", "SES-M2X-2", "SES-M2X-3", "SES-RCPT-1")
                        .contains(row.id()));
    }

    @Test
    void everyVectorIsExecutedOrListed() {
        Set<String> executed = new HashSet<>(ALONE);
        typing().forEach(row -> executed.add(row.id()));
        notifications().forEach(row -> executed.add(row.id()));
        assertThat(Vectors.unaccounted("session", executed, elsewhere())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("typing")
    void typingIsTranslatedByTheTables(Vector row) throws Exception {
        if (row.input().has("chatstate")) {
            ChatState state =
                    ChatState.named(row.input().get("chatstate").asText()).orElseThrow();
            assertThat(ChatStateToIsComposing.translate(state).map(IsComposing.State::wire))
                    .isEqualTo(text(row.expect(), "isComposing"));
            assertThat(row.expect().get("sip_bye").asBoolean()).isEqualTo(state == ChatState.GONE);
            return;
        }
        MessageStanza stanza = ok(receive(
                row.input().get("content_type").asText(), row.input().get("xml").asText()));
        assertThat(ChatState.of(stanza.payloads()).map(ChatState::wire)).isEqualTo(text(row.expect(), "chatstate"));
        assertThat(ChatState.NAMESPACE).isEqualTo(row.expect().get("ns").asText());
    }

    @Test
    void aTextNeedsNoIdleDocument() {
        String stanza = row("SES-COMP-body").input().get("stanza").asText();
        SipMessage sent = send(WireText.stanza(stanza), new SipRecipient(AcceptTypes.of("*"), AcceptTypes.of("*")));
        assertThat(sent.body().contentType()).startsWith("text/plain");
    }

    @Test
    void unknownStatesAreIdle() throws Exception {
        Vector row = row("SES-COMP-unknown");
        String document = "<isComposing xmlns='urn:ietf:params:xml:ns:im-iscomposing'><state>"
                + row.input().get("isComposing").asText() + "</state></isComposing>";
        IsComposing read = IsComposing.read(document.getBytes(StandardCharsets.UTF_8), Optional.empty());
        assertThat(IsComposingToChatState.translate(read.state()).wire())
                .isEqualTo(row.expect().get("chatstate").asText());
    }

    @Test
    void typingIsNotSentToWhomItDoesNotInterest() {
        List<String> types = new ArrayList<>();
        row("SES-COMP-noaccept").input().get("peer_accept_types").forEach(type -> types.add(type.asText()));
        MessageStanza stanza = MessageStanza.builder(People.jid("a@x.test/r"), People.jid("b@y.test"))
                .type(MessageStanza.Type.CHAT)
                .payload(ChatState.COMPOSING.element())
                .build();
        SipRecipient recipient = new SipRecipient(new AcceptTypes(types), AcceptTypes.of());
        assertThat(MessageToSip.translate(stanza, crossing(stanza), TowardsSip.of(recipient, NOW, "m")))
                .isInstanceOf(Translated.Refused.class);
    }

    @Test
    void activeEndsAfterTwoMinutes() {
        IsComposing active =
                new IsComposing(IsComposing.State.ACTIVE, Optional.empty(), Optional.empty(), Optional.empty());
        TypingToXmpp typing =
                TypingToXmpp.IDLE.on(active, NOW, ChatState.ACTIVE).next();
        assertThat(row("SES-COMP-refresh").input().get("event").asText()).contains("120 s");
        assertThat(typing.onTimer(NOW.plusSeconds(119), ChatState.PAUSED).send())
                .isEmpty();
        assertThat(typing.onTimer(NOW.plusSeconds(120), ChatState.PAUSED).send())
                .contains(ChatState.PAUSED);
    }

    @Test
    void printedTypingDocumentsAreRead() throws Exception {
        Vector row = row("SES-COMP-3994-2");
        IsComposing read =
                IsComposing.read(row.input().get("xml").asText().getBytes(StandardCharsets.UTF_8), Optional.empty());
        assertThat(read.state().wire()).isEqualTo(row.expect().get("state").asText());
        assertThat(read.contentType()).isEqualTo(text(row.expect(), "contenttype"));
        assertThat(read.refresh()).isEmpty();
        assertThat(read.lastActive()).isEqualTo(text(row.expect(), "lastactive").map(Instant::parse));
    }

    @ParameterizedTest
    @MethodSource("notifications")
    void notificationsAreReadAndTranslated(Vector row) throws Exception {
        JsonNode parsed = row.expect().get("parsed");
        byte[] document = row.input().get("xml").asText().getBytes(StandardCharsets.UTF_8);
        Imdn imdn = Imdn.read(document, Optional.empty());
        assertThat(imdn.messageId()).isEqualTo(parsed.get("message_id").asText());
        assertThat(imdn.disposition().map(found -> found.name().toLowerCase(java.util.Locale.ROOT) + "-notification"))
                .isEqualTo(text(parsed, "type"));
        assertThat(imdn.status().map(ImdnStatus::wire)).isEqualTo(text(parsed, "status"));
        assertThat(Imdn.read(imdn.write(), Optional.empty())).isEqualTo(imdn);
        MessageStanza original = MessageStanza.builder(People.jid("a@x.test/r"), People.jid("b@y.test"))
                .id("s1")
                .payload(ReceiptRequest.deliveryElement())
                .payload(ReceiptRequest.displayElement())
                .build();
        Translated<MessageStanza> stanza = ImdnToMessage.translate(imdn, original, "n1");
        String expected = row.expect().path("xmpp").asText("");
        if (row.expect().get("xmpp").isNull()) {
            assertThat(stanza).isInstanceOf(Translated.Refused.class);
        } else if (expected.equals("message error")) {
            assertThat(ok(stanza).type()).isEqualTo(MessageStanza.Type.ERROR);
            assertThat(ok(stanza).id()).contains("s1");
            assertThat(ok(stanza).to()).isEqualTo(original.from());
        } else {
            String payload = XmlTreeWriter.write(ok(stanza).payloads().get(0));
            String printed = expected.substring(0, expected.indexOf("/>") + 2).replace("...", "s1");
            assertThat(payload).isEqualTo(XmlTreeWriter.write(WireText.xml(printed)));
        }
        // The body as it comes: a notification is no text.
        assertThat(receive(
                        row.input().get("content_type").asText(),
                        row.input().get("xml").asText()))
                .isInstanceOf(Translated.Refused.class);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textsOfSessionsAreTranslated(Vector row) {
        if (row.input().has("stanza")) {
            MessageStanza stanza = WireText.stanza(row.input().get("stanza").asText());
            SipMessage sent = send(stanza, SipRecipient.PLAIN);
            assertThat(new String(sent.body().octets(), StandardCharsets.UTF_8))
                    .isEqualTo(row.expect().get("body").asText());
            assertThat(sent.callId()).isEqualTo(stanza.thread());
            assertThat(ReceiptRequest.of(stanza.payloads(), stanza.id()).delivered())
                    .isEqualTo(row.expect().has("success_report"));
            return;
        }
        String msrp = row.input().get("msrp").asText();
        String body = msrp.substring(msrp.indexOf("\n\n") + 2, msrp.lastIndexOf("\n-------"));
        MessageStanza expected = WireText.stanza(row.expect().get("stanza").asText());
        assertThat(ok(receive("text/plain", body)).bodies()).isEqualTo(expected.bodies());
    }

    @Test
    void anEnvelopeIsMadeAsRfc3922Wants() throws Exception {
        Vector row = row("SES-CPIM-GEN");
        SipMessage sent = send(WireText.stanza(row.input().get("stanza").asText()), ENVELOPES);
        assertThat(sent.body().contentType()).isEqualTo("message/cpim");
        CpimMessage envelope = CpimReader.read(sent.body().octets(), CpimLimits.defaults());
        assertThat(envelope.head().from().orElseThrow().uri()).isEqualTo("sip:juliet@example.com");
        assertThat(envelope.head().to().get(0).uri()).isEqualTo("sip:romeo@example.net");
        assertThat(envelope.head().dateTime()).contains(NOW);
        assertThat(envelope.head().subjects())
                .containsExactly(
                        CpimHeader.subject(Optional.empty(), "Hi!"), CpimHeader.subject(Optional.of("cz"), "Ahoj!"));
        assertThat(new String(sent.body().octets(), StandardCharsets.UTF_8))
                .contains("\r\nSubject: Hi!\r\nSubject:;lang=cz Ahoj!\r\n");
        row.expect()
                .get("mime")
                .properties()
                .forEach(entry -> assertThat(envelope.head().mime(entry.getKey()))
                        .contains(entry.getValue().asText()));
        assertThat(new String(envelope.content(), StandardCharsets.UTF_8))
                .isEqualTo(row.expect().get("body").asText());
    }

    @Test
    void anEnvelopeInASessionHasOneSubject() throws Exception {
        MessageStanza stanza =
                WireText.stanza(row("SES-CPIM-GEN").input().get("stanza").asText());
        SipMessage sent = ok2(MessageToSip.translate(
                stanza, crossing(stanza), TowardsSip.of(ENVELOPES, NOW, "m").inSession()));
        assertThat(CpimReader.read(sent.body().octets(), CpimLimits.defaults())
                        .head()
                        .subjects())
                .hasSize(1);
    }

    @Test
    void theEnvelopesSenderDoesNotCount() {
        Vector row = row("SES-CPIM-FROM-SPOOF");
        String envelope = "From: " + row.input().get("cpim_from").asText()
                + "\r\nTo: <sip:juliet@example.com>\r\n\r\nContent-Type: text/plain\r\n\r\nhi";
        assertThat(ok(receive("message/cpim", envelope)).from())
                .hasToString(row.expect().get("stanza_from_any_of").get(0).asText());
    }

    @Test
    void aRequestForNotificationsBecomesOneForReceipts() {
        Vector row = row("SES-IMDN-REQ-X");
        String cpim = row.input().get("cpim").asText();
        MessageStanza stanza = ok(receive("message/cpim", cpim));
        String written = XmlTreeWriter.write(MessageXml.write(stanza, "jabber:client"));
        row.expect()
                .get("stanza_contains")
                .forEach(part -> assertThat(written.replace('"', '\'')).contains(part.asText()));
        SipContent content = SipToMessage.read(request("message/cpim", cpim)).fold(found -> found, (reason, words) -> {
            throw new AssertionError(words);
        });
        assertThat(((SipContent.Words) content).receipt().orElseThrow().messageId())
                .isEqualTo(row.expect().get("stanza_id_maps_to").asText());
    }

    @Test
    void aNotificationIsNeverAskedToBeNotifiedAbout() {
        MessageStanza receipt = WireText.stanza("<message id='r1'><received xmlns='urn:xmpp:receipts' id='m1'/>"
                + "<request xmlns='urn:xmpp:receipts'/></message>");
        assertThat(ReceiptRequest.of(receipt.payloads(), receipt.id()).isEmpty())
                .isTrue();
        String imdn = "From: <im:a@x>\r\nTo: <im:b@y>\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: m\r\n"
                + "imdn.Disposition-Notification: positive-delivery\r\n\r\nContent-Type: message/imdn+xml\r\n\r\n"
                + new String(notification("1").write(), StandardCharsets.UTF_8);
        SipContent content = SipToMessage.read(request("message/cpim", imdn)).fold(found -> found, (reason, words) -> {
            throw new AssertionError(words);
        });
        assertThat(content).isEqualTo(new SipContent.Notifications(List.of(notification("1"))));
    }

    @Test
    void aggregatedNotificationsAreReadWithOrWithoutTheLastBoundary() {
        assertThat(row("SES-IMDN-AGG").expect().get("final_boundary").asText()).isEqualTo("--imdn-boundary--");
        for (String end : List.of("\r\n--imdn-boundary--\r\n", "\r\n--imdn-boundary\r\n", "\r\n")) {
            String body = "From: <im:a@x>\r\nTo: <im:b@y>\r\n\r\n"
                    + "Content-Type: multipart/mixed; boundary=\"imdn-boundary\"\r\n\r\n"
                    + "--imdn-boundary\r\nContent-Type: message/imdn+xml\r\nContent-Disposition: notification\r\n\r\n"
                    + new String(notification("1").write(), StandardCharsets.UTF_8)
                    + "\r\n--imdn-boundary\r\nContent-Type: message/imdn+xml\r\n\r\n"
                    + new String(notification("2").write(), StandardCharsets.UTF_8)
                    + end;
            SipContent content = SipToMessage.read(request("message/cpim", body))
                    .fold(found -> found, (reason, words) -> {
                        throw new AssertionError(words);
                    });
            assertThat(content).isEqualTo(new SipContent.Notifications(List.of(notification("1"), notification("2"))));
        }
    }

    private static Imdn notification(String id) {
        return new Imdn(
                id,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Disposition.DELIVERY),
                Optional.of(ImdnStatus.DELIVERED));
    }

    private static Vector row(String id) {
        return Vectors.of("session", found -> found.id().equals(id)).get(0);
    }

    private static Crossing crossing(MessageStanza stanza) {
        return People.crossing(stanza.from(), stanza.to());
    }

    private static SipMessage send(MessageStanza stanza, SipRecipient recipient) {
        return ok2(MessageToSip.translate(stanza, crossing(stanza), TowardsSip.of(recipient, NOW, "m1")));
    }

    private static SipMessage request(String contentType, String body) {
        return SipMessage.builder(
                        People.uri(People.jid("romeo@example.net")),
                        People.uri(People.jid("juliet@example.com")),
                        new SipBody(contentType, body.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private static Translated<MessageStanza> receive(String contentType, String body) {
        SipMessage request = request(contentType, body);
        return SipToMessage.translate(
                request, People.crossing(request.from(), request.to()), "id1", MessageStanza.Type.CHAT);
    }

    private static MessageStanza ok(Translated<MessageStanza> translated) {
        return translated.fold(stanza -> stanza, (reason, words) -> {
            throw new AssertionError(reason + ": " + words);
        });
    }

    private static SipMessage ok2(Translated<SipMessage> translated) {
        return translated.fold(request -> request, (reason, words) -> {
            throw new AssertionError(reason + ": " + words);
        });
    }
}
