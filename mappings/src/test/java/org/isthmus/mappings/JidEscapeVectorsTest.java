package org.isthmus.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.isthmus.mappings.DomainMapping.SipUsers;
import org.isthmus.mappings.DomainMapping.Style;
import org.isthmus.mappings.DomainMapping.XmppUsers;
import org.isthmus.mappings.Vectors.Vector;
import org.isthmus.mappings.spelling.LocalpartEscaping;
import org.isthmus.mappings.spelling.SipUserEscaping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xmpp.packet.JID;

/** Every row of jid-escape.json. */
class JidEscapeVectorsTest {

    /**
     * Rows that want {@code %zy} in a SIP user read as text. address.json refuses {@code %zz} there (ADDR-PCT-4, ADDR-T1-S-NEG-25)
     * and so does RFC 3261 §25.1 (docs/adr/0010): nobody can know whom the writer meant. In im and pres URIs it is read (the row im-to-jid).
     */
    private static final Set<String> BROKEN_ESCAPES = Set.of("sip-to-jid", "sips-to-jid");

    /** Schemes the gateway does not carry (RFC 7247 §6.4 step 1); the escaping they show is executed without the URI. */
    private static final Set<String> OTHER_SCHEMES = Set.of("mailto-to-jid", "wv-to-jid");

    static Stream<Vector> rows() {
        return Vectors.of("jid-escape.json").stream();
    }

    @Test
    void onlyTheNamedRowsAreAnsweredOtherwise() {
        Set<String> ids = rows().map(Vector::id).collect(Collectors.toSet());

        assertThat(ids).hasSizeGreaterThan(90).containsAll(BROKEN_ESCAPES).containsAll(OTHER_SCHEMES);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void escapesAsTheRowSays(Vector row) {
        JsonNode in = row.input();
        JsonNode expect = row.expect();
        switch (in.path("op").asText()) {
            case "escape" -> escape(in, expect);
            case "unescape" -> unescape(in, expect);
            case "both" -> {
                assertThat(LocalpartEscaping.escape(in.path("local").asText()))
                        .isEqualTo(expect.path("local").asText());
                assertThat(LocalpartEscaping.unescape(in.path("local").asText()))
                        .isEqualTo(expect.path("local").asText());
            }
            case "normalise+unescape" ->
                assertThat(LocalpartEscaping.unescape(
                                node(Jids.of(in.path("local").asText(), "x.example", null))))
                        .isEqualTo(expect.path("local").asText());
            case "email-to-jid" -> {
                String[] parts = splitAtLast(in.path("address").asText());
                assertThat(Jids.of(LocalpartEscaping.escape(parts[0]), parts[1], null))
                        .hasToString(expect.path("jid").asText());
            }
            case "validate-wire" ->
                assertThat(LocalpartEscaping.isCanonical(in.path("local").asText()))
                        .isEqualTo(expect.path("valid_escaped_form").asBoolean());
            case "canonical?" -> {
                String local = in.path("local").asText();
                assertThat(LocalpartEscaping.isCanonical(local))
                        .isEqualTo(expect.path("canonical").asBoolean());
                assertThat(LocalpartEscaping.escape(LocalpartEscaping.unescape(local)))
                        .isEqualTo(expect.path("escape_of_unescape").asText());
            }
            case "uri-to-jid" -> uriToJid(row);
            case "jid-to-uri" -> jidToUri(in, expect);
            case "legacy-to-jid" ->
                assertThat(LocalpartEscaping.legacyAddress(in.path("local").asText())
                                .map(address -> "sip:" + address))
                        .contains(expect.path("sip").asText());
            default -> fail("no test reads rows of op " + in.path("op"));
        }
    }

    private static void escape(JsonNode in, JsonNode expect) {
        if (in.has("jid_user_input")) {
            String input = in.path("jid_user_input").asText();
            String bare = input.contains("@") && input.lastIndexOf('/') > input.lastIndexOf('@')
                    ? input.substring(0, input.indexOf('/', input.lastIndexOf('@')))
                    : input;
            String resource = bare.length() == input.length() ? null : input.substring(bare.length() + 1);
            String[] parts = splitAtLast(bare);
            JID jid = Jids.of(LocalpartEscaping.escape(parts[0]), parts[1], resource);
            assertThat(jid).hasToString(expect.path("jid").asText());
            if (expect.has("display")) {
                assertThat(display(jid)).isEqualTo(expect.path("display").asText());
            }
            return;
        }
        String local = in.path("local").asText();
        if (!expect.has("error")) {
            assertThat(LocalpartEscaping.escape(local))
                    .isEqualTo(expect.path("local").asText());
            if (expect.has("octets")) {
                assertThat(LocalpartEscaping.escape(local).getBytes(StandardCharsets.UTF_8))
                        .hasSize(expect.path("octets").asInt());
                assertThat(Localparts.ofUser(local)).isInstanceOf(Mapped.Ok.class);
            }
            return;
        }
        AddressRefusal reason = Localparts.ofUser(local).fold(ok -> fail("mapped to " + ok), (why, detail) -> why);
        if (expect.path("error").asText().equals("too-long")) {
            assertThat(reason).isEqualTo(AddressRefusal.TOO_LONG);
            assertThat(LocalpartEscaping.escape(local).getBytes(StandardCharsets.UTF_8))
                    .hasSize(expect.path("octets").asInt());
        } else {
            assertThat(reason)
                    .isEqualTo(local.contains("\t") ? AddressRefusal.NOT_PREPARABLE : AddressRefusal.SPACE_AT_END);
        }
    }

    private static void unescape(JsonNode in, JsonNode expect) {
        if (in.has("local")) {
            assertThat(LocalpartEscaping.unescape(in.path("local").asText()))
                    .isEqualTo(expect.path("local").asText());
            return;
        }
        JID jid = Jids.parse(in.path("jid").asText());
        if (expect.has("display")) {
            assertThat(display(jid)).isEqualTo(expect.path("display").asText());
        } else {
            assertThat(LocalpartEscaping.unescape(node(jid)))
                    .isEqualTo(expect.path("local").asText());
            assertThat(jid.getDomain()).isEqualTo(expect.path("domain").asText());
        }
    }

    private static void uriToJid(Vector row) {
        String text = row.input().path("uri").asText();
        if (BROKEN_ESCAPES.contains(row.id())) {
            assertThat(SipUri.read(text))
                    .isInstanceOfSatisfying(
                            Mapped.Refused.class, no -> assertThat(no.reason()).isEqualTo(AddressRefusal.MALFORMED));
            return;
        }
        if (OTHER_SCHEMES.contains(row.id())) {
            assertThat(SipUri.read(text))
                    .isInstanceOfSatisfying(
                            Mapped.Refused.class,
                            no -> assertThat(no.reason()).isEqualTo(AddressRefusal.UNSUPPORTED_SCHEME));
            String[] parts = splitAtLast(text.substring(text.indexOf(':') + 1).split("\\?", 2)[0]);
            String user =
                    SipUserEscaping.IM_USER.decode(parts[0].replace("(", "%28").replace(")", "%29"));
            // the last step of every mapping, preparation, lowers the letters that the row leaves as written
            assertThat(LocalpartEscaping.escape(user) + "@" + parts[1])
                    .isEqualTo(row.expect().path("jid").asText());
            return;
        }
        SipUri uri = SipUri.parse(text);
        SipUsers sipUsers = new SipUsers(uri.host(), uri.host(), Style.PLAIN);
        assertThat(lookUp(sipUsers, new XmppUsers("home.invalid", "home.invalid"), mapper -> mapper.lookUp(uri))
                        .jid())
                .hasToString(row.expect().path("jid").asText());
    }

    private static void jidToUri(JsonNode in, JsonNode expect) {
        JID jid = Jids.parse(in.path("jid").asText());
        XmppUsers xmppUsers = new XmppUsers(jid.getDomain(), jid.getDomain());
        SipUri uri = lookUp(
                        new SipUsers("peer.invalid", "peer.invalid", Style.PLAIN),
                        xmppUsers,
                        mapper -> mapper.lookUp(jid))
                .uri()
                .withScheme(in.path("scheme").asText());
        if (expect.has("uri_one_of")) {
            List<String> allowed = Stream.iterate(0, i -> i + 1)
                    .limit(expect.path("uri_one_of").size())
                    .map(i -> expect.path("uri_one_of").path(i).asText())
                    .toList();
            assertThat(allowed).contains(uri.toString());
        } else {
            // "compare SIP URIs by decoded value", says the row jid-to-sip; that holds for pres as well
            assertThat(uri).isEqualTo(SipUri.parse(expect.path("uri").asText()));
        }
    }

    private interface LookUp {
        Mapped<AddressLookUp> with(AddressMapper mapper);
    }

    private static AddressLookUp lookUp(SipUsers sipUsers, XmppUsers xmppUsers, LookUp lookUp) {
        DomainMapping mapping = new DomainMapping("vector", "peer", sipUsers, xmppUsers);
        AddressMapper mapper = new AddressMapper(DomainMappings.of(List.of(mapping), List.of()), UserSpelling.none());
        return lookUp.with(mapper).fold(ok -> ok, (reason, detail) -> fail(reason + " " + detail));
    }

    private static String display(JID jid) {
        return LocalpartEscaping.unescape(node(jid)) + "@" + jid.getDomain();
    }

    private static String node(JID jid) {
        return Objects.requireNonNull(jid.getNode(), "localpart");
    }

    private static String[] splitAtLast(String address) {
        int at = address.lastIndexOf('@');
        return new String[] {address.substring(0, at), address.substring(at + 1)};
    }
}
