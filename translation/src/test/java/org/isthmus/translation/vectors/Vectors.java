package org.isthmus.translation.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The test vectors: one JSON file an area, each row with id, input and expect. */
public final class Vectors {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Vectors() {}

    /** One row. */
    public record Vector(String id, JsonNode input, JsonNode expect) {
        @Override
        public String toString() {
            return id;
        }
    }

    /** All rows of a file. */
    public static List<Vector> of(String area) {
        try (InputStream file = Vectors.class.getResourceAsStream("/vectors/" + area + ".json")) {
            List<Vector> rows = new ArrayList<>();
            for (JsonNode row : JSON.readTree(file).get("vectors")) {
                rows.add(new Vector(row.get("id").asText(), row.get("input"), row.get("expect")));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a file that a test executes. */
    public static List<Vector> of(String area, Predicate<Vector> mine) {
        return of(area).stream().filter(mine).toList();
    }

    /** Rows that are neither executed nor listed, and listed ids that no longer exist: both have to be empty. */
    public static List<String> unaccounted(String area, Set<String> executed, Map<String, String> elsewhere) {
        List<String> problems = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Vector row : of(area)) {
            ids.add(row.id());
            if (executed.contains(row.id()) == elsewhere.containsKey(row.id())) {
                problems.add(row.id());
            }
        }
        elsewhere.keySet().stream().filter(id -> !ids.contains(id)).forEach(problems::add);
        return problems;
    }
}
