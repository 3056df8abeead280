package org.isthmus.msrp.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.isthmus.msrp.frame.MsrpBadFrame;
import org.isthmus.msrp.frame.MsrpEnd;
import org.isthmus.msrp.frame.MsrpHead;
import org.isthmus.msrp.frame.MsrpPart;
import org.isthmus.msrp.frame.MsrpPiece;
import org.isthmus.msrp.frame.MsrpRequest;

/** Collects the parts that a decoder emits into frames, and complains when they come in an impossible order. */
final class Frames implements Consumer<MsrpPart> {

    /** A frame as received; {@code flag} is '!' for a bad one. */
    record Frame(String head, String body, char flag, boolean hasBody) {}

    final List<Frame> complete = new ArrayList<>();
    final List<MsrpHead> heads = new ArrayList<>();
    final List<MsrpBadFrame> bad = new ArrayList<>();
    private MsrpHead open;
    private ByteArrayOutputStream body = new ByteArrayOutputStream();

    static Frames decode(byte[]... inputs) {
        return decode(MsrpLimits.defaults(), inputs);
    }

    static Frames decode(MsrpLimits limits, byte[]... inputs) {
        Frames frames = new Frames();
        MsrpFramer framer = new MsrpFramer(limits, frames);
        for (byte[] input : inputs) {
            framer.feed(input.clone());
        }
        return frames;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void accept(MsrpPart part) {
        if (part instanceof MsrpHead head) {
            require(open == null, "a head inside a frame");
            open = head;
            heads.add(head);
            body = new ByteArrayOutputStream();
        } else if (part instanceof MsrpPiece piece) {
            require(open != null, "a piece outside a frame");
            require(piece.data().hasRemaining(), "an empty piece");
            byte[] octets = new byte[piece.data().remaining()];
            piece.data().duplicate().get(octets);
            body.writeBytes(octets);
        } else if (part instanceof MsrpEnd end) {
            require(open != null, "an end outside a frame");
            boolean hasBody = open instanceof MsrpRequest request && request.body();
            complete.add(new Frame(
                    describe(open),
                    body.toString(StandardCharsets.ISO_8859_1),
                    end.flag().flag(),
                    hasBody));
            open = null;
        } else if (part instanceof MsrpBadFrame frame) {
            require(open == null, "a bad frame inside a frame");
            bad.add(frame);
            complete.add(new Frame(String.valueOf(frame.cause().getMessage()), "", '!', false));
        }
    }

    /** Whether a frame has begun that did not end. */
    boolean unfinished() {
        return open != null;
    }

    private static String describe(MsrpHead head) {
        return head + " " + head.toPath() + " " + head.fromPath() + " " + head.headers();
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    /** The input cut at the given places. */
    static byte[][] cut(byte[] input, int... places) {
        List<byte[]> parts = new ArrayList<>();
        int from = 0;
        for (int place : places) {
            parts.add(Arrays.copyOfRange(input, from, place));
            from = place;
        }
        parts.add(Arrays.copyOfRange(input, from, input.length));
        return parts.toArray(byte[][]::new);
    }

    static byte[][] octetByOctet(byte[] input) {
        byte[][] parts = new byte[input.length][];
        for (int i = 0; i < input.length; i++) {
            parts[i] = new byte[] {input[i]};
        }
        return parts;
    }
}
