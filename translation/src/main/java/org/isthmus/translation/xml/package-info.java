/**
 * Small XML documents and stanza payloads as immutable trees, read without DTD, entities or external references and within
 * limits.
 */
@NullMarked
package org.isthmus.translation.xml;

import org.jspecify.annotations.NullMarked;
