package org.isthmus.msrp.message;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.isthmus.msrp.frame.MsrpHeaders;

/**
 * A message that has begun to arrive. It is decided upon once, by {@link #accept}, {@link #acceptWhole} or
 * {@link #refuse}, at once or later: until then its octets are held within a bound, and the answer to its chunks for at
 * most 20 s. Any thread.
 */
public interface IncomingMessage {

    String messageId();

    /** Media type with parameters, as written. */
    String contentType();

    /** All header fields of the first chunk that came. */
    MsrpHeaders headers();

    /** Octets of the whole message, if the sender announced it. A claim, not a promise. */
    OptionalLong size();

    /** Octets received so far, gaps not counted. */
    long received();

    /**
     * Takes the octets in their order, as they come. The subscriber is called on the connection's loop. What it does not
     * request is buffered up to the limit; then the connection is not read, so that the sender waits. Cancelling the
     * subscription refuses the rest with 413.
     *
     * @param bufferOctets the bound; a larger one acknowledges more to a sender that gives up after 30 s
     */
    void accept(Flow.Subscriber<? super ByteBuffer> body, int bufferOctets);

    /**
     * Takes the message as a whole; where chunks overlap, the one that came last counts (RFC 4975 §7.3.1).
     *
     * @param maxOctets a larger message is refused with 413
     * @return completes on the connection's loop, or fails with {@link MessageFailure}
     */
    CompletionStage<byte[]> acceptWhole(int maxOctets);

    /**
     * Says no: to the chunks that wait for an answer, to the one that is arriving, and to those to come. May be called
     * at any time, also after accepting.
     *
     * @param status such as 403, 413 or 415
     */
    void refuse(int status);

    /** The message is complete and where it belongs: sends the success REPORT, if it was asked for. Once. */
    void succeed();

    /**
     * The message is complete but could not be brought where it belongs: sends a failure REPORT, unless the sender wants
     * none (RFC 4975 §7.1.4). Once, instead of {@link #succeed}.
     */
    void fail(int status);
}
