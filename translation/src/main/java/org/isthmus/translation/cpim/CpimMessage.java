package org.isthmus.translation.cpim;

import java.util.Arrays;
import java.util.Objects;

/**
 * A whole message, immutable. Equality is by value.
 *
 * @param head everything before the content
 * @param content the content as it came, no transfer encoding undone; copied in and out
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by value below
public record CpimMessage(CpimHead head, byte[] content) {

    public CpimMessage {
        Objects.requireNonNull(head, "head");
        content = content.clone();
    }

    @Override
    public byte[] content() {
        return content.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CpimMessage that && head.equals(that.head) && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return 31 * head.hashCode() + Arrays.hashCode(content);
    }

    /** Type and size; never the text, which may not reach a log. */
    @Override
    public String toString() {
        return "CPIM of " + head.contentType().orElse("no type") + " (" + content.length + " octets)";
    }
}
