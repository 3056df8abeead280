package org.isthmus.translation.composing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.isthmus.translation.vectors.People.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.message.MessageToSip;
import org.isthmus.translation.message.SipBody;
import org.isthmus.translation.message.SipMessage;
import org.isthmus.translation.message.SipRecipient;
import org.isthmus.translation.message.SipToMessage;
import org.isthmus.translation.message.TowardsSip;
import org.isthmus.translation.message.TowardsXmpp;
import org.isthmus.translation.payload.ProcessingHint;
import org.isthmus.translation.sdp.AcceptTypes;
import org.isthmus.translation.vectors.People;
import org.isthmus.translation.vectors.Vectors;
import org.isthmus.translation.vectors.Vectors.Vector;
import org.isthmus.translation.vectors.WireText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChatStateVectorsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final SipRecipient TAKES_TYPING =
            new SipRecipient(AcceptTypes.of("text/plain", IsComposing.MEDIA_TYPE), AcceptTypes.of());

    private static final Map<String, String> ELSEWHERE = Map.of(
            "ex-disco", "discovery: component.xmpp.service",
            "from-sip-bye", "the end of a session: component.session",
            "rule-thread", "threads after gone: component.session");

    static List<Vector> stanzas() {
        return Vectors.of("chatstates", row -> row.input().isTextual() && !ELSEWHERE.containsKey(row.id()));
    }

    static List<Vector> tables() {
        return Vectors.of(
                "chatstates", row -> row.input().has("chatstate") || row.input().has("iscomposing"));
    }

    @Test
    void everyVectorIsExecutedOrListed() {
        List<Vector> executed = new ArrayList<>(stanzas());
        executed.addAll(tables());
        Set<String> ids = executed.stream().map(Vector::id).collect(Collectors.toSet());
        ids.addAll(Set.of("from-sip-message", "rule-no-repeat", "rule-no-support", "rule-hint"));
        assertThat(Vectors.unaccounted("chatstates", ids, ELSEWHERE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("stanzas")
    void theStateOfAStanzaIsRead(Vector row) {
        MessageStanza stanza = WireText.stanza(row.input().asText());
        Optional<ChatState> state = ChatState.of(stanza.payloads());
        Optional<SipMessage> plain = send(stanza, SipRecipient.PLAIN);
        Optional<SipMessage> typing = send(stanza, TAKES_TYPING);
        boolean words = !stanza.bodies().isEmpty();
        JsonNode expect = row.expect();
        expect.fieldNames().forEachRemaining(field -> {
            switch (field) {
                case "state" -> assertThat(state.map(ChatState::wire)).isEqualTo(text(expect, field));
                case "content" ->
                    assertThat(plain.isPresent()).isEqualTo(expect.get(field).asBoolean());
                case "standalone" ->
                    assertThat(state.isPresent() && !words)
                            .isEqualTo(expect.get(field).asBoolean());
                case "thread" -> assertThat(stanza.thread()).isEqualTo(text(expect, field));
                case "iscomposing" -> {
                    assertThat(state.flatMap(ChatStateToIsComposing::translate).map(IsComposing.State::wire))
                            .isEqualTo(text(expect, field));
                    if (!words) {
                        assertThat(typing.map(
                                        request -> document(request).state().wire()))
                                .isEqualTo(text(expect, field));
                    }
                }
                case "use" -> assertThat(state).contains(ChatState.ACTIVE);
                case "error", "sip_text_message" -> assertThat(plain).isEmpty();
                case "forward", "sip" ->
                    assertThat(document(typing.orElseThrow()).state()).isEqualTo(IsComposing.State.ACTIVE);
                default -> throw new AssertionError("unread expectation " + field);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theTablesOfRfc7573Hold(Vector row) {
        if (row.input().has("chatstate")) {
            ChatState state =
                    ChatState.named(row.input().get("chatstate").asText()).orElseThrow();
            assertThat(ChatStateToIsComposing.translate(state).map(IsComposing.State::wire))
                    .isEqualTo(text(row.expect(), "iscomposing"));
            return;
        }
        IsComposing.State state = IsComposing.State.valueOf(
                row.input().get("iscomposing").asText().toUpperCase(java.util.Locale.ROOT));
        String got = IsComposingToChatState.translate(state).wire();
        if (row.expect().has("chatstate")) {
            assertThat(got).isEqualTo(row.expect().get("chatstate").asText());
        } else {
            List<String> allowed = new ArrayList<>();
            row.expect().get("chatstate_one_of").forEach(one -> allowed.add(one.asText()));
            assertThat(allowed)
                    .contains(
                            got,
                            IsComposingToChatState.translate(state, ChatState.PAUSED)
                                    .wire());
        }
    }

    @Test
    void aTextAfterTypingCarriesActive() {
        MessageStanza stanza = receive(
                SipBody.text("hi"),
                TowardsXmpp.of("i", MessageStanza.Type.CHAT, NOW).withChatStates());
        assertThat(ChatState.of(stanza.payloads())).contains(ChatState.ACTIVE);
        assertThat(stanza.bodies()).hasSize(1);
    }

    @Test
    void equalStatesAreSentOnce() {
        TypingToXmpp.Step first =
                TypingToXmpp.IDLE.on(IsComposing.active(Duration.ofMinutes(1)), NOW, ChatState.ACTIVE);
        assertThat(first.send()).contains(ChatState.COMPOSING);
        TypingToXmpp.Step second = first.next().on(IsComposing.active(Duration.ofMinutes(1)), NOW, ChatState.ACTIVE);
        assertThat(second.send()).isEmpty();
    }

    @Test
    void statesStopAtAClientThatAnswersWithoutThem() {
        ChatStateSupport support = ChatStateSupport.UNKNOWN.onAsked().onReceived(false);
        assertThat(support.standalone()).isFalse();
        assertThat(support.onTexts()).isFalse();
        assertThat(support.onReceived(true).standalone()).isTrue();
        assertThat(ChatStateSupport.UNKNOWN.onReceived(false).onTexts()).isTrue();
    }

    @Test
    void statesWithoutTextAreNotStored() {
        MessageStanza stanza = receive(
                new SipBody(
                        IsComposing.MEDIA_TYPE,
                        IsComposing.active(Duration.ofMinutes(1)).write()),
                TowardsXmpp.of("i", MessageStanza.Type.NORMAL, NOW));
        assertThat(stanza.type()).isEqualTo(MessageStanza.Type.CHAT);
        assertThat(stanza.bodies()).isEmpty();
        assertThat(ChatState.of(stanza.payloads())).contains(ChatState.COMPOSING);
        assertThat(ProcessingHint.of(stanza.payloads())).containsExactly(ProcessingHint.NO_STORE);
    }

    private static Optional<SipMessage> send(MessageStanza stanza, SipRecipient recipient) {
        return MessageToSip.translate(
                        stanza, People.crossing(stanza.from(), stanza.to()), TowardsSip.of(recipient, NOW, "m1"))
                .fold(Optional::of, (reason, words) -> Optional.empty());
    }

    private static MessageStanza receive(SipBody body, TowardsXmpp terms) {
        SipMessage request = SipMessage.builder(
                        People.uri(People.jid("romeo@example.net")), People.uri(People.jid("juliet@example.com")), body)
                .build();
        return SipToMessage.translate(request, People.crossing(request.from(), request.to()), terms)
                .fold(stanza -> stanza, (reason, words) -> {
                    throw new AssertionError(words);
                });
    }

    private static IsComposing document(SipMessage request) {
        assertThat(request.body().contentType()).isEqualTo(IsComposing.MEDIA_TYPE);
        try {
            return IsComposing.read(request.body().octets(), Optional.empty());
        } catch (org.isthmus.translation.xml.XmlSyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
