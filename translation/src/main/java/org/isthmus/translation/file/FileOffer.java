package org.isthmus.translation.file;

import java.util.Objects;
import java.util.Optional;

/**
 * A file that one side offers or asks for, as either network describes it.
 *
 * @param selector what it is known by
 * @param transferId names the transfer, new for each (RFC 5547 §8.1); empty from XMPP
 * @param disposition {@code render} or {@code attachment}, as written; empty means render
 * @param dates when it was made and changed
 * @param icon the {@code cid:} URL of a preview
 * @param range the part that is transferred; empty: all of it
 * @param description a person's words about it
 */
public record FileOffer(
        FileSelector selector,
        Optional<String> transferId,
        Optional<String> disposition,
        FileDates dates,
        Optional<String> icon,
        Optional<FileRange> range,
        Optional<String> description) {

    public FileOffer {
        Objects.requireNonNull(selector, "selector");
        Objects.requireNonNull(transferId, "transferId");
        Objects.requireNonNull(disposition, "disposition");
        Objects.requireNonNull(dates, "dates");
        Objects.requireNonNull(icon, "icon");
        Objects.requireNonNull(range, "range");
        Objects.requireNonNull(description, "description");
    }

    /** An offer of that file and nothing else about it. */
    public static FileOffer of(FileSelector selector) {
        return new FileOffer(
                selector,
                Optional.empty(),
                Optional.empty(),
                FileDates.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public FileOffer withSelector(FileSelector value) {
        return new FileOffer(value, transferId, disposition, dates, icon, range, description);
    }

    public FileOffer withTransferId(String value) {
        return new FileOffer(selector, Optional.of(value), disposition, dates, icon, range, description);
    }

    public FileOffer withDates(FileDates value) {
        return new FileOffer(selector, transferId, disposition, value, icon, range, description);
    }

    public FileOffer withRange(Optional<FileRange> value) {
        return new FileOffer(selector, transferId, disposition, dates, icon, value, description);
    }

    public FileOffer withDescription(Optional<String> value) {
        return new FileOffer(selector, transferId, disposition, dates, icon, range, value);
    }

    /**
     * What the receiver of a push answers (RFC 5547 §8.3.1): selectors, id and range copied, but neither icon nor
     * disposition nor dates, which it may not repeat.
     */
    public FileOffer accepted() {
        return new FileOffer(
                selector, transferId, Optional.empty(), FileDates.NONE, Optional.empty(), range, Optional.empty());
    }

    /** Whether it is the same file as far as both descriptions tell (RFC 5547 §8.1). */
    public boolean isSameFile(FileOffer other) {
        return selector.equals(other.selector) && range.equals(other.range);
    }

    /** Size and type; never the name, which may say who the patient is. */
    @Override
    public String toString() {
        return "file (" + (selector.size().isPresent() ? selector.size().getAsLong() + " octets" : "no size") + ", "
                + selector.type().orElse("no type") + ")";
    }
}
