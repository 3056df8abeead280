package org.isthmus.msrp.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.isthmus.msrp.frame.Continuation;
import org.isthmus.msrp.frame.MsrpBadFrame;
import org.isthmus.msrp.frame.MsrpEnd;
import org.isthmus.msrp.frame.MsrpPart;
import org.isthmus.msrp.frame.MsrpPiece;
import org.isthmus.msrp.frame.MsrpSyntaxException;

/**
 * The framing of RFC 4975 §7.1, free of any transport: fed with arrays as they are read, it calls the sink with the
 * parts of the frames.
 *
 * <pre>
 *            start line + header lines                    end-line
 *   BETWEEN ─────────────────────────► HEAD ──no body────────────────► BETWEEN
 *                                       │  ──blank line──► BODY ──────► BETWEEN
 *                                       └──no start line, no end in sight──► BROKEN (for good)
 * </pre>
 *
 * <p>Invariants. No octet of a body is held longer than it may belong to an end-line: at most the length of one. The end
 * of a body is found by its end-line alone; its Byte-Range is never trusted, because senders announce what they then do
 * not send (even the examples of RFC 4975 do). A frame whose head is wrong but whose transaction id is readable is
 * skipped to its end-line. Memory is bounded by {@link MsrpLimits#maxHeadBytes()}.
 *
 * <p>Arrays that are fed are kept by the pieces made of them: feed each only once and do not write to it again. One
 * thread.
 */
public final class MsrpFramer {

    private enum State {
        BETWEEN,
        HEAD,
        BODY,
        BROKEN
    }

    /** How much of new input is copied behind a head that began in earlier input, before looking again for its end. */
    private static final int STEP = 512;

    private final MsrpLimits limits;
    private final Consumer<? super MsrpPart> sink;
    private final HeadParser parser;
    private final EndLineSearch endLine = new EndLineSearch();

    private State state = State.BETWEEN;

    /** The part of a head that came with earlier input; empty while the head lies in the input as a whole. */
    private byte[] saved = new byte[0];

    private int savedLength;
    /** While in HEAD: how many octets of the head are known to hold complete lines. */
    private int scanned;
    /** While in HEAD: whether the start line has been seen. */
    private boolean started;
    /** While in HEAD: the lines seen, each by the place of its CR, counted from the start line. */
    private final int[] lineEnds;

    private int lines;
    private int idLength;

    /** While in BODY: octets that may belong to the end-line. */
    private final byte[] held = new byte[2 * EndLineSearch.LONGEST];

    private int heldLength;
    /** While in BODY: the head was bad, its body is of no interest. */
    private boolean skipping;

    public MsrpFramer(MsrpLimits limits, Consumer<? super MsrpPart> sink) {
        this.limits = limits;
        this.sink = sink;
        this.parser = new HeadParser(limits);
        this.lineEnds = new int[limits.maxHeaderFields() + 1];
    }

    /** Whether a frame has begun and its end is yet to come. */
    public boolean insideFrame() {
        return state == State.HEAD || state == State.BODY;
    }

    /** Takes the next octets of the connection; the array belongs to the framer from now on. */
    public void feed(byte[] octets) {
        int at = 0;
        while (at < octets.length && state != State.BROKEN) {
            at = switch (state) {
                case BETWEEN -> between(octets, at);
                case HEAD -> head(octets, at);
                case BODY -> body(octets, at);
                case BROKEN -> octets.length;
            };
        }
    }

    /** COMPAT(any, 2026-11): empty lines between frames, which some send to keep a NAT binding, are skipped. */
    private int between(byte[] octets, int from) {
        int at = from;
        while (at < octets.length && (octets[at] == '\r' || octets[at] == '\n')) {
            at++;
        }
        if (at < octets.length) {
            state = State.HEAD;
            savedLength = 0;
            scanned = 0;
            started = false;
            lines = 0;
        }
        return at;
    }

    private int head(byte[] input, int from) {
        if (savedLength == 0) {
            int end = scanHead(input, from, input.length);
            if (end < 0 && state != State.BROKEN) {
                save(input, from, input.length);
            }
            return end < 0 ? input.length : end;
        }
        int before = savedLength;
        int taken = Math.min(input.length - from, STEP);
        save(input, from, from + taken);
        int end = scanHead(saved, 0, savedLength);
        if (end < 0) {
            return state == State.BROKEN ? input.length : from + taken;
        }
        savedLength = 0;
        return from + end - before;
    }

    /**
     * Looks for the end of the head, line by line.
     *
     * @return index after the head (the blank line or the end-line included), or -1 when it is not there yet
     */
    private int scanHead(byte[] octets, int start, int to) {
        if (!started && !HeadParser.mayStart(octets, start, to)) {
            return broken(0, "expected MSRP");
        }
        int line = start + scanned;
        int at = line;
        int last = Math.min(to, start + limits.maxHeadBytes());
        while (at < last) {
            if (octets[at] != '\n') {
                at++;
                continue;
            }
            if (at == line || octets[at - 1] != '\r') {
                return broken(at - start, "expected CR before LF");
            }
            int lineEnd = at - 1;
            at++;
            if (!started) {
                if (!startLine(octets, start, lineEnd)) {
                    return -1;
                }
            } else if (lineEnd == line) {
                return headEnds(octets, start, at, true, (byte) 0);
            } else if (octets[line] == '-' && endLine.isEndLine(octets, line, lineEnd)) {
                return headEnds(octets, start, at, false, octets[lineEnd - 1]);
            } else if (lines > limits.maxHeaderFields()) {
                return broken(line - start, "expected at most " + limits.maxHeaderFields() + " header fields");
            }
            lineEnds[lines++] = lineEnd - start;
            line = at;
            scanned = line - start;
        }
        if (to - start >= limits.maxHeadBytes()) {
            return broken(limits.maxHeadBytes(), "expected a head of at most " + limits.maxHeadBytes() + " octets");
        }
        return -1;
    }

    private boolean startLine(byte[] octets, int start, int lineEnd) {
        try {
            idLength = HeadParser.transactionIdLength(octets, start, lineEnd);
            endLine.transaction(octets, HeadParser.transactionIdStart(start), idLength);
            started = true;
            return true;
        } catch (MsrpSyntaxException noFrame) {
            broken(noFrame);
            return false;
        }
    }

    private int headEnds(byte[] octets, int start, int end, boolean body, byte flag) {
        MsrpPart part = parser.parse(octets, start, idLength, lineEnds, lines, body);
        skipping = part instanceof MsrpBadFrame;
        heldLength = 0;
        state = body ? State.BODY : State.BETWEEN;
        sink.accept(part);
        if (!body && !skipping) {
            sink.accept(new MsrpEnd(Continuation.of(flag)));
        }
        return end;
    }

    private int body(byte[] octets, int from) {
        if (heldLength > 0) {
            return bodyAcrossInputs(octets, from);
        }
        EndLineSearch.Result result = endLine.find(octets, from, octets.length);
        int at = endLine.position();
        piece(octets, from, at);
        if (result == EndLineSearch.Result.FOUND) {
            byte flag = endLine.flag(octets);
            bodyEnds(flag);
            return at + endLine.endLineLength();
        }
        heldLength = octets.length - at;
        System.arraycopy(octets, at, held, 0, heldLength);
        return octets.length;
    }

    /** An end-line may have begun in earlier input: looks at what was held and enough of the new to decide. */
    private int bodyAcrossInputs(byte[] octets, int from) {
        int before = heldLength;
        int taken = Math.min(octets.length - from, EndLineSearch.LONGEST);
        System.arraycopy(octets, from, held, before, taken);
        int window = before + taken;
        EndLineSearch.Result result = endLine.find(held, 0, window);
        int at = endLine.position();
        if (result == EndLineSearch.Result.FOUND) {
            byte flag = endLine.flag(held);
            pieceOfHeld(at);
            heldLength = 0;
            bodyEnds(flag);
            return from + at + endLine.endLineLength() - before;
        }
        if (at < before) {
            // Still undecided, so the input was shorter than an end-line and all of it has been taken.
            pieceOfHeld(at);
            heldLength = window - at;
            System.arraycopy(held, at, held, 0, heldLength);
            return from + taken;
        }
        pieceOfHeld(before);
        heldLength = 0;
        return from;
    }

    private void bodyEnds(byte flag) {
        state = State.BETWEEN;
        if (!skipping) {
            sink.accept(new MsrpEnd(Continuation.of(flag)));
        }
    }

    private void piece(byte[] octets, int from, int to) {
        if (to > from && !skipping) {
            sink.accept(new MsrpPiece(ByteBuffer.wrap(octets, from, to - from).slice()));
        }
    }

    private void pieceOfHeld(int length) {
        if (length > 0 && !skipping) {
            sink.accept(new MsrpPiece(ByteBuffer.wrap(Arrays.copyOf(held, length))));
        }
    }

    private void save(byte[] input, int from, int to) {
        int needed = savedLength + to - from;
        if (saved.length < needed) {
            saved = Arrays.copyOf(saved, Math.max(needed, 2 * saved.length));
        }
        System.arraycopy(input, from, saved, savedLength, to - from);
        savedLength = needed;
    }

    private int broken(int offset, String expectation) {
        return broken(new MsrpSyntaxException(offset, expectation));
    }

    private int broken(MsrpSyntaxException cause) {
        state = State.BROKEN;
        saved = new byte[0];
        savedLength = 0;
        sink.accept(new MsrpBadFrame(null, cause, true));
        return -1;
    }
}
