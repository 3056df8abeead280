/**
 * In-band bytestreams (XEP-0047 version 2.0.1), both roles: we receive data in IQs and in messages and send it in IQs.
 *
 * <p>{@link org.isthmus.bytestream.ibb.IbbStreams} knows the streams by their key and takes stanzas from any thread; an
 * {@link org.isthmus.bytestream.ibb.IbbSession} is one stream, confined to the thread of its owner, with one half for each
 * direction.
 */
@NullMarked
package org.isthmus.bytestream.ibb;

import org.jspecify.annotations.NullMarked;
