package org.isthmus.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.isthmus.mappings.DomainMapping.SipUsers;
import org.isthmus.mappings.DomainMapping.Style;
import org.isthmus.mappings.DomainMapping.XmppUsers;
import org.isthmus.mappings.Vectors.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xmpp.packet.JID;

/** Every row of address.json, by mappings that keep the domain, as the rows assume. */
class AddressVectorsTest {

    /** Rows that the project answers otherwise, each with its reason. */
    private static final Map<String, AddressRefusal> REFUSED_BY_POLICY = Map.of(
            // the row leaves it to local policy; a localpart that only Nodeprep or only PRECIS accepts is refused here
            "ADDR-UTF8-2", AddressRefusal.NOT_PREPARABLE);

    /** A row that describes no address. */
    private static final Set<String> PROSE = Set.of("ADDR-3922-NOTE");

    static Stream<Vector> rows() {
        return Vectors.of("address.json").stream().filter(v -> !PROSE.contains(v.id()));
    }

    static Stream<Vector> rowsWithALiteralReading() {
        return rows().filter(v -> v.json().has("expect_literal"));
    }

    /** The row ADDR-3922-NOTE. */
    @Test
    void theNotationOfRfc3922IsNoEscape() {
        assertThat(value(sipUsersMapper(SipUri.of("m&m", "sip.example")).lookUp(SipUri.of("m&m", "sip.example")))
                        .jid())
                .hasToString("m\\26m@sip.example");
        JID notAnEscape = Jids.parse("m#26;m@xmpp.example");
        assertThat(value(xmppUsersMapper(notAnEscape).lookUp(notAnEscape)).uri())
                .hasToString("sip:m%2326;m@xmpp.example");
    }

    @Test
    void onlyTheNamedRowsAreLeftOut() {
        Set<String> ids = Vectors.of("address.json").stream().map(Vector::id).collect(Collectors.toSet());

        assertThat(ids).hasSizeGreaterThan(170).containsAll(PROSE).containsAll(REFUSED_BY_POLICY.keySet());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void mapsAsTheRowSays(Vector row) {
        String direction = row.json().path("direction").asText();
        switch (direction) {
            case "sip-to-xmpp", "im-to-xmpp" ->
                checkJid(row, () -> SipUri.parse(row.input().path("uri").asText()));
            case "sip-header-to-xmpp" ->
                checkJid(
                        row,
                        () -> NameAddr.parse(row.input().path("header").asText())
                                .uri());
            case "xmpp-to-sip" -> checkUri(row, "sip");
            case "xmpp-to-im" -> checkUri(row, "im");
            case "xmpp-to-pres" -> checkUri(row, "pres");
            case "sip-parse" ->
                assertThatExceptionOfType(SipUriSyntaxException.class)
                        .isThrownBy(() -> SipUri.parse(row.input().path("uri").asText()));
            case "xmpp-parse" ->
                assertThatExceptionOfType(JidSyntaxException.class)
                        .isThrownBy(() -> Jids.of(row.input().path("localpart").asText(), "xmpp.example", null));
            case "roundtrip-xmpp" -> {
                checkUri(row, "sip");
                JID jid = Jids.parse(row.input().path("jid").asText());
                SipUri uri = SipUri.parse(row.expect().path("uri").asText());
                assertThat(xmppUsersMapper(jid).lookUp(uri))
                        .isInstanceOfSatisfying(
                                Mapped.Ok.class,
                                ok -> assertThat(((AddressLookUp) ok.value()).jid())
                                        .hasToString(row.expect().path("jid").asText()));
            }
            case "roundtrip-sip" -> {
                SipUri uri = SipUri.parse(row.input().path("uri").asText());
                checkJid(row, () -> uri);
                JID jid = Jids.parse(row.expect().path("jid").asText());
                assertThat(value(sipUsersMapper(uri).lookUp(jid)).uri())
                        .hasToString(row.expect().path("uri").asText());
            }
            default -> fail("no test reads rows of direction " + direction);
        }
    }

    @ParameterizedTest
    @MethodSource("rowsWithALiteralReading")
    void readsWhatAPeerOfTheLiteralRuleWrites(Vector row) {
        JsonNode literal = row.json().path("expect_literal").path("uri");
        // im: a raw character means itself; sip: \5C22 names another user, and must not be taken for the first
        SipUri read = SipUri.parse(literal.asText());
        SipUri ours = SipUri.parse(row.expect().path("uri").asText());

        if (read.scheme().equals("im")) {
            assertThat(read).isEqualTo(ours);
        } else {
            assertThat(value(sipUsersMapper(read).lookUp(read)).jid().getNode())
                    .isEqualTo(row.input().path("jid").asText().split("@", 2)[0].replace("\\", "\\5c"));
        }
    }

    private interface Reader {
        SipUri read();
    }

    private static void checkJid(Vector row, Reader reader) {
        Mapped<AddressLookUp> mapped;
        try {
            SipUri uri = reader.read();
            mapped = sipUsersMapper(uri).lookUp(uri);
            assertThat(SipUri.read(uri.toString())).isEqualTo(Mapped.ok(uri));
        } catch (SipUriSyntaxException malformed) {
            mapped = Mapped.refused(AddressRefusal.MALFORMED, malformed.getMessage());
        }
        if (REFUSED_BY_POLICY.containsKey(row.id())) {
            assertThat(reason(mapped)).isEqualTo(REFUSED_BY_POLICY.get(row.id()));
        } else if (row.expect().has("error")) {
            assertThat(mapped).isInstanceOf(Mapped.Refused.class);
            if (row.expect().path("error").asText().equals("unsupported-scheme")) {
                assertThat(reason(SipUri.read(row.input().path("uri").asText())))
                        .isEqualTo(AddressRefusal.UNSUPPORTED_SCHEME);
            }
        } else {
            JID jid = value(mapped).jid();
            assertThat(jid).hasToString(row.expect().path("jid").asText());
            if (row.expect().has("domainpart")) {
                assertThat(jid.getNode())
                        .isEqualTo(row.expect().path("localpart").textValue());
                assertThat(jid.getDomain())
                        .isEqualTo(row.expect().path("domainpart").textValue());
                assertThat(jid.getResource())
                        .isEqualTo(row.expect().path("resourcepart").textValue());
            }
        }
    }

    private static void checkUri(Vector row, String scheme) {
        JID jid = Jids.parse(row.input().path("jid").asText());
        SipUri uri = value(xmppUsersMapper(jid).lookUp(jid)).uri().withScheme(scheme);

        assertThat(uri).hasToString(row.expect().path("uri").asText());
        if (row.expect().has("host")) {
            assertThat(uri.host()).isEqualTo(row.expect().path("host").asText());
            assertThat(uri.toString()).contains(":" + row.expect().path("user").asText() + "@");
            assertThat(uri.gr().isPresent()).isEqualTo(row.expect().hasNonNull("gr"));
        }
    }

    private static AddressMapper sipUsersMapper(SipUri uri) {
        return mapper(new SipUsers(uri.host(), uri.host(), Style.PLAIN), new XmppUsers("home.invalid", "home.invalid"));
    }

    private static AddressMapper xmppUsersMapper(JID jid) {
        return mapper(
                new SipUsers("peer.invalid", "peer.invalid", Style.PLAIN),
                new XmppUsers(jid.getDomain(), jid.getDomain()));
    }

    private static AddressMapper mapper(SipUsers sipUsers, XmppUsers xmppUsers) {
        DomainMapping mapping = new DomainMapping("vector", "peer", sipUsers, xmppUsers);
        return new AddressMapper(DomainMappings.of(List.of(mapping), List.of()), UserSpelling.none());
    }

    private static <T> T value(Mapped<T> mapped) {
        return mapped.fold(ok -> ok, (reason, detail) -> fail(reason + " " + detail));
    }

    private static AddressRefusal reason(Mapped<?> mapped) {
        return mapped.fold(ok -> fail("mapped to " + ok), (reason, detail) -> reason);
    }
}
