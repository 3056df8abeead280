package org.isthmus.bytestream.si;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.isthmus.bytestream.StreamMethod;
import org.isthmus.bytestream.iq.MalformedRequestException;

/** The content of an IQ result that accepts an offer (XEP-0095 §3.2, XEP-0096 §3). */
public final class SiAnswerXml {

    private SiAnswerXml() {}

    /**
     * Reads an acceptance.
     *
     * @param payload the child of the result; COMPAT(unknown, any): absent means the only method offered
     * @param offered the methods of our offer
     * @param size the size of the file offered
     * @throws MalformedRequestException when no offered method was chosen or the file has no such part; there is nobody to
     *     answer to, the negotiation has failed
     */
    public static SiAnswer read(Optional<Element> payload, List<StreamMethod> offered, long size)
            throws MalformedRequestException {
        List<StreamMethod> chosen = payload.map(StreamForm::values).orElse(List.of()).stream()
                .map(StreamMethod::of)
                .flatMap(Optional::stream)
                .filter(offered::contains)
                .distinct()
                .toList();
        boolean nothingSaid = payload.map(si -> StreamForm.values(si).isEmpty()).orElse(true);
        if (chosen.isEmpty() && nothingSaid && offered.size() == 1) {
            chosen = offered;
        }
        if (chosen.isEmpty()) {
            throw new MalformedRequestException("field@stream-method", "one of the offered", SiErrors.NO_VALID_STREAMS);
        }
        Optional<SiRange> range = Optional.empty();
        Element asked = payload.map(si -> si.element(SiNames.FILE))
                .map(file -> file.element(SiNames.RANGE))
                .orElse(null);
        if (asked != null) {
            range = readRange(asked);
            if (range.isPresent() && !range.get().within(size)) {
                throw bad("range", "within " + size + " octets");
            }
        }
        return new SiAnswer(chosen.get(0), chosen.stream().skip(1).findFirst(), range);
    }

    /**
     * Reads a range; without attributes it is no range (XEP-0096 §3).
     *
     * @throws MalformedRequestException when an attribute is no number of octets
     */
    public static Optional<SiRange> readRange(Element range) throws MalformedRequestException {
        boolean hasOffset = range.attributeValue("offset") != null;
        boolean hasLength = range.attributeValue("length") != null;
        if (!hasOffset && !hasLength) {
            return Optional.empty();
        }
        Optional<Long> offset = hasOffset ? Decimals.read(range, "offset") : Optional.of(0L);
        Optional<Long> length = Decimals.read(range, "length");
        if (offset.isEmpty() || (hasLength && length.isEmpty())) {
            throw bad("range", "offset and length of 0 or more");
        }
        return Optional.of(
                new SiRange(offset.get(), length.map(OptionalLong::of).orElse(OptionalLong.empty())));
    }

    /** Writes an acceptance: one method, and the range that is wanted. */
    public static Element write(SiAnswer answer) {
        Element si = DocumentHelper.createElement(SiNames.SI_ELEMENT);
        answer.range().ifPresent(wanted -> {
            Element range = si.addElement(SiNames.FILE).addElement(SiNames.RANGE);
            range.addAttribute("offset", Long.toString(wanted.offset()));
            wanted.length().ifPresent(octets -> range.addAttribute("length", Long.toString(octets)));
        });
        StreamForm.writeValue(si, answer.method());
        return si;
    }

    private static MalformedRequestException bad(String place, String expectation) {
        return new MalformedRequestException(place, expectation, SiErrors.BAD_REQUEST);
    }
}
