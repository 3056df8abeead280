package org.isthmus.component.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MapCommandTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path config;

    @BeforeEach
    void write() throws IOException {
        // no secret file: addresses need none
        config = Files.writeString(folder.resolve("isthmus.json"), """
                { "version": 1,
                  "xmpp": { "links": [ { "domain": "campus.hospital.example", "secret": { "file": "secret" } } ] },
                  "sip":  { "listen": [ { "transport": "udp", "address": "127.0.0.1" } ] },
                  "partners": { "campus": { "domains": ["campus.example"], "from": ["127.0.0.0/8"], "route": "sip:127.0.0.1:5070" } },
                  "mappings": "mappings.json", "state": "state" }
                """);
        Files.writeString(folder.resolve("mappings.json"), """
                { "version": 1, "mappings": [ { "name": "campus", "partner": "campus",
                  "sipUsers":  { "domain": "campus.example", "appearAs": "campus.hospital.example" },
                  "xmppUsers": { "domain": "hospital.example", "appearAs": "hospital.example" } } ] }
                """);
    }

    @Test
    void printsWhatEachAddressBecomesAndWhy() {
        assertThat(run(InputStream.nullInputStream(), "sip:O'Hara@campus.example", "t\u00fc@hospital.example/x"))
                .isZero();
        assertThat(lines(out))
                .containsExactly(
                        "sip:O'Hara@campus.example -> o\\27hara@campus.hospital.example  (mapping campus: SIP users of"
                                + " campus.example appear on campus.hospital.example)",
                        "t\u00fc@hospital.example/x -> sip:t%C3%BC@hospital.example;gr=x  (mapping campus: XMPP users of"
                                + " hospital.example appear on hospital.example)");
    }

    @Test
    void printsWhichRuleRefusesAndEndsWith1() {
        assertThat(run(InputStream.nullInputStream(), "tel:+1555", "x@nowhere.example", "sip:a@campus.example"))
                .isEqualTo(1);
        assertThat(lines(out))
                .element(0)
                .isEqualTo(
                        "tel:+1555 -> refused  (UNSUPPORTED_SCHEME: scheme \"tel\" (expected: sip, sips, im or pres))");
        assertThat(lines(out))
                .element(1)
                .isEqualTo("x@nowhere.example -> refused  (NO_MAPPING: x@nowhere.example: no mapping names the domain"
                        + " nowhere.example)");
        assertThat(lines(out)).hasSize(3);
    }

    @Test
    void answersEachLineOfABatchInOrder() throws IOException {
        List<JsonNode> answers = batch(
                "{\"uri\": \"sip:O'Hara@campus.example;gr=a%20b\"}",
                "{\"jid\": \"Tsch\u00fcss@hospital.example\"}",
                "{\"uri\": \"<sip:bob@campus.example>;gr=x\"}",
                "{\"uri\": \"im:bob@campus.example\"}",
                "{\"jid\": \"a(b@hospital.example/x\", \"scheme\": \"im\"}",
                "{\"uri\": \"tel:+1555\"}",
                "{\"uri\": \"sip:a%zzb@campus.example\"}",
                "{\"jid\": \"a\\\\5cb@campus.hospital.example\"}");

        assertThat(answers)
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"uri\":\"sip:o'hara@campus.example;gr=a%20b\",\"jid\":\"o\\\\27hara@campus.hospital.example/a b\",\"mapping\":\"campus\"}",
                        "{\"uri\":\"sip:tsch%C3%BCss@hospital.example\",\"jid\":\"tsch\u00fcss@hospital.example\",\"mapping\":\"campus\"}",
                        "{\"uri\":\"sip:bob@campus.example;gr=x\",\"jid\":\"bob@campus.hospital.example/x\",\"mapping\":\"campus\"}",
                        "{\"uri\":\"im:bob@campus.example\",\"jid\":\"bob@campus.hospital.example\",\"mapping\":\"campus\"}",
                        "{\"uri\":\"im:a%28b@hospital.example\",\"jid\":\"a(b@hospital.example/x\",\"mapping\":\"campus\"}",
                        "{\"error\":\"unsupported-scheme\",\"reason\":\"UNSUPPORTED_SCHEME\",\"detail\":\"scheme \\\"tel\\\" (expected: sip, sips, im or pres)\"}",
                        "{\"error\":\"jid-malformed\",\"reason\":\"MALFORMED\",\"detail\":\"not a SIP URI: offset 5: expected two hexadecimal digits after %\"}",
                        "{\"error\":\"jid-malformed\",\"reason\":\"NOT_CANONICAL\",\"detail\":\"a\\\\5cb@campus.hospital.example: the localpart of this user is written a\\\\b (XEP-0106 \u00a74.2)\"}");
    }

    @Test
    void noBadLineEndsTheRun() throws IOException {
        List<String> bad = new ArrayList<>(List.of(
                "",
                "   ",
                "{",
                "[]",
                "7",
                "null",
                "{}",
                "{\"jid\": 7}",
                "{\"jid\": \"a@b\", \"uri\": \"sip:a@b\"}",
                "{\"jid\": \"a@b\", \"jid\": \"a@b\"}",
                "{\"jid\": \"a@b\"} {}",
                "{\"jid\": \"a@b\", \"what\": 1}",
                "{\"jid\": \"a@b\", \"scheme\": \"tel\"}",
                "{\"jid\": \"\"}",
                "{\"uri\": \"\"}",
                "{\"uri\": \"<\"}",
                "{\"uri\": \"\\u0000\"}",
                "{\"jid\": \"" + "a".repeat(MapBatch.MAX_LINE) + "\"}",
                "[".repeat(5_000)));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder line = new StringBuilder("{\"uri\": \"sip:bob@campus.example\"}");
            line.setCharAt(random.nextInt(line.length()), (char) (' ' + random.nextInt(95)));
            line.setCharAt(random.nextInt(line.length()), (char) (' ' + random.nextInt(95)));
            bad.add(line.toString());
        }
        bad.add("{\"uri\": \"sip:last@campus.example\"}");

        List<JsonNode> answers = batch(bad.toArray(String[]::new));

        assertThat(answers).hasSameSizeAs(bad);
        assertThat(answers.subList(0, 19)).allMatch(answer -> answer.has("error") && answer.has("reason"));
        assertThat(answers.get(answers.size() - 1).path("jid").asText()).isEqualTo("last@campus.hospital.example");
    }

    @Test
    void answersALineThatIsNoUtf8AndOneWithoutAnEnd() throws IOException {
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        in.write(new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
        in.write("{\"uri\": \"sip:bob@campus.example\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(run(new ByteArrayInputStream(in.toByteArray()), "--batch")).isZero();
        assertThat(lines(out)).hasSize(2);
        assertThat(lines(out).get(0)).contains("NOT_UTF8");
        assertThat(lines(out).get(1)).contains("bob@campus.hospital.example");
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void answersEachLineBeforeItReadsTheNext() throws IOException {
        try (PipedInputStream answer = new PipedInputStream();
                PipedOutputStream answered = new PipedOutputStream(answer)) {
            PipedInputStream asked = new PipedInputStream();
            CompletableFuture<Integer> code;
            try (PipedOutputStream ask = new PipedOutputStream(asked)) {
                code = CompletableFuture.supplyAsync(() -> run(asked, answered, "--batch"));
                for (String user : List.of("a", "b", "c")) {
                    ask.write(("{\"uri\": \"sip:" + user + "@campus.example\"}\n").getBytes(StandardCharsets.UTF_8));
                    ask.flush();
                    StringBuilder line = new StringBuilder();
                    for (int c = answer.read(); c != '\n'; c = answer.read()) {
                        line.append((char) c);
                    }
                    assertThat(line).contains(user + "@campus.hospital.example");
                }
            }
            assertThat(code.join()).isZero();
        }
    }

    @Test
    void isUsedWithAddressesOrABatchAndAGoodConfiguration() throws IOException {
        assertThat(run(InputStream.nullInputStream())).isEqualTo(64);
        assertThat(run(InputStream.nullInputStream(), "--batch", "a@b")).isEqualTo(64);
        Files.writeString(config, "{");
        assertThat(run(InputStream.nullInputStream(), "a@b")).isEqualTo(78);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(config + ":1:2 /: not JSON");
    }

    private List<JsonNode> batch(String... asked) throws IOException {
        byte[] in = (String.join("\n", asked) + "\n").getBytes(StandardCharsets.UTF_8);
        assertThat(run(new ByteArrayInputStream(in), "--batch")).isZero();
        List<JsonNode> answers = new ArrayList<>();
        for (String line : lines(out)) {
            answers.add(new ObjectMapper().readTree(line));
        }
        return answers;
    }

    private static List<String> lines(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private int run(InputStream in, String... args) {
        return run(in, out, args);
    }

    private int run(InputStream in, OutputStream answers, String... args) {
        List<String> all = new ArrayList<>(List.of("--config", config.toString()));
        all.addAll(List.of(args));
        return new CommandLine(new MapCommand(in, answers, err)).execute(all.toArray(String[]::new));
    }
}
