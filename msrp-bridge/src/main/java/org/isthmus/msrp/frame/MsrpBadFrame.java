package org.isthmus.msrp.frame;

import org.jspecify.annotations.Nullable;

/**
 * A frame that breaks the syntax.
 *
 * @param head what could be read of it, for an answer; absent when the start line itself was unreadable
 * @param cause what is wrong with it, and the code to answer
 * @param fatal whether the end of the frame cannot be found: the decoder reads nothing after it and the connection is to
 *     be closed. Otherwise the frame is skipped and the next one is read.
 */
public record MsrpBadFrame(@Nullable MsrpHead head, MsrpSyntaxException cause, boolean fatal) implements MsrpPart {}
