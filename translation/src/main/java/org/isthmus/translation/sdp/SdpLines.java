package org.isthmus.translation.sdp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Look-ups that session and media level share. */
final class SdpLines {

    /** RFC 8866 §9; unknown letters stay where attributes are. */
    private static final String SESSION_ORDER = "vosiuepcbtrzka";

    private static final String MEDIA_ORDER = "micbka";

    private SdpLines() {}

    static Optional<String> first(List<SdpLine> lines, char type) {
        return lines.stream()
                .filter(line -> line.type() == type)
                .map(SdpLine::value)
                .findFirst();
    }

    static Optional<SdpLine> attribute(List<SdpLine> lines, String name) {
        return lines.stream().filter(line -> line.isAttribute(name)).findFirst();
    }

    static List<String> attributes(List<SdpLine> lines, String name) {
        return lines.stream()
                .filter(line -> line.isAttribute(name))
                .flatMap(line -> line.attributeValue().stream())
                .toList();
    }

    static Optional<SdpDirection> direction(List<SdpLine> lines) {
        return lines.stream().flatMap(line -> SdpDirection.of(line).stream()).findFirst();
    }

    static List<SdpLine> inSessionOrder(List<SdpLine> lines) {
        return ordered(lines, SESSION_ORDER);
    }

    static List<SdpLine> inMediaOrder(List<SdpLine> lines) {
        return ordered(lines, MEDIA_ORDER);
    }

    /** A stable sort: lines of one letter keep their order. */
    private static List<SdpLine> ordered(List<SdpLine> lines, String order) {
        List<SdpLine> sorted = new ArrayList<>(lines);
        sorted.sort(Comparator.comparingInt(line -> {
            int rank = order.indexOf(line.type());
            return rank < 0 ? order.length() : rank;
        }));
        return sorted;
    }
}
