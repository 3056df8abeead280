package org.isthmus.mappings;

/**
 * Two entries that cannot stand side by side, or one that cannot be undone.
 *
 * @param pointer the later offender, as a JSON pointer into the mappings file (RFC 6901)
 * @param text both offenders by name, and why
 */
public record MappingConflict(String pointer, String text) {}
