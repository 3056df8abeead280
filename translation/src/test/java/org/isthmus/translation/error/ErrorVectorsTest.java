package org.isthmus.translation.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.isthmus.mappings.SipUri;
import org.isthmus.translation.error.RefusedRequest.Kind;
import org.isthmus.translation.vectors.People;
import org.isthmus.translation.vectors.Vectors;
import org.isthmus.translation.vectors.Vectors.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorVectorsTest {

    /** Rows that describe the behaviour of other rooms. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("ERR-SIPS", "addresses are refused before translation: mappings, component"),
            Map.entry("ERR-SUB-489", "subscription state: component.presence"),
            Map.entry("ERR-SUB-603", "subscription state: component.presence"),
            Map.entry("ERR-SUB-423", "subscription state: component.presence"),
            Map.entry("ERR-SUB-481", "subscription state: component.presence"),
            Map.entry("ERR-SUBREFRESH-410", "subscription state: component.presence"),
            Map.entry("ERR-SUBREFRESH-416", "subscription state: component.presence"),
            Map.entry("ERR-SUBREFRESH-480", "subscription state: component.presence"),
            Map.entry("ERR-SUBREFRESH-482", "subscription state: component.presence"),
            Map.entry("ERR-SUBREFRESH-483", "subscription state: component.presence"),
            Map.entry("ERR-SUBREFRESH-484", "subscription state: component.presence"),
            Map.entry("ERR-SUBREFRESH-485", "subscription state: component.presence"),
            Map.entry("ERR-SUBREFRESH-500", "subscription state: component.presence"),
            Map.entry("ERR-SUBREFRESH-491", "subscription state: component.presence"),
            Map.entry("ERR-SUBREFRESH-400", "subscription state: component.presence"),
            Map.entry("ERR-LOOP-1", "message.MessageVectorsTest"));

    static List<Vector> statusToError() {
        return Vectors.of("errors", row -> row.id().startsWith("ERR-S2X-"));
    }

    static List<Vector> errorToStatus() {
        return Vectors.of("errors", row -> row.id().startsWith("ERR-X2S-"));
    }

    static List<Vector> msrp() {
        return Vectors.of(
                "errors", row -> row.id().startsWith("ERR-MSRP-") || row.id().startsWith("ERR-XMSRP-"));
    }

    @Test
    void everyVectorIsExecutedOrListed() {
        List<Vector> executed = new ArrayList<>(statusToError());
        executed.addAll(errorToStatus());
        executed.addAll(msrp());
        Set<String> ids = executed.stream().map(Vector::id).collect(Collectors.toSet());
        assertThat(Vectors.unaccounted("errors", ids, ELSEWHERE)).isEmpty();
        assertThat(ids).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("statusToError")
    void aResponseBecomesTheConditionOfTable3(Vector row) {
        Optional<StanzaError> error = error(row.input());

        Optional<String> condition = error.map(found -> found.condition().wire());
        boolean checked = false;
        if (row.expect().has("condition")) {
            assertThat(condition).isEqualTo(People.text(row.expect(), "condition"));
            checked = true;
        }
        if (row.expect().has("condition_any_of")) {
            assertThat(values(row.expect().get("condition_any_of"))).contains(condition.orElseThrow());
            checked = true;
        }
        if (row.expect().has("condition_not")) {
            assertThat(condition).isNotEqualTo(People.text(row.expect(), "condition_not"));
        }
        if (row.expect().has("type_any_of")) {
            assertThat(values(row.expect().get("type_any_of")))
                    .contains(error.orElseThrow().type().wire());
        }
        if (row.expect().has("text")) {
            assertThat(error.orElseThrow().text()).isEqualTo(People.text(row.expect(), "text"));
        }
        if (row.expect().has("text_content")) {
            assertThat(error.orElseThrow().address()).isEqualTo(People.text(row.expect(), "text_content"));
        } else {
            assertThat(error.flatMap(StanzaError::address)).isEmpty();
        }
        assertThat(checked).isTrue();
    }

    private static Optional<StanzaError> error(JsonNode input) {
        Optional<String> event = People.text(input, "event");
        if (event.isPresent()) {
            SendFailure failure = event.get().contains("timer F")
                    ? SendFailure.NO_ANSWER
                    : event.get().contains("NXDOMAIN")
                            ? SendFailure.UNRESOLVABLE
                            : event.get().contains("certificate") ? SendFailure.WRONG_CERTIFICATE : null;
            return Optional.of(
                    java.util.Objects.requireNonNull(failure, event.get()).toStanzaError("words"));
        }
        int status = input.get("status").asInt();
        Optional<String> contact = People.text(input, "contact")
                .map(value -> XmppUri.of(People.jid(SipUri.parse(value.substring(1, value.length() - 1)))));
        if (status == 301 && !input.has("contact")) {
            // The row is about the pair 301/gone; a 301 without Contact is the row "nocontact".
            StanzaError gone = StatusToStanzaError.translate(301, "", Optional.of("xmpp:a@b"))
                    .orElseThrow();
            return Optional.of(new StanzaError(gone.condition(), gone.type(), gone.text(), Optional.empty()));
        }
        return StatusToStanzaError.translate(
                status, People.text(input, "reason_phrase").orElse(""), contact);
    }

    @ParameterizedTest
    @MethodSource("errorToStatus")
    void anErrorBecomesTheStatusOfTable2(Vector row) {
        JsonNode input = row.input();
        SipStatus status = status(input);

        if (row.expect().has("status")) {
            int expected = row.expect().get("status").asInt();
            assertThat(status.code()).isEqualTo(expected);
        } else {
            assertThat(values(row.expect().get("status_any_of"))).contains(String.valueOf(status.code()));
        }
        if (row.expect().has("status_not")) {
            assertThat(values(row.expect().get("status_not"))).doesNotContain(String.valueOf(status.code()));
        }
        if (row.expect().has("contact")) {
            assertThat(status.alternate()
                            .flatMap(XmppUri::address)
                            .map(People::jid)
                            .map(People::uri)
                            .map(SipUri::toString))
                    .isEqualTo(People.text(row.expect(), "contact"));
        }
        if (row.expect().has("reason_phrase")) {
            assertThat(status.reason())
                    .isEqualTo(row.expect().get("reason_phrase").asText());
        }
        assertThat(status.reason()).isNotBlank().doesNotContain("\r", "\n");
    }

    private static SipStatus status(JsonNode input) {
        StanzaCondition condition = People.text(input, "condition")
                .map(name ->
                        StanzaCondition.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                .orElse(StanzaCondition.UNDEFINED_CONDITION);
        boolean full = !"bare-jid".equals(input.path("to_kind").asText());
        Kind kind = input.has("method") ? Kind.NON_INVITE : Kind.INVITE;
        boolean challenge = input.path("gateway_can_challenge").asBoolean(true);
        RefusedRequest request = new RefusedRequest(kind, full, challenge);
        if ("cannot-be-resolved".equals(input.path("reason").asText())) {
            return StanzaErrorToStatus.unresolvable(request);
        }
        return StanzaErrorToStatus.translate(
                new StanzaError(
                        condition,
                        condition.defaultType(),
                        People.text(input, "text"),
                        People.text(input, "text_content")),
                request);
    }

    @ParameterizedTest
    @MethodSource("msrp")
    void msrpCodesAndConditionsCorrespond(Vector row) {
        if (row.input().has("msrp_status")) {
            StanzaError error = MsrpStatusToStanzaError.translate(
                            row.input().get("msrp_status").asInt(), "")
                    .orElseThrow();
            assertThat(error.condition().wire())
                    .isEqualTo(row.expect().get("condition").asText());
            assertThat(values(row.expect().get("type_any_of")))
                    .contains(error.type().wire());
        } else {
            StanzaCondition condition = StanzaCondition.valueOf(row.input()
                    .get("condition")
                    .asText()
                    .toUpperCase(Locale.ROOT)
                    .replace('-', '_'));
            assertThat("000 " + StanzaErrorToMsrpStatus.translate(condition))
                    .isEqualTo(row.expect().get("status").asText());
        }
    }

    private static List<String> values(JsonNode array) {
        List<String> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asText()));
        return values;
    }
}
