package org.isthmus.component.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.isthmus.component.DryRun;
import org.isthmus.component.SettingsFromConfig;
import org.isthmus.component.config.GatewayConfig;
import org.isthmus.translation.xml.XmlSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code isthmus translate}: what the gateway would make of one stanza or one SIP request. Opens no connection. */
@Command(
        name = "translate",
        description = {
            "Prints what would leave the gateway for one stanza or one SIP request, or the refusal.",
            "Nothing is sent. Reads FILE, or standard input."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCodes.USAGE)
final class TranslateCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--batch",
            description =
                    "One JSON object a line on standard input, {\"stanza\": …} or {\"sip\": …}; one answer a line.")
    private boolean batch;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The stanza or the request.")
    private @Nullable Path file;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CommandSpec self = Objects.requireNonNull(spec, "spec");
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        Optional<GatewayConfig> loaded = config.load(self.commandLine().getErr());
        if (loaded.isEmpty()) {
            return ExitCodes.CONFIGURATION;
        }
        List<String> partners = List.copyOf(loaded.get().partners().names());
        try (DryRun gateway = new DryRun(SettingsFromConfig.of(loaded.get(), Version.text()))) {
            if (batch) {
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.isBlank()) {
                        out.println(answer(gateway, line, partners));
                        out.flush();
                    }
                }
                return ExitCodes.OK;
            }
            String text = file == null
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(file, StandardCharsets.UTF_8);
            out.println(
                    text.stripLeading().startsWith("<")
                            ? stanza(gateway, text).toPrettyString()
                            : sip(gateway, text, partners).toPrettyString());
            out.flush();
            return ExitCodes.OK;
        }
    }

    private static String answer(DryRun gateway, String line, List<String> partners) throws JsonProcessingException {
        ObjectNode answer;
        try {
            JsonNode question = JSON.readTree(line);
            if (question.path("stanza").isTextual()) {
                answer = stanza(gateway, question.path("stanza").textValue());
            } else if (question.path("sip").isTextual()) {
                answer = sip(gateway, question.path("sip").textValue(), partners);
            } else {
                answer = error("expected {\"stanza\": …} or {\"sip\": …}");
            }
        } catch (JsonProcessingException notJson) {
            answer = error("not JSON");
        } catch (RuntimeException defect) {
            answer = error(defect.getClass().getSimpleName());
        }
        return JSON.writeValueAsString(answer);
    }

    private static ObjectNode stanza(DryRun gateway, String text) {
        DryRun.Leaving leaving;
        try {
            leaving = gateway.stanza(text);
        } catch (XmlSyntaxException | IllegalArgumentException unreadable) {
            return error(String.valueOf(unreadable.getMessage()));
        }
        ObjectNode answer = JSON.createObjectNode();
        if (!leaving.requests().isEmpty()) {
            answer.put("sip", leaving.requests().get(0));
            if (leaving.requests().size() > 1) {
                leaving.requests().forEach(answer.putArray("all")::add);
            }
            return answer;
        }
        for (String stanza : leaving.stanzas()) {
            Optional<ObjectNode> refused = RefusedStanza.read(stanza, JSON);
            if (refused.isPresent()) {
                answer.set("refused", refused.get());
            }
        }
        leaving.stanzas().forEach(answer.putArray("stanzas")::add);
        return answer;
    }

    private static ObjectNode sip(DryRun gateway, String text, List<String> partners) {
        DryRun.Leaving leaving = gateway.sip(text, partners);
        ObjectNode answer = JSON.createObjectNode();
        leaving.stanzas().forEach(answer.putArray("stanzas")::add);
        leaving.status().ifPresent(status -> {
            answer.put("status", status);
            if (status >= 300) {
                answer.putObject("refused").put("status", status).put("reason", leaving.reason());
            }
        });
        return answer;
    }

    private static ObjectNode error(String words) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("refused").put("reason", words);
        return answer;
    }
}
