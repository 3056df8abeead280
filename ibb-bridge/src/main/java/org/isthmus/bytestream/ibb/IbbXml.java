package org.isthmus.bytestream.ibb;

import java.util.OptionalInt;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.Namespace;
import org.dom4j.QName;
import org.isthmus.bytestream.StreamMethod;
import org.isthmus.bytestream.ibb.IbbElement.Carrier;
import org.isthmus.bytestream.ibb.IbbElement.Close;
import org.isthmus.bytestream.ibb.IbbElement.Data;
import org.isthmus.bytestream.ibb.IbbElement.Open;
import org.isthmus.bytestream.iq.MalformedRequestException;

/** {@code <open/>}, {@code <data/>} and {@code <close/>} (XEP-0047 §2). */
public final class IbbXml {

    private static final Namespace NS = new Namespace("", StreamMethod.IBB.namespace());
    private static final QName OPEN = new QName("open", NS);
    private static final QName DATA = new QName("data", NS);
    private static final QName CLOSE = new QName("close", NS);
    private static final int MAX_SID = 1024;
    private static final int MAX_DIGITS = 5;

    private IbbXml() {}

    /** Whether this payload is one of the three. */
    public static boolean isIbb(Element payload) {
        if (!payload.getNamespaceURI().equals(NS.getURI())) {
            return false;
        }
        return switch (payload.getName()) {
            case "open", "data", "close" -> true;
            default -> false;
        };
    }

    /**
     * Reads a payload of which {@link #isIbb} is true.
     *
     * @throws MalformedRequestException when it names no stream, or is an {@code <open/>} without a block size, with the
     *     error to answer
     */
    public static IbbElement read(Element payload) throws MalformedRequestException {
        boolean open = payload.getName().equals("open");
        String sid = payload.attributeValue("sid", "");
        if (sid.isEmpty() || sid.length() > MAX_SID) {
            throw new MalformedRequestException(
                    payload.getName() + "@sid",
                    "1 to " + MAX_SID + " characters",
                    open ? IbbErrors.BAD_OPEN : IbbErrors.BAD_DATA);
        }
        return switch (payload.getName()) {
            case "open" -> readOpen(payload, sid);
            case "data" -> new Data(sid, number(payload, "seq"), payload.getText());
            default -> new Close(sid);
        };
    }

    private static Open readOpen(Element open, String sid) throws MalformedRequestException {
        OptionalInt blockSize = number(open, "block-size");
        if (blockSize.isEmpty() || blockSize.getAsInt() == 0) {
            throw new MalformedRequestException("open@block-size", "1 to 65535", IbbErrors.BAD_OPEN);
        }
        Carrier carrier = switch (open.attributeValue("stanza", "iq")) {
            case "iq" -> Carrier.IQ;
            case "message" -> Carrier.MESSAGE;
            default -> throw new MalformedRequestException("open@stanza", "iq or message", IbbErrors.BAD_OPEN);
        };
        return new Open(sid, blockSize.getAsInt(), carrier);
    }

    /** Writes {@code <open/>}; data will come in IQs. */
    public static Element open(String sid, int blockSize) {
        return DocumentHelper.createElement(OPEN)
                .addAttribute("block-size", Integer.toString(blockSize))
                .addAttribute("sid", sid)
                .addAttribute("stanza", "iq");
    }

    /** Writes {@code <data/>}. */
    public static Element data(String sid, int seq, String base64) {
        return DocumentHelper.createElement(DATA)
                .addAttribute("seq", Integer.toString(seq))
                .addAttribute("sid", sid)
                .addText(base64);
    }

    /** Writes {@code <close/>}. */
    public static Element close(String sid) {
        return DocumentHelper.createElement(CLOSE).addAttribute("sid", sid);
    }

    /** An {@code xs:unsignedShort}; empty when it is missing or none. */
    private static OptionalInt number(Element element, String attribute) {
        String text = element.attributeValue(attribute, "").strip();
        if (text.isEmpty() || text.length() > MAX_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        int value = Integer.parseInt(text);
        return value <= IbbLimits.LARGEST_BLOCK ? OptionalInt.of(value) : OptionalInt.empty();
    }
}
