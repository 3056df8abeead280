package org.isthmus.bytestream.iq;

import java.util.Objects;

/**
 * A payload that is not what its standard says. The only exception that a reader of this library lets out.
 *
 * <p>A tree has no offsets, so the place is the path of element and attribute. The answer is what to send to the peer; the
 * message of this exception names place and expectation and never the content.
 */
public final class MalformedRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient IqError answer;
    private final String place;

    /**
     * Made by readers.
     *
     * @param place for example {@code open@block-size}
     * @param expectation for example {@code 1 to 65535}
     */
    public MalformedRequestException(String place, String expectation, IqError answer) {
        super(place + ": expected " + expectation);
        this.place = Objects.requireNonNull(place, "place");
        this.answer = Objects.requireNonNull(answer, "answer");
    }

    /** Element and attribute. */
    public String place() {
        return place;
    }

    /** What to answer. */
    public IqError answer() {
        return answer;
    }
}
