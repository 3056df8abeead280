package org.isthmus.mappings.json;

/**
 * One thing that keeps a file from being used, for the operator who wrote it.
 *
 * @param file the file as the operator named it
 * @param line from 1
 * @param column from 1, in characters
 * @param pointer JSON pointer (RFC 6901), "" for the whole file
 * @param text what is wrong and what is expected; never a secret
 */
public record MappingProblem(String file, int line, int column, String pointer, String text) {

    /** {@code mappings.json:14:9 /mappings/0/partner: "campsu" is not a partner (known: campus, trunk)}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + " " + (pointer.isEmpty() ? "/" : pointer) + ": " + text;
    }
}
