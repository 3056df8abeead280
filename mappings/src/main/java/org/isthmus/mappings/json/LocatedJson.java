package org.isthmus.mappings.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON file of an operator, read into a tree that knows where everything stands. Not thread-safe; used while starting.
 *
 * <p>Comments are read ({@code //} and the long form). A duplicate key is a problem, not the last one wins. Problems are collected, never thrown:
 * first what JSON itself refuses (then nothing else is known), then what the schema refuses, then what the reader of the values
 * finds; about a place that the schema refused, later findings are dropped.
 */
public final class LocatedJson {

    /** More than any configuration; keeps a wrong file name (a log, an image) from filling the heap. */
    static final int MAX_OCTETS = 16 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(64).build())
            .build();

    private record Place(int line, int column) {}

    private final String file;
    private final Map<String, Place> places = new HashMap<>();
    private final List<MappingProblem> problems = new ArrayList<>();
    private final List<MappingProblem> warnings = new ArrayList<>();
    private final Set<String> refusedBySchema = new HashSet<>();
    private JsonNode root = JsonNodeFactory.instance.missingNode();

    private LocatedJson(String file) {
        this.file = file;
    }

    /** Reads a file; what went wrong is in {@link #problems()}, and then the tree may be partial or missing. */
    public static LocatedJson read(Path file) {
        LocatedJson json = new LocatedJson(file.toString());
        try {
            if (Files.size(file) > MAX_OCTETS) {
                json.problemAt(1, 1, "", "larger than " + (MAX_OCTETS >> 20) + " MiB");
                return json;
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            json.parse(text);
        } catch (NoSuchFileException missing) {
            json.problemAt(1, 1, "", "no such file");
        } catch (CharacterCodingException notUtf8) {
            json.problemAt(1, 1, "", "expected UTF-8");
        } catch (IOException unreadable) {
            json.problemAt(1, 1, "", "cannot be read (" + unreadable.getClass().getSimpleName() + ")");
        }
        return json;
    }

    /** Reads a text as if it were the content of a file of this name. */
    public static LocatedJson of(String file, String text) {
        LocatedJson json = new LocatedJson(file);
        json.parse(text);
        return json;
    }

    /** The tree; a missing node when the text is no JSON. */
    public JsonNode root() {
        return root;
    }

    /** Everything found so far. */
    public List<MappingProblem> problems() {
        return List.copyOf(problems);
    }

    /** What is unwise and nevertheless accepted. */
    public List<MappingProblem> warnings() {
        return List.copyOf(warnings);
    }

    /** The root, for reading values. */
    public JsonCursor cursor() {
        return new JsonCursor(this, root, "");
    }

    /** Reports a finding about the values. */
    public void problem(String pointer, String text) {
        if (!refusedBySchema.contains(pointer)) {
            add(pointer, text);
        }
    }

    /** Reports something unwise that is accepted. */
    void warning(String pointer, String text) {
        warnings.add(located(pointer, text));
    }

    /** Reports a finding of the schema. */
    void schemaProblem(String pointer, String text) {
        refusedBySchema.add(pointer);
        add(pointer, text);
    }

    private void add(String pointer, String text) {
        problems.add(located(pointer, text));
    }

    private MappingProblem located(String pointer, String text) {
        // a key that is missing has no place: its object has
        String known = pointer;
        while (!known.isEmpty() && !places.containsKey(known)) {
            known = known.substring(0, known.lastIndexOf('/'));
        }
        Place place = places.getOrDefault(known, new Place(1, 1));
        return new MappingProblem(file, place.line(), place.column(), pointer, text);
    }

    private void problemAt(int line, int column, String pointer, String text) {
        problems.add(new MappingProblem(file, line, column, pointer, text));
    }

    private void parse(String text) {
        // a byte order mark is no JSON, but editors write it
        String json = text.startsWith("\ufeff") ? text.substring(1) : text;
        try (JsonParser parser = FACTORY.createParser(new StringReader(json))) {
            if (parser.nextToken() == null) {
                problemAt(1, 1, "", "expected a JSON object");
                return;
            }
            places.put("", place(parser));
            root = value(parser, "");
            if (parser.nextToken() != null) {
                Place place = place(parser);
                problemAt(place.line(), place.column(), "", "expected nothing after the JSON object");
            }
        } catch (JsonProcessingException syntax) {
            JsonLocation at = syntax.getLocation();
            root = JsonNodeFactory.instance.missingNode();
            problems.clear();
            problemAt(
                    at == null ? 1 : Math.max(1, at.getLineNr()),
                    at == null ? 1 : Math.max(1, at.getColumnNr()),
                    "",
                    "not JSON: " + firstSentence(syntax.getOriginalMessage()));
        } catch (IOException impossible) {
            throw new IllegalStateException("a string cannot fail to be read", impossible);
        }
    }

    /** The value at the parser's token; leaves the parser on its last token. */
    private JsonNode value(JsonParser parser, String pointer) throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, pointer);
            case START_ARRAY -> array(parser, pointer);
            case VALUE_STRING -> nodes.textNode(parser.getText());
            case VALUE_NUMBER_INT -> nodes.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            default -> nodes.nullNode();
        };
    }

    private JsonNode object(JsonParser parser, String pointer) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            String child = child(pointer, key);
            Place place = place(parser);
            parser.nextToken();
            if (object.has(key)) {
                problemAt(
                        place.line(),
                        place.column(),
                        child,
                        "the key \"" + key + "\" already stands in line "
                                + places.getOrDefault(child, place).line());
                parser.skipChildren();
                continue;
            }
            places.put(child, place);
            object.set(key, value(parser, child));
        }
        return object;
    }

    private JsonNode array(JsonParser parser, String pointer) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String child = pointer + "/" + array.size();
            places.put(child, place(parser));
            array.add(value(parser, child));
        }
        return array;
    }

    private static Place place(JsonParser parser) {
        JsonLocation at = parser.currentTokenLocation();
        return new Place(at.getLineNr(), at.getColumnNr());
    }

    /** The pointer of a member (RFC 6901 §3). */
    static String child(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    /** Jackson's sentence, but for what it quotes of the source, which could be a secret, and where it began. */
    private static String firstSentence(String message) {
        String line = message.lines().findFirst().orElse("");
        if (line.startsWith("Unrecognized token")) {
            return "expected a value in quotes, a number, true, false or null";
        }
        int bracket = line.indexOf(" (start marker");
        return bracket < 0 ? line : line.substring(0, bracket);
    }
}
