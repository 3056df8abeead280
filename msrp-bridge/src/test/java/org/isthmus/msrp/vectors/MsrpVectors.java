package org.isthmus.msrp.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Reads {@code vectors/msrp.json}. */
public final class MsrpVectors {

    /** One vector. */
    public record Vector(String id, String direction, JsonNode input, JsonNode expect) {

        /** The octets of {@code raw} or {@code raw_base64}. */
        public byte[] raw() {
            return input.has("raw_base64")
                    ? Base64.getDecoder().decode(input.get("raw_base64").asText())
                    : input.get("raw").asText().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return id;
        }
    }

    private MsrpVectors() {}

    public static List<Vector> all() {
        try (InputStream in = Objects.requireNonNull(MsrpVectors.class.getResourceAsStream("/vectors/msrp.json"))) {
            List<Vector> vectors = new ArrayList<>();
            for (JsonNode v : new ObjectMapper().readTree(in).get("vectors")) {
                vectors.add(
                        new Vector(v.get("id").asText(), v.get("direction").asText(), v.get("input"), v.get("expect")));
            }
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Vector> where(Predicate<Vector> condition) {
        List<Vector> chosen = all().stream().filter(condition).toList();
        if (chosen.isEmpty()) {
            throw new IllegalStateException("no vector chosen: the test would prove nothing");
        }
        return chosen;
    }

    public static List<Vector> of(String direction) {
        return where(v -> v.direction().equals(direction));
    }

    public static Vector byId(String id) {
        return where(v -> v.id().equals(id)).get(0);
    }
}
