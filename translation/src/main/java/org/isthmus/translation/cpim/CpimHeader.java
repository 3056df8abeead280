package org.isthmus.translation.cpim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One header of a message (RFC 3862 §2.2).
 *
 * @param name what it is
 * @param params the parameters before the value, for example {@code lang}
 * @param raw the value as written, its escapes not undone, because a quoted name needs them
 */
public record CpimHeader(CpimName name, Map<String, String> params, String raw) {

    public CpimHeader {
        Objects.requireNonNull(name, "name");
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        Objects.requireNonNull(raw, "raw");
    }

    /** A header with that value, which is escaped here where it has to be. */
    public static CpimHeader of(CpimName name, String value) {
        return new CpimHeader(name, Map.of(), CpimEscapes.escape(value));
    }

    /** A Subject in a language (RFC 3862 §4.5). */
    public static CpimHeader subject(Optional<String> lang, String text) {
        Map<String, String> params = lang.map(tag -> Map.of("lang", tag)).orElse(Map.of());
        return new CpimHeader(CpimName.SUBJECT, params, CpimEscapes.escape(text));
    }

    /** The value with its escapes undone. */
    public String value() {
        return CpimEscapes.unescape(raw);
    }

    /** The language of the value. */
    public Optional<String> lang() {
        return Optional.ofNullable(params.get("lang")).filter(tag -> !tag.isEmpty());
    }

    /** Name only; a subject is a person's words, which may not reach a log. */
    @Override
    public String toString() {
        return name.name();
    }
}
