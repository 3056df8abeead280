package org.isthmus.component.xmpp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.StreamSupport;

/** The interoperability vectors of one file. */
public final class Vectors {

    private Vectors() {}

    /** One vector; its id is its name in a report. */
    public record Vector(String id, JsonNode input, JsonNode expect) {
        @Override
        public String toString() {
            return id;
        }
    }

    public static List<Vector> of(String file) {
        try (InputStream json = Vectors.class.getResourceAsStream("/vectors/" + file)) {
            return StreamSupport.stream(
                            new ObjectMapper().readTree(json).get("vectors").spliterator(), false)
                    .map(vector -> new Vector(vector.get("id").asText(), vector.get("input"), vector.get("expect")))
                    .toList();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
