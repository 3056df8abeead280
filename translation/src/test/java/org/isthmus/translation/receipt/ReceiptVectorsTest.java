package org.isthmus.translation.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.isthmus.translation.vectors.People.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.isthmus.translation.Translated;
import org.isthmus.translation.cpim.CpimAddress;
import org.isthmus.translation.cpim.CpimLimits;
import org.isthmus.translation.cpim.CpimReader;
import org.isthmus.translation.imdn.Disposition;
import org.isthmus.translation.imdn.Imdn;
import org.isthmus.translation.imdn.ImdnRequest;
import org.isthmus.translation.imdn.ImdnRequest.Wanted;
import org.isthmus.translation.imdn.ImdnStatus;
import org.isthmus.translation.imdn.Receipt;
import org.isthmus.translation.imdn.ReceiptRequest;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.message.MessageToSip;
import org.isthmus.translation.message.SipMessage;
import org.isthmus.translation.message.SipRecipient;
import org.isthmus.translation.message.TowardsSip;
import org.isthmus.translation.sdp.AcceptTypes;
import org.isthmus.translation.vectors.People;
import org.isthmus.translation.vectors.Vectors;
import org.isthmus.translation.vectors.Vectors.Vector;
import org.isthmus.translation.vectors.WireText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReceiptVectorsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final SipRecipient TAKES_ALL = new SipRecipient(AcceptTypes.of("*"), AcceptTypes.of("*"));

    private static final Map<String, String> ELSEWHERE = Map.of(
            "ex-disco", "discovery: component.xmpp.service",
            "privacy", "who may see whom: component.message",
            "dup-suppress", "retransmissions: component.sip");

    static List<Vector> stanzas() {
        return Vectors.of("receipts", row -> row.input().isTextual() && !ELSEWHERE.containsKey(row.id()));
    }

    @Test
    void everyVectorIsExecutedOrListed() {
        Set<String> ids = stanzas().stream().map(Vector::id).collect(Collectors.toSet());
        ids.add("ack-shape");
        assertThat(Vectors.unaccounted("receipts", ids, ELSEWHERE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("stanzas")
    void requestsAndReceiptsAreTold(Vector row) {
        MessageStanza stanza = WireText.stanza(row.input().asText());
        List<Receipt> receipts = Receipt.of(stanza.payloads());
        ReceiptRequest request = ReceiptRequest.of(stanza.payloads(), stanza.id());
        Optional<SipMessage> sent = send(stanza);
        JsonNode expect = row.expect();
        expect.fieldNames().forEachRemaining(field -> {
            switch (field) {
                case "content", "deliver" ->
                    assertThat(sent.isPresent()).isEqualTo(expect.get(field).asBoolean());
                case "request" ->
                    assertThat(request.delivered()).isEqualTo(expect.get(field).asBoolean());
                case "id", "own_id" -> assertThat(stanza.id()).isEqualTo(text(expect, field));
                case "cpim_imdn" ->
                    assertThat(imdnRequest(sent.orElseThrow()).wants(Wanted.POSITIVE_DELIVERY))
                            .isTrue();
                case "ack_for" ->
                    assertThat(receipts)
                            .containsExactly(new Receipt(
                                    Receipt.Kind.DELIVERED, expect.get(field).asText()));
                case "ack", "send_ack" -> {
                    // A receipt can be asked for only in a message that may have one.
                    boolean asked =
                            sent.isPresent() && sent.get().body().contentType().equals("message/cpim");
                    assertThat(asked).isEqualTo(expect.get(field).asBoolean());
                }
                case "use" -> assertThat(receipts).isEmpty();
                case "imdn", "for", "implies" ->
                    assertThat(receipts).containsExactly(new Receipt(Receipt.Kind.DISPLAYED, "m1"));
                case "msrp" -> assertThat(request.delivered()).isTrue();
                default -> throw new AssertionError("unread expectation " + field);
            }
        });
    }

    @Test
    void aReceiptHasTheShapeOfXep0184() {
        JsonNode row = Vectors.of("receipts", found -> found.id().equals("ack-shape"))
                .get(0)
                .expect();
        MessageStanza original = MessageStanza.builder(People.jid("alice@x.test/desk"), People.jid("joe@sip.test"))
                .id("m1")
                .type(MessageStanza.Type.CHAT)
                .payload(ReceiptRequest.deliveryElement())
                .build();
        Imdn delivered = imdn(Disposition.DELIVERY, ImdnStatus.DELIVERED);
        MessageStanza receipt = ok(ImdnToMessage.translate(delivered, original, "{new}"));
        assertThat(receipt).isEqualTo(WireText.stanza(row.get("message").asText()));
    }

    @Test
    void nothingIsToldThatWasNotAskedFor() {
        MessageStanza silent = MessageStanza.builder(People.jid("alice@x.test/desk"), People.jid("joe@sip.test"))
                .id("m1")
                .build();
        for (ImdnStatus status : ImdnStatus.values()) {
            for (Disposition disposition : Disposition.values()) {
                boolean failure = status == ImdnStatus.FAILED && disposition == Disposition.DELIVERY;
                assertThat(ImdnToMessage.translate(imdn(disposition, status), silent, "x") instanceof Translated.Ok)
                        .isEqualTo(failure);
            }
        }
        ImdnRequest displayOnly = request(Set.of(Wanted.DISPLAY));
        assertThat(ReceiptToImdn.translate(
                        Receipt.Kind.DELIVERED,
                        displayOnly,
                        People.crossing(People.jid("alice@x.test/desk"), People.jid("joe@sip.test")),
                        "n1",
                        NOW))
                .isInstanceOf(Translated.Refused.class);
    }

    @Test
    void aNotificationIsAnEnvelopeThatAsksForNothing() throws Exception {
        SipMessage sent = ReceiptToImdn.translate(
                        Receipt.Kind.DISPLAYED,
                        request(Set.of(Wanted.DISPLAY, Wanted.POSITIVE_DELIVERY)),
                        People.crossing(People.jid("alice@x.test/desk"), People.jid("joe@sip.test")),
                        "n1",
                        NOW)
                .fold(request -> request, (reason, words) -> {
                    throw new AssertionError(words);
                });
        var envelope = CpimReader.read(sent.body().octets(), CpimLimits.defaults());
        assertThat(envelope.head().to()).containsExactly(CpimAddress.of("sip:joe@sip.test"));
        assertThat(envelope.head().from()).contains(CpimAddress.of("sip:alice@x.test"));
        assertThat(envelope.head().value(ImdnRequest.MESSAGE_ID)).contains("n1");
        assertThat(envelope.head().header(ImdnRequest.DISPOSITION_NOTIFICATION)).isEmpty();
        assertThat(envelope.head().value(ImdnRequest.IMDN_ROUTE)).contains("<sip:as.sip.test>");
        assertThat(envelope.head().contentType()).contains("message/imdn+xml");
        assertThat(envelope.head().mime("content-disposition")).contains("notification");
        Imdn document = Imdn.read(envelope.content(), Optional.empty());
        assertThat(document)
                .isEqualTo(new Imdn(
                        "34jk324j",
                        Optional.of("2006-04-04T12:16:49-05:00"),
                        Optional.of("im:alice@x.test"),
                        Optional.of("im:first@x.test"),
                        Optional.of(Disposition.DISPLAY),
                        Optional.of(ImdnStatus.DISPLAYED)));
    }

    @Test
    void aLateFailureIsToldToWhoAskedForIt() {
        var crossing = People.crossing(People.jid("alice@x.test/desk"), People.jid("joe@sip.test"));
        assertThat(ReceiptToImdn.failed(request(Set.of(Wanted.NEGATIVE_DELIVERY)), crossing, "n", NOW))
                .isInstanceOf(Translated.Ok.class);
        assertThat(ReceiptToImdn.failed(request(Set.of(Wanted.POSITIVE_DELIVERY)), crossing, "n", NOW))
                .isInstanceOf(Translated.Refused.class);
    }

    private static ImdnRequest request(Set<Wanted> wanted) {
        return new ImdnRequest(
                "34jk324j",
                wanted,
                CpimAddress.of("sip:joe@sip.test"),
                Optional.of(CpimAddress.of("im:alice@x.test")),
                Optional.of(CpimAddress.of("im:first@x.test")),
                Optional.of("2006-04-04T12:16:49-05:00"),
                List.of("<sip:as.sip.test>"));
    }

    private static Imdn imdn(Disposition disposition, ImdnStatus status) {
        return new Imdn(
                "id",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(disposition),
                Optional.of(status));
    }

    private static MessageStanza ok(Translated<MessageStanza> translated) {
        return translated.fold(stanza -> stanza, (reason, words) -> {
            throw new AssertionError(words);
        });
    }

    private static Optional<SipMessage> send(MessageStanza stanza) {
        return MessageToSip.translate(
                        stanza, People.crossing(stanza.from(), stanza.to()), TowardsSip.of(TAKES_ALL, NOW, "m-1"))
                .fold(Optional::of, (reason, words) -> Optional.empty());
    }

    private static ImdnRequest imdnRequest(SipMessage sent) {
        try {
            return ImdnRequest.of(CpimReader.read(sent.body().octets(), CpimLimits.defaults())
                            .head())
                    .orElseThrow();
        } catch (org.isthmus.translation.cpim.CpimSyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
