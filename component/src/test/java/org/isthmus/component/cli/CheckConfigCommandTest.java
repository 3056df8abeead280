package org.isthmus.component.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckConfigCommandTest {

    private static final String CONFIG = """
            { "version": 1,
              "xmpp": { "links": [ { "domain": "campus.hospital.example", "server": "ejabberd", "secret": { "file": "secret" } } ] },
              "sip":  { "listen": [ { "transport": "udp", "address": "::1" } ] },
              "partners": { "campus": { "domains": ["campus.example"], "from": ["127.0.0.0/8"], "route": "sip:127.0.0.1:5070" } },
              "mappings": "mappings.json", "state": "state" }
            """;

    private static final String MAPPINGS = """
            { "version": 1, "mappings": [ { "name": "campus", "partner": "campus",
              "sipUsers":  { "domain": "campus.example", "appearAs": "campus.hospital.example" },
              "xmppUsers": { "domain": "hospital.example", "appearAs": "hospital.example" } } ] }
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path config;

    @BeforeEach
    void write() throws IOException {
        config = Files.writeString(folder.resolve("isthmus.json"), CONFIG);
        Files.writeString(folder.resolve("mappings.json"), MAPPINGS);
        Files.writeString(folder.resolve("secret"), "change-me");
        Files.setPosixFilePermissions(folder.resolve("secret"), PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void summarisesAGoodConfigurationOnOneScreen() {
        assertThat(run("--config", config.toString())).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines())
                .containsExactly(
                        "config    " + config,
                        "state     " + folder.resolve("state"),
                        "link      campus.hospital.example at 127.0.0.1:5347 (ejabberd, tls off, secret file "
                                + folder.resolve("secret") + ")",
                        "listen    udp [::1]:5060",
                        "partner   campus: campus.example from 127.0.0.0/8 to sip:127.0.0.1:5070",
                        "mapping   campus (partner campus): SIP users of campus.example appear on"
                                + " campus.hospital.example; XMPP users of hospital.example appear on hospital.example",
                        "aliases   0 in " + folder.resolve("mappings.json"),
                        "ops       off",
                        "configuration is good");
        assertThat(out.toString()).doesNotContain("change-me");
    }

    @Test
    void printsEachProblemOnItsLineAndEndsWith78() throws IOException {
        Files.writeString(config, CONFIG.replace("\"udp\"", "\"smoke\"").replace("\"state\":", "\"stat\":"));

        assertThat(run(config.toString())).isEqualTo(78);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .containsExactly(
                        config + ":1:1 /: missing \"state\"",
                        config + ":3:27 /sip/listen/0/transport: expected \"udp\" or \"tcp\"",
                        config + ":5:32 /stat: unknown key \"stat\" (did you mean \"state\"?)");
    }

    @Test
    void endsWith64WhenItIsUsedWrongly() {
        assertThat(run("--confg", "x")).isEqualTo(64);
    }

    private int run(String... args) {
        return new CommandLine(new CheckConfigCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
