package org.isthmus.translation.imdn;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.isthmus.translation.cpim.CpimAddress;
import org.isthmus.translation.cpim.CpimHead;
import org.isthmus.translation.cpim.CpimHeader;
import org.isthmus.translation.cpim.CpimName;

/**
 * What the sender of a message wants to be told about it: the imdn headers of its envelope (RFC 5438 §6), with what an
 * answer has to repeat.
 *
 * @param messageId the imdn.Message-ID
 * @param wanted what to tell
 * @param from the envelope's From, where an answer goes unless there is a route
 * @param to the envelope's first To
 * @param originalTo whom the message was first sent to, when an intermediary changed that
 * @param dateTime the envelope's DateTime, as written
 * @param route IMDN-Record-Route values, topmost first; they become the answer's IMDN-Route
 */
public record ImdnRequest(
        String messageId,
        Set<Wanted> wanted,
        CpimAddress from,
        Optional<CpimAddress> to,
        Optional<CpimAddress> originalTo,
        Optional<String> dateTime,
        List<String> route) {

    /** The values of imdn.Disposition-Notification (RFC 5438 §6.2); unknown ones are ignored. */
    public enum Wanted {
        POSITIVE_DELIVERY,
        NEGATIVE_DELIVERY,
        PROCESSING,
        DISPLAY;

        /** The value. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public static final CpimName MESSAGE_ID = new CpimName(CpimName.IMDN, "Message-ID");
    public static final CpimName DISPOSITION_NOTIFICATION = new CpimName(CpimName.IMDN, "Disposition-Notification");
    public static final CpimName IMDN_ROUTE = new CpimName(CpimName.IMDN, "IMDN-Route");
    static final CpimName IMDN_RECORD_ROUTE = new CpimName(CpimName.IMDN, "IMDN-Record-Route");
    static final CpimName ORIGINAL_TO = new CpimName(CpimName.IMDN, "Original-To");

    public ImdnRequest {
        Objects.requireNonNull(messageId, "messageId");
        wanted = Set.copyOf(wanted);
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(originalTo, "originalTo");
        Objects.requireNonNull(dateTime, "dateTime");
        route = List.copyOf(route);
    }

    /** The request in an envelope; empty when its sender wants to be told nothing, or cannot be. */
    public static Optional<ImdnRequest> of(CpimHead head) {
        Optional<String> messageId = head.value(MESSAGE_ID).map(String::strip).filter(id -> !id.isEmpty());
        Set<Wanted> wanted = EnumSet.noneOf(Wanted.class);
        for (CpimHeader header : head.all(DISPOSITION_NOTIFICATION)) {
            for (String value : header.value().split(",", -1)) {
                for (Wanted one : Wanted.values()) {
                    if (one.wire().equalsIgnoreCase(value.strip())) {
                        wanted.add(one);
                    }
                }
            }
        }
        if (messageId.isEmpty() || wanted.isEmpty() || head.from().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ImdnRequest(
                messageId.get(),
                wanted,
                head.from().get(),
                head.to().stream().findFirst(),
                either(head, ORIGINAL_TO).stream()
                        .flatMap(raw -> CpimAddress.parse(raw).stream())
                        .findFirst(),
                head.value(CpimName.DATE_TIME),
                either(head, IMDN_RECORD_ROUTE)));
    }

    /** Whether that was asked for. */
    public boolean wants(Wanted what) {
        return wanted.contains(what);
    }

    /** The header's raw values; RFC 5438 prints these names with and without the prefix. */
    private static List<String> either(CpimHead head, CpimName name) {
        List<CpimHeader> found = head.all(name);
        return (found.isEmpty() ? head.all(new CpimName(CpimName.BASE, name.name())) : found)
                .stream().map(CpimHeader::raw).toList();
    }
}
