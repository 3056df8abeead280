/**
 * The mappings file, and the reader that every JSON file of an operator goes through: RFC 8259 with comments, each problem with
 * line, column and JSON pointer (RFC 6901), JSON Schema (draft 2020-12) really applied.
 */
@NullMarked
package org.isthmus.mappings.json;

import org.jspecify.annotations.NullMarked;
