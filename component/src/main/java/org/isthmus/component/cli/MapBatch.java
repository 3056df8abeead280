package org.isthmus.component.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.isthmus.mappings.AddressLookUp;
import org.isthmus.mappings.AddressMapper;
import org.isthmus.mappings.AddressRefusal;
import org.isthmus.mappings.Mapped;

/**
 * Addresses as JSON, one object a line, one answer a line in the same order. Whatever a line holds, it gets its answer and the
 * next one is read.
 *
 * <p>Asked {@code {"jid": …}} or {@code {"uri": …}}, with {@code "scheme"} (sip, im, pres) to choose how the URI of the answer
 * is written. Answered {@code {"uri": …, "jid": …, "mapping": …}}, or {@code {"error": …, "reason": …, "detail": …}}: the kind of
 * error, the name of the rule, and the rule in words.
 */
final class MapBatch {

    /** Longer than any address; the rest of such a line is skipped. */
    static final int MAX_LINE = 64 << 10;

    private static final Set<String> KEYS = Set.of("jid", "uri", "scheme");

    private static final Set<String> SCHEMES = Set.of("sip", "sips", "im", "pres");

    /** The kind of error of each rule, where it is not the name of the rule itself. */
    private static final Map<AddressRefusal, String> ERRORS = Map.of(
            AddressRefusal.MALFORMED, "jid-malformed",
            AddressRefusal.NO_USER, "jid-malformed",
            AddressRefusal.SPACE_AT_END, "jid-malformed",
            AddressRefusal.NOT_PREPARABLE, "jid-malformed",
            AddressRefusal.AMBIGUOUS_SPELLING, "jid-malformed",
            AddressRefusal.NOT_CANONICAL, "jid-malformed",
            AddressRefusal.TOO_LONG, "jid-malformed");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final AddressMapper mapper;

    MapBatch(AddressMapper mapper) {
        this.mapper = mapper;
    }

    /** Answers until the input ends. */
    void run(InputStream in, PrintWriter out) throws IOException {
        BufferedInputStream lines = new BufferedInputStream(in);
        for (Line line = read(lines); !line.end(); line = read(lines)) {
            out.print(answer(line) + "\n");
            out.flush();
        }
    }

    private String answer(Line line) {
        if (line.tooLong()) {
            return error("bad-line", "TOO_LONG", "a line of at most " + MAX_LINE + " octets")
                    .toString();
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(line.octets()).toString();
            return answer(JSON.readTree(text)).toString();
        } catch (CharacterCodingException notUtf8) {
            return error("bad-line", "NOT_UTF8", "expected UTF-8").toString();
        } catch (JsonProcessingException notJson) {
            return error("bad-line", "NOT_JSON", "expected one JSON object").toString();
        }
    }

    private ObjectNode answer(JsonNode asked) {
        if (!asked.isObject()) {
            return error("bad-line", "NOT_AN_OBJECT", "expected {\"jid\": …} or {\"uri\": …}");
        }
        JsonNode jid = asked.path("jid");
        JsonNode uri = asked.path("uri");
        String scheme = asked.path("scheme").asText("");
        boolean known = true;
        for (var names = asked.fieldNames(); names.hasNext(); ) {
            known &= KEYS.contains(names.next());
        }
        if (!known || jid.isTextual() == uri.isTextual() || (asked.has("scheme") && !SCHEMES.contains(scheme))) {
            return error("bad-line", "NOT_AN_ADDRESS", "expected {\"jid\": \"…\"} or {\"uri\": \"…\"}");
        }
        Mapped<AddressLookUp> mapped = jid.isTextual()
                ? TypedAddress.lookUpJid(mapper, jid.textValue())
                : TypedAddress.lookUpUri(mapper, uri.textValue());
        return mapped.fold(
                found -> JSON.createObjectNode()
                        .put(
                                "uri",
                                (scheme.isEmpty() ? found.uri() : found.uri().withScheme(scheme)).toString())
                        .put("jid", found.jid().toString())
                        .put("mapping", found.mapping()),
                (reason, detail) -> error(
                        ERRORS.getOrDefault(
                                reason, reason.name().toLowerCase(Locale.ROOT).replace('_', '-')),
                        reason.name(),
                        detail));
    }

    private static ObjectNode error(String error, String reason, String detail) {
        return JSON.createObjectNode().put("error", error).put("reason", reason).put("detail", detail);
    }

    private record Line(ByteBuffer octets, boolean tooLong, boolean end) {}

    private static Line read(InputStream in) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int count = 0;
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return new Line(ByteBuffer.wrap(octets.toByteArray()), count > MAX_LINE, count == 0);
            }
            if (count++ < MAX_LINE) {
                octets.write(c);
            }
        }
        return new Line(ByteBuffer.wrap(octets.toByteArray()), count > MAX_LINE, false);
    }
}
