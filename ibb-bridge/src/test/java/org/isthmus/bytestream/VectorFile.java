package org.isthmus.bytestream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.isthmus.bytestream.iq.IqError;
import org.isthmus.translation.error.StanzaCondition;
import org.junit.jupiter.params.provider.Arguments;

/** The test vectors of one area: each is either checked here or named with the reason why it is not. */
public final class VectorFile {

    /** One vector: what comes in and what has to come of it. */
    public record Vector(String id, JsonNode input, JsonNode expect) {

        /** The input as an element. */
        public Element xml() {
            return parse(input.asText());
        }

        /** The payload of the stanza in the input. */
        public Element payload() {
            return xml().elements().get(0);
        }

        /** The error that is expected. */
        public IqError error() {
            return errorOf(expect.get("error"));
        }
    }

    private final Map<String, Vector> vectors = new LinkedHashMap<>();

    private VectorFile(String name) {
        try (InputStream in = VectorFile.class.getResourceAsStream("/vectors/" + name)) {
            for (JsonNode vector : new ObjectMapper().readTree(in).get("vectors")) {
                String id = vector.get("id").asText();
                Vector before = vectors.put(id, new Vector(id, vector.get("input"), vector.get("expect")));
                assertThat(before).as("id %s is used twice", id).isNull();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static VectorFile load(String name) {
        return new VectorFile(name);
    }

    /** The checks with their vectors. A check of a vector that does not exist is an error. */
    public Stream<Arguments> checkedBy(Map<String, Consumer<Vector>> checks) {
        assertThat(vectors.keySet()).containsAll(checks.keySet());
        return checks.entrySet().stream()
                .map(check -> Arguments.of(check.getKey(), vectors.get(check.getKey()), check.getValue()));
    }

    /** Fails unless each vector is in exactly one of the two. */
    public void assertNoneForgotten(Set<String> checked, Map<String, String> elsewhere) {
        Set<String> accounted = new LinkedHashSet<>(checked);
        accounted.addAll(elsewhere.keySet());
        assertThat(accounted).containsExactlyInAnyOrderElementsOf(vectors.keySet());
        assertThat(Collections.disjoint(checked, elsewhere.keySet())).isTrue();
        assertThat(elsewhere.values()).allSatisfy(reason -> assertThat(reason).isNotBlank());
    }

    public static Element parse(String xml) {
        try {
            return DocumentHelper.parseText(xml).getRootElement();
        } catch (DocumentException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    /** {@code {type, condition, app}} as an error; its text is not compared. */
    public static IqError errorOf(JsonNode json) {
        IqError error = IqError.of(
                StanzaCondition.valueOf(
                        json.get("condition").asText().toUpperCase(Locale.ROOT).replace('-', '_')),
                StanzaCondition.Type.valueOf(json.get("type").asText().toUpperCase(Locale.ROOT)));
        return json.has("app")
                ? error.with("http://jabber.org/protocol/si", json.get("app").asText())
                : error;
    }

    /** The same error without words. */
    public static IqError withoutText(IqError error) {
        return new IqError(error.condition(), error.type(), error.application(), Optional.empty());
    }
}
