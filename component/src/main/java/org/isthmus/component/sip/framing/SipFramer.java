package org.isthmus.component.sip.framing;

import java.util.Arrays;
import java.util.Optional;
import org.isthmus.component.sip.SipLimits;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into SIP messages (RFC 3261 §18.3): a head up to its empty line, then Content-Length octets. Only whole
 * messages leave, so half a request never looks like a short one when its connection ends.
 *
 * <p>A message whose end is known is handed over whatever else is wrong with it. When the end cannot be known (no readable
 * Content-Length beside a body, a head without end) the stream is unusable: {@link #feed} says so and takes no more.
 *
 * <p>Not thread-safe: belongs to the thread that reads the connection.
 */
public final class SipFramer {

    /** Takes what the framer finds; called inside {@link #feed}. */
    public interface Sink {

        /** A whole message. */
        void message(RawHead head, byte[] headOctets, byte[] body);

        /** A message whose body was larger than allowed and was read past. */
        void oversized(RawHead head);

        /** CRLF CRLF between messages: the other side asks whether the connection lives (RFC 5626 §4.4.1). */
        void ping();
    }

    /**
     * Why the stream cannot be read any further.
     *
     * @param words for the log and the reason phrase
     * @param head what was understood of the offending message
     */
    public record Broken(String words, Optional<RawHead> head) {}

    private final SipLimits limits;
    private final Sink sink;

    private byte[] head = new byte[1_024];
    private int headLength;
    private int blanks;
    private @Nullable RawHead current;
    private byte[] currentOctets = {};
    private byte @Nullable [] body;
    private int bodyLength;
    private long skip;
    private long messages;

    public SipFramer(SipLimits limits, Sink sink) {
        this.limits = limits;
        this.sink = sink;
    }

    /** Whether a message has begun and not ended. */
    public boolean inMessage() {
        return headLength > 0 || current != null;
    }

    /** Messages that have ended so far. */
    public long messages() {
        return messages;
    }

    /** Takes octets from the stream; a present result is the end of it. */
    public Optional<Broken> feed(byte[] octets, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (skip > 0) {
                int skipped = (int) Math.min(skip, end - at);
                skip -= skipped;
                at += skipped;
                if (skip == 0) {
                    RawHead tooLarge = current();
                    current = null;
                    messages++;
                    sink.oversized(tooLarge);
                }
            } else if (body != null) {
                int copied = Math.min(body.length - bodyLength, end - at);
                System.arraycopy(octets, at, body, bodyLength, copied);
                bodyLength += copied;
                at += copied;
                if (bodyLength == body.length) {
                    byte[] whole = body;
                    body = null;
                    deliver(whole);
                }
            } else {
                byte octet = octets[at++];
                if (headLength == 0 && isBlank(octet)) {
                    continue;
                }
                if (headLength == head.length) {
                    head = Arrays.copyOf(head, Math.min(head.length * 2, limits.headOctets() + 4));
                }
                head[headLength++] = octet;
                if (endsHead()) {
                    Optional<Broken> broken = headDone();
                    if (broken.isPresent()) {
                        return broken;
                    }
                } else if (headLength >= limits.headOctets()) {
                    return Optional.of(new Broken(
                            "message head over " + limits.headOctets() + " octets",
                            Optional.of(RawHead.of(head, headLength))));
                }
            }
        }
        return Optional.empty();
    }

    private RawHead current() {
        if (current == null) {
            throw new AssertionError("no message in hand");
        }
        return current;
    }

    /** Line ends before a start line are ignored (RFC 3261 §7.5); two in a row are a ping. */
    private boolean isBlank(byte octet) {
        if (octet == '\r' || octet == '\n') {
            blanks++;
            if (blanks == 4) {
                blanks = 0;
                sink.ping();
            }
            return true;
        }
        blanks = 0;
        return false;
    }

    private boolean endsHead() {
        return headLength >= 4
                && head[headLength - 1] == '\n'
                && head[headLength - 2] == '\r'
                && head[headLength - 3] == '\n'
                && head[headLength - 4] == '\r';
    }

    private Optional<Broken> headDone() {
        RawHead read = RawHead.of(head, headLength);
        currentOctets = Arrays.copyOf(head, headLength);
        headLength = 0;
        long length = 0;
        boolean given = false;
        for (RawHead.Field field : read.fields()) {
            if (field.name().equals("content-length")) {
                long value = readLength(field.value());
                if (value < 0 || (given && value != length)) {
                    return Optional.of(new Broken("Content-Length is not one number", Optional.of(read)));
                }
                length = value;
                given = true;
            }
        }
        if (!given && read.first("content-type").isPresent()) {
            return Optional.of(new Broken("Content-Length is missing", Optional.of(read)));
        }
        current = read;
        if (length == 0) {
            deliver(new byte[0]);
        } else if (currentOctets.length + length <= limits.messageOctets()) {
            body = new byte[(int) length];
            bodyLength = 0;
        } else if (length <= limits.skippedOctets()) {
            skip = length;
        } else {
            return Optional.of(new Broken("body of " + length + " octets", Optional.of(read)));
        }
        return Optional.empty();
    }

    private void deliver(byte[] whole) {
        RawHead done = current();
        byte[] octets = currentOctets;
        current = null;
        currentOctets = new byte[0];
        messages++;
        sink.message(done, octets, whole);
    }

    private static long readLength(String digits) {
        if (digits.isEmpty() || digits.length() > 10) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
