package org.isthmus.mappings.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.isthmus.mappings.DomainMapping;
import org.isthmus.mappings.DomainMapping.Style;
import org.isthmus.mappings.DomainMappings;
import org.isthmus.mappings.MappingConflict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingsJsonTest {

    private static final String GOOD = """
            { "version": 1, // the shape
              "mappings": [
                { "name": "campus", "partner": "campus",
                  "sipUsers":  { "domain": "campus.example",   "appearAs": "campus.hospital.example" },
                  "xmppUsers": { "domain": "hospital.example", "appearAs": "hospital.example" } },
                { "name": "others",
                  "partner": "trunk",
                  "sipUsers":  { "domain": "*", "appearAs": "sip.hospital.example", "style": "escaped" },
                  "xmppUsers": { "domain": "hospital.example", "appearAs": "hospital.example" } } ],
              "aliases": [ { "mapping": "campus", "jid": "ward3@campus.hospital.example", "uri": "sip:4930123@campus.example" } ] }
            """;

    private static final MappingSurroundings TWO_PARTNERS = surroundings("campus", "trunk");

    @TempDir
    Path folder;

    @Test
    void readsTheShapeOfTheDesign() {
        DomainMappings mappings = good(GOOD);

        assertThat(mappings.all()).extracting(DomainMapping::name).containsExactly("campus", "others");
        assertThat(mappings.all().get(1).sipUsers().style()).isEqualTo(Style.ESCAPED);
        assertThat(mappings.aliases()).hasSize(1);
    }

    @Test
    void tellsAnUnknownPartnerWithPlaceAndPointer() {
        assertThat(bad(GOOD.replace("\"partner\": \"trunk\"", "\"partner\": \"trnk\"")))
                .containsExactly(
                        "mappings.json:7:7 /mappings/1/partner: \"trnk\" is not a partner (known: campus, trunk)");
    }

    @Test
    void tellsAllProblemsAtOnceInTheOrderOfTheFile() {
        String text = GOOD.replace("\"version\": 1", "\"version\": 2")
                .replace("\"domain\": \"campus.example\"", "\"domian\": \"campus.example\"")
                .replace("\"style\": \"escaped\"", "\"style\": \"escapd\"")
                .replace("\"partner\": \"trunk\"", "\"partner\": \"x\", \"partner\": \"trunk\"")
                .replace("4930123@", "@");

        assertThat(bad(text))
                .containsExactly(
                        "mappings.json:1:3 /version: expected 1",
                        "mappings.json:4:7 /mappings/0/sipUsers: missing \"domain\"",
                        "mappings.json:4:22 /mappings/0/sipUsers/domian: unknown key \"domian\" (did you mean \"domain\"?)",
                        "mappings.json:7:7 /mappings/1/partner: \"x\" is not a partner (known: campus, trunk)",
                        "mappings.json:7:23 /mappings/1/partner: the key \"partner\" already stands in line 7",
                        "mappings.json:8:22 /mappings/1/sipUsers/domain: \"*\" needs \"style\": \"escaped\", or the SIP domain is lost on the way back",
                        "mappings.json:8:73 /mappings/1/sipUsers/style: expected one of \"plain\", \"escaped\"",
                        "mappings.json:10:79 /aliases/0/uri: not a SIP URI: offset 4: expected a user before @");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { "version": 1,                       | mappings.json:1:16 /: not JSON: Unexpected end-of-input within/between Object entries
            { "version": 1                        | mappings.json:1:15 /: not JSON: Unexpected end-of-input: expected close marker for Object
            { "secret": hunter2 }                 | mappings.json:1:13 /: not JSON: expected a value in quotes, a number, true, false or null
            { "version": 1 } }                    | mappings.json:1:18 /: not JSON: Unexpected close marker '}': no open Object to close
            [] 7                                  | mappings.json:1:1 /: expected an object && mappings.json:1:4 /: expected nothing after the JSON object
            [1, 2]                                | mappings.json:1:1 /: expected an object
            { "version": 1, "mappings": [] }      | mappings.json:1:17 /mappings: expected at least one mapping
            { "version": 1, "mappings": "x" }     | mappings.json:1:17 /mappings: expected at least one mapping
            { "version": 1, "mappings": [7] }     | mappings.json:1:30 /mappings/0: expected an object
            { "version": 1 }                      | mappings.json:1:1 /: missing "mappings"
            """)
    void tellsWhatIsNotTheShape(String text, String problem) {
        assertThat(bad(text)).containsExactly(problem.split(" && "));
    }

    @Test
    void namesBothOffendersOfAConflict() {
        String shared = GOOD.replace("\"domain\": \"*\"", "\"domain\": \"Campus.Example\"");

        assertThat(bad(shared))
                .containsExactly(
                        "mappings.json:6:5 /mappings/1: mapping \"campus\" and mapping \"others\" join the same people: XMPP users of hospital.example and SIP users of campus.example");
    }

    @Test
    void readsDomainsInAnySpelling() {
        DomainMappings mappings = good(GOOD.replace("campus.example\"", "B\u00dccher.example\"")
                .replace("4930123@campus.example", "4930123@xn--bcher-kva.example"));

        assertThat(mappings.all().get(0).sipUsers().domain()).isEqualTo("xn--bcher-kva.example");
    }

    @Test
    void passesOnWhatTheConfigurationObjectsTo() {
        MappingSurroundings surroundings = new MappingSurroundings() {
            @Override
            public Set<String> partners() {
                return Set.of("campus", "trunk");
            }

            @Override
            public List<MappingConflict> objections(DomainMapping mapping) {
                return List.of(new MappingConflict("/sipUsers/appearAs", "no link for " + mapping.name()));
            }
        };

        assertThat(problems(MappingsJson.read(LocatedJson.of("mappings.json", GOOD), surroundings)))
                .containsExactly(
                        "mappings.json:4:52 /mappings/0/sipUsers/appearAs: no link for campus",
                        "mappings.json:8:37 /mappings/1/sipUsers/appearAs: no link for others");
    }

    @Test
    void readsAFileAndTellsOneThatIsNotThere() throws IOException {
        Path file = Files.writeString(folder.resolve("mappings.json"), "\ufeff" + GOOD);
        Path latin = Files.write(folder.resolve("latin.json"), "{\"\u00e9\":1}".getBytes(StandardCharsets.ISO_8859_1));
        Path missing = folder.resolve("missing.json");

        assertThat(MappingsJson.read(file, TWO_PARTNERS)).isInstanceOf(Reading.Good.class);
        assertThat(problems(MappingsJson.read(missing, TWO_PARTNERS)))
                .containsExactly(missing + ":1:1 /: no such file");
        assertThat(problems(MappingsJson.read(latin, TWO_PARTNERS))).containsExactly(latin + ":1:1 /: expected UTF-8");
    }

    private static MappingSurroundings surroundings(String... partners) {
        return new MappingSurroundings() {
            @Override
            public Set<String> partners() {
                return new LinkedHashSet<>(List.of(partners));
            }

            @Override
            public List<MappingConflict> objections(DomainMapping mapping) {
                return List.of();
            }
        };
    }

    private static DomainMappings good(String text) {
        return MappingsJson.read(LocatedJson.of("mappings.json", text), TWO_PARTNERS)
                .fold(value -> value, problems -> fail(problems.toString()));
    }

    private static List<String> bad(String text) {
        return problems(MappingsJson.read(LocatedJson.of("mappings.json", text), TWO_PARTNERS));
    }

    private static List<String> problems(Reading<DomainMappings> reading) {
        return reading.fold(
                value -> fail("accepted"),
                problems -> problems.stream().map(MappingProblem::toString).toList());
    }
}
