package org.isthmus.mappings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The shared test vectors, as data. */
public final class Vectors {

    private Vectors() {}

    /**
     * One row.
     *
     * @param json the whole row
     */
    public record Vector(String id, JsonNode json) {

        public JsonNode input() {
            return json.path("input");
        }

        public JsonNode expect() {
            return json.path("expect");
        }

        @Override
        public String toString() {
            return id;
        }
    }

    /** All rows of {@code vectors/<file>}. */
    public static List<Vector> of(String file) {
        try (InputStream in =
                Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + file), "vectors/" + file)) {
            List<Vector> rows = new ArrayList<>();
            new ObjectMapper()
                    .readTree(in)
                    .path("vectors")
                    .forEach(row -> rows.add(new Vector(row.path("id").asText(), row)));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
