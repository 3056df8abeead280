package org.isthmus.translation.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.isthmus.translation.vectors.People.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.isthmus.mappings.Crossing;
import org.isthmus.translation.Translated;
import org.isthmus.translation.TranslationRefusal;
import org.isthmus.translation.vectors.People;
import org.isthmus.translation.vectors.Vectors;
import org.isthmus.translation.vectors.Vectors.Vector;
import org.isthmus.translation.vectors.WireText;
import org.isthmus.translation.xml.XmlTreeWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageVectorsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("MSG-X2S-1r", "transactions: component.sip"),
            Map.entry("MSG-SIZE-3", "size of the encoded request: component.sip"),
            Map.entry("MSG-SIZE-5", "transport: component.sip"),
            Map.entry("MSG-ORDER-2", "queues: component.message"),
            Map.entry("MSG-FORK-1", "transactions: component.sip"),
            Map.entry("MSG-RETRANS-1", "transactions: component.sip"),
            Map.entry("MSG-MERGED", "transactions: component.sip"),
            Map.entry("MSG-ERR-XMPP", "error.ErrorVectorsTest: service-unavailable"),
            Map.entry("MSG-3428-F2", "SIP parser: component.sip"),
            Map.entry("MSG-3428-F4", "SIP parser: component.sip"),
            Map.entry("MSG-T2-expires-delay", "SipToMessageTest: late messages carry a delay"));

    static List<Vector> toSip() {
        return Vectors.of(
                "message", row -> row.input().has("stanza") || row.input().has("stanzas"));
    }

    static List<Vector> toXmpp() {
        return Vectors.of(
                "message",
                row -> (row.input().has("sip")
                                || row.input().has("content_type")
                                || row.id().equals("MSG-T2-expired"))
                        && !ELSEWHERE.containsKey(row.id()));
    }

    @Test
    void everyVectorIsExecutedOrListed() {
        List<Vector> executed = new ArrayList<>(toSip());
        executed.addAll(toXmpp());
        Set<String> ids = executed.stream().map(Vector::id).collect(Collectors.toSet());
        ids.add("MSG-ERR-SIP");
        assertThat(Vectors.unaccounted("message", ids, ELSEWHERE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("toSip")
    void aStanzaBecomesARequest(Vector row) {
        List<MessageStanza> stanzas = new ArrayList<>();
        text(row.input(), "stanza").map(WireText::stanza).ifPresent(stanzas::add);
        row.input().path("stanzas").forEach(node -> stanzas.add(WireText.stanza(node.asText())));
        List<Optional<SipMessage>> requests = stanzas.stream()
                .map(stanza -> MessageToSip.translate(stanza, crossing(stanza)))
                .map(translated ->
                        translated.<Optional<SipMessage>>fold(Optional::of, (reason, words) -> Optional.empty()))
                .toList();
        Optional<SipMessage> request = requests.get(0);
        JsonNode expect = row.expect();

        expect.fieldNames().forEachRemaining(field -> {
            switch (field) {
                case "method", "type_header", "cseq_method" ->
                    assertThat(request).isPresent();
                case "sip_request" -> assertThat(request).isEmpty();
                case "method_any_of" ->
                    assertThat(request.map(found -> found.body().contentType()))
                            .isIn(Optional.empty(), Optional.of("application/im-iscomposing+xml"));
                case "request_uri" ->
                    assertThat(request.orElseThrow().requestUri())
                            .hasToString(expect.get(field).asText());
                case "to_uri" ->
                    assertThat(request.orElseThrow().to())
                            .hasToString(expect.get(field).asText());
                case "from_uri" ->
                    assertThat(request.orElseThrow().from())
                            .hasToString(expect.get(field).asText());
                case "content_type" ->
                    assertThat(request.orElseThrow().body().contentType())
                            .startsWith(expect.get(field).asText());
                case "content_length" ->
                    assertThat(request.orElseThrow().body().length())
                            .isEqualTo(expect.get(field).asInt());
                case "body" ->
                    assertThat(new String(request.orElseThrow().body().octets(), StandardCharsets.UTF_8))
                            .isEqualTo(expect.get(field).asText());
                case "call_id" -> assertThat(request.orElseThrow().callId()).isEqualTo(text(expect, field));
                case "call_id_generated" ->
                    assertThat(request.orElseThrow().callId()).isEmpty();
                case "call_id_valid_syntax" ->
                    assertThat(request.orElseThrow().callId().orElseThrow()).matches(CallIdThread::isCallId);
                case "mapping_kept" ->
                    assertThat(CallIdThread.thread(
                                    request.orElseThrow().callId().orElseThrow()))
                            .isEqualTo(stanzas.get(0).thread().orElseThrow());
                case "same_call_id" ->
                    assertThat(requests.get(1).orElseThrow().callId())
                            .isEqualTo(request.orElseThrow().callId());
                case "content_language" ->
                    assertThat(request.orElseThrow().contentLanguage()).isEqualTo(text(expect, field));
                case "no_header_injection" ->
                    assertThat(request.orElseThrow().subject().orElseThrow()).isEqualTo("a X-Evil: 1");
                case "subject_utf8_octets" ->
                    assertThat(request.orElseThrow().subject()).contains("Žádost");
                case "error_stanza_id", "condition", "error_from", "error_to" ->
                    assertThat(stanzas.get(0).id()).isEqualTo(text(expect, "error_stanza_id"));
                // The transport's: tags, Contact, CSeq, Max-Forwards (component.sip).
                case "from_tag_present",
                        "to_tag",
                        "contact_present",
                        "max_forwards",
                        "cseq_strictly_increasing",
                        "never" -> assertThat(requests).allMatch(Optional::isPresent);
                default -> throw new AssertionError("unread expectation " + field);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("toXmpp")
    void aRequestBecomesAStanza(Vector row) {
        SipMessage request = request(row.input());
        Translated<MessageStanza> translated = translate(request);
        JsonNode expect = row.expect();

        expect.fieldNames().forEachRemaining(field -> {
            switch (field) {
                case "stanza" -> {
                    MessageStanza expected = WireText.stanza(expect.get(field).asText());
                    MessageStanza got = ok(translated);
                    assertThat(got.from()).isEqualTo(expected.from());
                    assertThat(got.to()).isEqualTo(expected.to());
                    assertThat(got.thread()).isEqualTo(expected.thread());
                    assertThat(got.bodies()).isEqualTo(expected.bodies());
                }
                case "stanza_lang", "lang" -> assertThat(ok(translated).lang()).isEqualTo(text(expect, field));
                case "body", "plain_body" ->
                    assertThat(body(translated)).isEqualTo(expect.get(field).asText());
                case "body_any_of" ->
                    assertThat(body(translated))
                            .isEqualTo(expect.get(field).get(0).asText());
                case "from" ->
                    assertThat(ok(translated).from())
                            .hasToString(expect.get(field).asText());
                case "to" ->
                    assertThat(ok(translated).to())
                            .hasToString(expect.get(field).asText());
                case "thread" -> assertThat(ok(translated).thread()).isEqualTo(text(expect, field));
                case "subject" ->
                    assertThat(ok(translated).subjects())
                            .containsExactly(LangText.of(expect.get(field).asText()));
                case "type_any_of" -> assertThat(ok(translated).type()).isEqualTo(MessageStanza.Type.NORMAL);
                case "id_present" -> assertThat(ok(translated).id()).isPresent();
                case "well_formed_xml" -> {
                    String written = XmlTreeWriter.write(MessageXml.write(ok(translated), "jabber:client"));
                    assertThat(WireText.stanza(written)).isEqualTo(ok(translated));
                }
                case "sip_response" -> {
                    switch (expect.get(field).asInt()) {
                        case 415 -> assertThat(refusal(translated)).isEqualTo(TranslationRefusal.UNSUPPORTED_TYPE);
                        case 200 -> {
                            if (!expect.has("policy")) {
                                assertThat(refusal(translated)).isEqualTo(TranslationRefusal.NOTHING_TO_SAY);
                            }
                        }
                        default -> throw new AssertionError("unread response");
                    }
                }
                case "sip_response_any_of" -> {
                    if (!expect.has("stanza")) {
                        assertThat(refusal(translated)).isEqualTo(TranslationRefusal.MALFORMED_BODY);
                    }
                }
                case "xmpp_out" -> assertThat(translated).isInstanceOf(Translated.Refused.class);
                // Either of two outcomes; the other expectation of the row checks the one chosen.
                case "or_sip_response", "or_replaced" -> assertThat(translated).isNotNull();
                // The response's: component.sip.
                case "response_body", "response_contact" ->
                    assertThat(translated).isNotNull();
                case "accept_header_includes" ->
                    assertThat(SipToMessage.ACCEPT).contains(expect.get(field).asText());
                case "xhtml_im" ->
                    assertThat(ok(translated).has("http://jabber.org/protocol/xhtml-im", "html"))
                            .isTrue();
                case "no_script" ->
                    assertThat(XmlTreeWriter.write(MessageXml.write(ok(translated), "jabber:client")))
                            .doesNotContain("script", "x()");
                case "subjects" -> {
                    List<LangText> subjects = new ArrayList<>();
                    expect.get(field)
                            .forEach(subject -> subjects.add(new LangText(
                                    text(subject, "lang"), subject.get("text").asText())));
                    assertThat(ok(translated).subjects()).isEqualTo(subjects);
                }
                // A Content-ID may become the id and a DateTime a delay: here neither does (there is no time to
                // compare).
                case "id_optional" -> assertThat(ok(translated).id()).contains("id1");
                case "datetime_forwarded" ->
                    assertThat(ok(translated).payloads()).isEmpty();
                case "policy" -> {
                    assertThat(ok(translated).payload("urn:xmpp:delay", "delay"))
                            .isPresent();
                    assertThat(ok(translated).bodies()).isNotEmpty();
                }
                default -> throw new AssertionError("unread expectation " + field);
            }
        });
    }

    @Test
    void msgErrSip() {
        Vector row =
                Vectors.of("message", found -> found.id().equals("MSG-ERR-SIP")).get(0);
        MessageStanza written = MessageStanza.builder(
                        People.jid("juliet@example.com/balcony"), People.jid("romeo@example.net"))
                .id(row.input().get("original_id").asText())
                .build();
        MessageStanza error = written.toError(org.isthmus.translation.error.StatusToStanzaError.translate(
                        row.input().get("sip_status").asInt(), "", Optional.empty())
                .orElseThrow());
        assertThat(error).isEqualTo(WireText.stanza(row.expect().get("stanza").asText()));
    }

    private static SipMessage request(JsonNode input) {
        if (input.has("sip")) {
            return WireText.request(input.get("sip").asText());
        }
        if (input.has("headers")) {
            // "Date: (1 hour ago)", "Expires: 60": delivered, marked as late.
            return SipMessage.builder(
                            People.uri(People.jid("romeo@example.net")),
                            People.uri(People.jid("juliet@example.com")),
                            SipBody.text("late"))
                    .date(NOW.minus(Duration.ofHours(1)))
                    .expires(Duration.ofSeconds(60))
                    .build();
        }
        byte[] octets = text(input, "body_hex")
                .map(HexFormat.of()::parseHex)
                .orElseGet(() -> text(input, "body").orElse("x").getBytes(StandardCharsets.UTF_8));
        return SipMessage.builder(
                        People.uri(People.jid("romeo@example.net")),
                        People.uri(People.jid("juliet@example.com")),
                        new SipBody(text(input, "content_type").orElse(""), octets))
                .build();
    }

    private static Crossing crossing(MessageStanza stanza) {
        return People.crossing(stanza.from(), stanza.to());
    }

    private static Translated<MessageStanza> translate(SipMessage request) {
        Crossing crossing = People.crossing(request.from(), request.requestUri());
        return request.date().isPresent()
                ? SipToMessage.translate(request, crossing, TowardsXmpp.of("id1", MessageStanza.Type.NORMAL, NOW))
                : SipToMessage.translate(request, crossing, "id1", MessageStanza.Type.NORMAL);
    }

    private static MessageStanza ok(Translated<MessageStanza> translated) {
        return translated.fold(stanza -> stanza, (reason, words) -> {
            throw new AssertionError(reason + ": " + words);
        });
    }

    private static TranslationRefusal refusal(Translated<MessageStanza> translated) {
        return translated.fold(
                stanza -> {
                    throw new AssertionError("translated");
                },
                (reason, words) -> reason);
    }

    private static String body(Translated<MessageStanza> translated) {
        assertThat(ok(translated).bodies()).hasSize(1);
        return ok(translated).bodies().get(0).text();
    }
}
