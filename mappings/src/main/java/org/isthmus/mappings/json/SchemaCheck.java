package org.isthmus.mappings.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A JSON Schema (draft 2020-12), applied to a file and told in an operator's words.
 *
 * <p>The validator's own sentences quote values, and a value may be a secret; so each keyword has its sentence here. A schema
 * may add the annotation {@code "expected"} to a value: what should stand there, in words.
 */
public final class SchemaCheck {

    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .keyword(new AnnotationKeyword("expected"))
            .build();

    private final JsonNode document;
    private final Schema schema;

    private SchemaCheck(JsonNode document) {
        this.document = document;
        this.schema = SchemaRegistry.withDialect(DIALECT).getSchema(document);
    }

    /**
     * Loads a schema shipped beside a class.
     *
     * @param owner whose package holds the schema
     * @param name file name of the schema
     */
    public static SchemaCheck of(Class<?> owner, String name) {
        try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
            return new SchemaCheck(new ObjectMapper().readTree(in));
        } catch (IOException broken) {
            throw new UncheckedIOException("schema " + name, broken);
        }
    }

    /** Reports everything that the schema refuses. */
    public void check(LocatedJson json) {
        if (json.root().isMissingNode()) {
            return;
        }
        for (Error error : schema.validate(json.root())) {
            String at = error.getInstanceLocation().toString();
            JsonNode rule = ruleOf(error);
            String property = error.getProperty();
            switch (error.getKeyword()) {
                case "additionalProperties", "unevaluatedProperties" -> {
                    List<String> known = new ArrayList<>();
                    rule.path("properties").fieldNames().forEachRemaining(known::add);
                    String key = property == null ? "" : property;
                    json.schemaProblem(
                            LocatedJson.child(at, key), "unknown key \"" + key + "\" " + Nearest.hint(key, known));
                }
                case "required" -> json.schemaProblem(at, "missing \"" + property + "\"");
                case "minimum", "maximum" ->
                    json.schemaProblem(at, error.getInstanceNode() + " (expected: " + range(rule) + ")");
                case "enum" -> json.schemaProblem(at, "expected one of " + words(rule.path("enum")));
                case "const" -> json.schemaProblem(at, "expected " + rule.path("const"));
                case "minItems", "minProperties", "minLength" -> json.schemaProblem(at, expected(rule, "not empty"));
                case "type" ->
                    json.schemaProblem(
                            at, expected(rule, article(rule.path("type").asText())));
                default -> json.schemaProblem(at, expected(rule, "what the schema says (" + error.getKeyword() + ")"));
            }
        }
    }

    /** The schema object that holds the keyword that failed. */
    private JsonNode ruleOf(Error error) {
        String keyword = error.getSchemaLocation().getFragment().toString();
        return document.at(keyword.substring(0, Math.max(0, keyword.lastIndexOf('/'))));
    }

    private static String expected(JsonNode rule, String otherwise) {
        return "expected " + rule.path("expected").asText(otherwise);
    }

    private static String range(JsonNode rule) {
        return rule.path("minimum").asText("…") + "-" + rule.path("maximum").asText("…");
    }

    private static String words(JsonNode values) {
        List<String> out = new ArrayList<>();
        values.forEach(value -> out.add(value.toString()));
        return String.join(", ", out);
    }

    private static String article(String type) {
        return switch (type) {
            case "array", "object", "integer" -> "an " + type;
            case "boolean" -> "true or false";
            default -> "a " + type;
        };
    }
}
