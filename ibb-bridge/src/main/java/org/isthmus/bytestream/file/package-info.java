/** What a file's name and first octets say about it, when a stranger chose both. */
@NullMarked
package org.isthmus.bytestream.file;

import org.jspecify.annotations.NullMarked;
