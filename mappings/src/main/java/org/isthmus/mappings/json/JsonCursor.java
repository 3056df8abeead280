package org.isthmus.mappings.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place in a {@link LocatedJson}. Getters give what is there in the right type and nothing otherwise: that something is missing
 * or of another type is the schema's finding, not theirs.
 */
public final class JsonCursor {

    private final LocatedJson json;
    private final JsonNode node;
    private final String pointer;

    JsonCursor(LocatedJson json, JsonNode node, String pointer) {
        this.json = json;
        this.node = node;
        this.pointer = pointer;
    }

    /** Where this is. */
    public String pointer() {
        return pointer;
    }

    /** This value as text, if it is one. */
    public Optional<String> asText() {
        return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }

    /** The member of this name; everything in it is absent when there is none. */
    public JsonCursor at(String key) {
        return new JsonCursor(json, node.path(key), LocatedJson.child(pointer, key));
    }

    /** Whether the member is there, of whatever type. */
    public boolean has(String key) {
        return node.has(key);
    }

    public Optional<String> text(String key) {
        return at(key).asText();
    }

    public Optional<Boolean> bool(String key) {
        JsonNode value = node.path(key);
        return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
    }

    /** A whole number that fits an int. */
    public Optional<Integer> integer(String key) {
        JsonNode value = node.path(key);
        return value.isIntegralNumber() && value.canConvertToInt() ? Optional.of(value.intValue()) : Optional.empty();
    }

    /** The elements of the member, if it is an array. */
    public List<JsonCursor> items(String key) {
        JsonNode array = node.path(key);
        List<JsonCursor> out = new ArrayList<>();
        String parent = LocatedJson.child(pointer, key);
        for (int i = 0; array.isArray() && i < array.size(); i++) {
            out.add(new JsonCursor(json, array.get(i), parent + "/" + i));
        }
        return out;
    }

    /** The members of this object by name, in their order. */
    public Map<String, JsonCursor> members() {
        Map<String, JsonCursor> out = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> out.put(name, at(name)));
        return out;
    }

    /** Reports a finding about this value. */
    public void problem(String text) {
        json.problem(pointer, text);
    }

    /** Reports something unwise about this value that is accepted. */
    public void warning(String text) {
        json.warning(pointer, text);
    }

    /** Reports a finding about a member. */
    public void problem(String key, String text) {
        json.problem(LocatedJson.child(pointer, key), text);
    }
}
