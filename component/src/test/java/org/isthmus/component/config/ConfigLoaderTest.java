package org.isthmus.component.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.isthmus.component.partner.Cidr;
import org.isthmus.component.partner.Partner;
import org.isthmus.mappings.DomainMapping;
import org.isthmus.mappings.json.MappingProblem;
import org.isthmus.mappings.json.Reading;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {

    private static final String CONFIG = """
            { "version": 1,
              "xmpp": { "links": [ { "domain": "campus.hospital.example", "host": "127.0.0.1", "port": 5347, "server": "prosody",
                                     "secret": { "file": "secret" }, "tls": "off" } ] },
              "sip":  { "listen": [ { "transport": "tcp", "address": "10.1.2.3", "port": 5060, "advertise": "gw.hospital.example" } ] },
              "partners": { "campus": { "domains": ["campus.example"], "from": ["10.9.0.0/16"], "route": "sip:proxy.campus.example:5060;transport=tcp", "tls": "off" } },
              "mappings": "maps/mappings.json",
              "state": "/var/lib/isthmus-test" }
            """;

    private static final String MAPPINGS = """
            { "version": 1,
              "mappings": [
                {
                  "name": "campus",
                  "partner": "campus",
                  "sipUsers":  { "domain": "campus.example",   "appearAs": "campus.hospital.example" },
                  "xmppUsers": { "domain": "hospital.example", "appearAs": "hospital.example" } } ] }
            """;

    @TempDir
    Path folder;

    private Path config;
    private Path mappings;

    @BeforeEach
    void writeSecret() throws IOException {
        config = folder.resolve("isthmus.json");
        mappings = Files.createDirectory(folder.resolve("maps")).resolve("mappings.json");
        secret("change-me\n", "rw-------");
    }

    @Test
    void readsTheShapeOfTheDesign() throws IOException {
        GatewayConfig read = good(CONFIG, MAPPINGS);

        assertThat(read.links()).hasSize(1);
        LinkConfig link = read.links().get(0);
        assertThat(link.domain()).isEqualTo("campus.hospital.example");
        assertThat(link.server()).isEqualTo(ServerKind.PROSODY);
        assertThat(link.secret().get()).isEqualTo("change-me");
        assertThat(read.listen())
                .containsExactly(new ListenConfig(
                        Transport.TCP, Cidr.address("10.1.2.3"), 5060, Optional.of("gw.hospital.example")));
        assertThat(read.partners().find(Cidr.address("10.9.7.7")))
                .map(Partner::name)
                .contains("campus");
        assertThat(read.mappings().all()).extracting(DomainMapping::name).containsExactly("campus");
        assertThat(read.mappingsFile()).isEqualTo(mappings);
        assertThat(read.state()).isEqualTo(Path.of("/var/lib/isthmus-test"));
        assertThat(read.ops()).isEqualTo(OpsConfig.OFF);
        assertThat(read.limits()).isEqualTo(Limits.DEFAULTS);
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void readsOptionsWithUnits() throws IOException {
        GatewayConfig read = good(CONFIG.replace("\"state\":", """
                        "ops": { "address": "::1", "port": 9464 }, "log": { "format": "text" },
                        "limits": { "stanza": "64KiB", "pairOctets": "200MiB", "turnWindow": "30s", "drain": "500ms" },
                        "state":"""), MAPPINGS);

        assertThat(read.ops()).isEqualTo(new OpsConfig(Cidr.address("::1"), 9464));
        assertThat(read.limits().stanza()).isEqualTo(65_536);
        assertThat(read.limits().pairOctets()).isEqualTo(209_715_200);
        assertThat(read.limits().turnWindow()).isEqualTo(Duration.ofSeconds(30));
        assertThat(read.limits().drain()).isEqualTo(Duration.ofMillis(500));
        assertThat(read.limits().turns()).isEqualTo(Limits.DEFAULTS.turns());
    }

    @Test
    void defaultsThePlacesOfTheServer() throws IOException {
        GatewayConfig read = good(
                CONFIG.replace(
                                "\"host\": \"127.0.0.1\", \"port\": 5347, \"server\": \"prosody\"",
                                "\"server\": \"openfire\"")
                        .replace(", \"port\": 5060, \"advertise\": \"gw.hospital.example\"", ""),
                MAPPINGS);

        assertThat(read.links().get(0).host()).isEqualTo("127.0.0.1");
        assertThat(read.links().get(0).port()).isEqualTo(5275);
        assertThat(read.listen().get(0).port()).isEqualTo(5060);
    }

    @Test
    void readsASecretFromTheEnvironment() {
        Secret set = new Secret.InEnvironment("ISTHMUS_SECRET", name -> "from " + name);
        Secret missing = new Secret.InEnvironment("ISTHMUS_SECRET", name -> null);

        assertThat(set.get()).isEqualTo("from ISTHMUS_SECRET");
        assertThat(missing.objection()).contains("environment variable ISTHMUS_SECRET is not set");
        assertThat(set.toString()).doesNotContain("from");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "server": "prosody" ^ "server": "prosodie" | 2:98 /xmpp/links/0/server: expected one of "prosody", "ejabberd", "openfire", "other"
            "port": 5347 ^ "port": 70000 | 2:84 /xmpp/links/0/port: 70000 (expected: 1-65535)
            "port": 5347 ^ "prot": 5347 | 2:84 /xmpp/links/0/prot: unknown key "prot" (did you mean "port"?)
            "secret": { "file": "secret" } ^ "secret": "hunter2" | 3:26 /xmpp/links/0/secret: expected { "file": "…" } or { "env": "…" }: a secret itself does not belong in this file
            "secret": { "file": "secret" } ^ "secret": {} | 3:26 /xmpp/links/0/secret: expected { "file": "…" } or { "env": "…" }: a secret itself does not belong in this file
            "secret": { "file": "secret" } ^ "secret": { "env": "ISTHMUS_NOT_SET" } | 3:26 /xmpp/links/0/secret: environment variable ISTHMUS_NOT_SET is not set
            "secret": { "file": "secret" } ^ "secret": { "file": "x/secret" } | 3:26 /xmpp/links/0/secret: secret file FOLDER/x/secret: no such file
            "tls": "off" } ] } ^ "tls": "required" } ] } | 3:58 /xmpp/links/0/tls: "required" is not built yet: component links do not speak STARTTLS; "direct" is TLS on the server's TLS component port, "off" is for loopback or a network of its own
            "tls": "off" } ] } ^ "tls": "on" } ] } | 3:58 /xmpp/links/0/tls: expected "off" or "direct"
            "transport": "tcp" ^ "transport": "tls" | 4:27 /sip/listen/0/transport: "tls" is not built yet; "udp" and "tcp" are
            "address": "10.1.2.3" ^ "address": "gw.example" | 4:47 /sip/listen/0/address: "gw.example" is not an IP address (expected: a literal such as 10.1.2.3 or ::1)
            "advertise": "gw.hospital.example" ^ "advertise": "a b" | 4:84 /sip/listen/0/advertise: "a b": expected a host of letters, digits, hyphens and dots
            "from": ["10.9.0.0/16"] ^ "from": ["0.0.0.0/0"] | 5:69 /partners/campus/from/0: "0.0.0.0/0" would trust everybody
            "from": ["10.9.0.0/16"] ^ "from": ["10.9.1.0/16"] | 5:69 /partners/campus/from/0: "10.9.1.0/16" has bits beyond its prefix (did you mean 10.9.0.0/16?)
            "from": ["10.9.0.0/16"] ^ "from": [] | 5:60 /partners/campus/from: expected at least one network such as 10.9.0.0/16
            "route": "sip:proxy ^ "route": "sips:proxy | 5:85 /partners/campus/route: TLS is not built yet (expected: sip: with transport=udp or transport=tcp)
            transport=tcp" ^ transport=sctp" | 5:85 /partners/campus/route: expected transport=udp or transport=tcp
            "route": "sip:proxy ^ "route": "sip:gw@proxy | 5:85 /partners/campus/route: expected a host without a user: it is a next hop, not a person
            "route": "sip:proxy ^ "route": "proxy | 5:85 /partners/campus/route: not a SIP URI: offset 0: expected the scheme sip, sips, im or pres
            "tls": "off" } }, ^ "tls": "preferred" } }, | 5:141 /partners/campus/tls: "preferred" is not built yet: SIP is spoken over UDP and TCP only ("off")
            "state": "/var/lib/isthmus-test" ^ "state": "secret" | 7:3 /state: FOLDER/secret is not a folder
            "state": ^ "limits": { "stanza": "64 KiB" }, "state": | 7:15 /limits/stanza: "64 KiB" is not a size (expected: such as "64KiB" or "200MiB")
            "state": ^ "limits": { "stanza": "1KiB" }, "state": | 7:15 /limits/stanza: "1KiB" (expected: 10000B to 64MiB)
            "state": ^ "limits": { "drain": "10" }, "state": | 7:15 /limits/drain: "10" is not a duration (expected: such as "500ms", "30s" or "10m")
            "state": ^ "limits": { "drain": "1d" }, "state": | 7:15 /limits/drain: "1d" (expected: 0s to 600s)
            "state": ^ "log": { "format": "json" }, "state": | 7:12 /log/format: expected one of "text"
            "version": 1 ^ "version": "1" | 1:3 /version: expected 1
            "mappings": "maps ^ "mappings": "map | FOLDER/map/mappings.json:1:1 /: no such file
            ["campus.example"] ^ ["campus.example", "*"] | 5:59 /partners/campus/domains/1: "*" is only for the partner of a mapping whose sipUsers.domain is "*"; list its domains
            ["campus.example"] ^ ["campus.example", "Hospital.example"] | 5:59 /partners/campus/domains/1: "hospital.example" is the domain of XMPP users: a partner may never claim an XMPP user's address
            ["campus.example"] ^ ["other.example"] | FOLDER/maps/mappings.json:6:22 /mappings/0/sipUsers/domain: partner "campus" may not speak for "campus.example" (its domains: other.example)
            "partners": { "campus" ^ "partners": { "trunk" | FOLDER/maps/mappings.json:5:7 /mappings/0/partner: "campus" is not a partner (known: trunk)
            """)
    void tellsEachMistakeWhereItIsMended(String change, String problem) throws IOException {
        String[] edit = change.split(" \\^ ");

        assertThat(bad(edit(CONFIG, edit[0], edit[1]), MAPPINGS)).containsExactly(placed(problem));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "appearAs": "campus.hospital.example" ^ "appearAs": "sip.hospital.example" | 6:52 /mappings/0/sipUsers/appearAs: "sip.hospital.example" is not the domain of a link (known: campus.hospital.example)
            "appearAs": "campus.hospital.example" ^ "appearAs": "a b" | 6:52 /mappings/0/sipUsers/appearAs: "a b": expected a host of letters, digits, hyphens and dots
            "domain": "campus.example" ^ "domain": "*" | 6:22 /mappings/0/sipUsers/domain: "*" needs "style": "escaped", or the SIP domain is lost on the way back
            """)
    void tellsWhatMappingsAndLinksDisagreeOn(String change, String problem) throws IOException {
        String[] edit = change.split(" \\^ ");

        assertThat(bad(CONFIG, edit(MAPPINGS, edit[0], edit[1]))).containsExactly(placed("maps " + problem));
    }

    @Test
    void saysThatOpenfireOnlyAttachesSubDomains() throws IOException {
        String kept = MAPPINGS.replace("\"campus.hospital.example\"", "\"campus.example\"");
        String openfire = CONFIG.replace("\"campus.hospital.example\"", "\"campus.example\"")
                .replace("\"prosody\"", "\"openfire\"");

        assertThat(bad(openfire, kept))
                .containsExactly(placed("maps 6:52 /mappings/0/sipUsers/appearAs: Openfire only attaches sub-domains:"
                        + " \"campus.example\" is not a sub-domain of hospital.example"));
        assertThat(good(openfire.replace("openfire", "prosody"), kept).links()).hasSize(1);
    }

    @Test
    void refusesALinkToTheDomainOfXmppUsers() throws IOException {
        String second = CONFIG.replace(
                "\"tls\": \"off\" } ] }",
                "\"tls\": \"off\" }, { \"domain\": \"Hospital.Example\", \"secret\": { \"file\": \"secret\" } } ] }");

        assertThat(bad(second, MAPPINGS))
                .containsExactly(
                        placed(
                                "3:76 /xmpp/links/1/domain: \"hospital.example\" is where the XMPP users of mapping"
                                        + " \"campus\" live: the server hosts that name itself and cannot attach a link to it"));
    }

    @Test
    void refusesTwoLinksForOneDomainAndTwoEqualListeners() throws IOException {
        String doubled = CONFIG.replace(
                        "\"tls\": \"off\" } ] }",
                        "\"tls\": \"off\" }, { \"domain\": \"CAMPUS.hospital.example\", \"secret\": { \"file\": \"secret\" } } ] }")
                .replace(
                        "\"advertise\": \"gw.hospital.example\" }",
                        "\"advertise\": \"gw.hospital.example\" }, { \"transport\": \"tcp\", \"address\": \"10.1.2.3\" }");

        assertThat(bad(doubled, MAPPINGS))
                .containsExactly(
                        placed(
                                "3:76 /xmpp/links/1/domain: \"campus.hospital.example\" is already served by /xmpp/links/0;"
                                        + " some servers would spread its stanzas over both links at random"),
                        placed("4:122 /sip/listen/1: the same transport, address and port as /sip/listen/0"));
    }

    @Test
    void tellsTheProblemsOfBothFilesAtOnce() throws IOException {
        String config = CONFIG.replace("\"transport\": \"tcp\"", "\"transport\": \"smoke\"")
                .replace("\"campus\": {", "\"trunk\": {");
        String mappings = MAPPINGS.replace("hospital.example\" } } ]", "a..b\" } } ]");

        assertThat(bad(config, mappings))
                .containsExactly(
                        placed("4:27 /sip/listen/0/transport: expected \"udp\" or \"tcp\""),
                        placed("maps 5:7 /mappings/0/partner: \"campus\" is not a partner (known: trunk)"),
                        placed("maps 7:52 /mappings/0/xmppUsers/appearAs: \"a..b\": expected a host"));
    }

    @Test
    void neverRepeatsALiteralSecret() throws IOException {
        assertThat(bad(CONFIG.replace("{ \"file\": \"secret\" }", "hunter2"), MAPPINGS)
                        .toString())
                .doesNotContain("hunter2");
        assertThat(bad(CONFIG.replace("{ \"file\": \"secret\" }", "[\"hunter2\"]"), MAPPINGS)
                        .toString())
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({"rw-r--r--", "rw-r-----", "rw--w----"})
    void warnsOfASecretFileThatIsOpenToOthers(String mode) throws IOException {
        secret("change-me", mode);

        assertThat(good(CONFIG, MAPPINGS).warnings())
                .extracting(MappingProblem::toString)
                .containsExactly(placed("3:26 /xmpp/links/0/secret: secret file FOLDER/secret is open to other users:"
                        + " chmod 600 FOLDER/secret"));
    }

    @ParameterizedTest
    @CsvSource({"''", "' \n'"})
    void refusesAnEmptySecretFile(String content) throws IOException {
        secret(content, "rw-------");

        assertThat(bad(CONFIG, MAPPINGS))
                .containsExactly(placed("3:26 /xmpp/links/0/secret: secret file FOLDER/secret is empty"));
    }

    @Test
    void asksForNoSecretWhenOnlyAddressesMatter() throws IOException {
        good(CONFIG, MAPPINGS);
        Files.delete(folder.resolve("secret"));

        assertThat(ConfigLoader.loadWithoutSecrets(config)).isInstanceOf(Reading.Good.class);
        assertThat(ConfigLoader.load(config)).isInstanceOf(Reading.Bad.class);
    }

    private void secret(String content, String mode) throws IOException {
        Path file = folder.resolve("secret");
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    /** {@code maps 1:2 …} is about the mappings file, {@code 1:2 …} about the configuration. */
    private String placed(String problem) {
        String text = problem.replace("FOLDER", folder.toString());
        if (text.startsWith("maps ")) {
            return mappings + ":" + text.substring("maps ".length());
        }
        return Character.isDigit(text.charAt(0)) ? config + ":" + text : text;
    }

    private static String edit(String text, String from, String to) {
        assertThat(text.replaceAll(" +", " ")).contains(from.replaceAll(" +", " "));
        return text.contains(from) ? text.replace(from, to) : fail("not found: " + from);
    }

    private GatewayConfig good(String configText, String mappingsText) throws IOException {
        return load(configText, mappingsText).fold(value -> value, problems -> fail(problems.toString()));
    }

    private List<String> bad(String configText, String mappingsText) throws IOException {
        return load(configText, mappingsText)
                .fold(
                        value -> fail("accepted"),
                        problems ->
                                problems.stream().map(MappingProblem::toString).toList());
    }

    private Reading<GatewayConfig> load(String configText, String mappingsText) throws IOException {
        Files.writeString(config, configText);
        Files.writeString(mappings, mappingsText);
        return ConfigLoader.load(config);
    }
}
