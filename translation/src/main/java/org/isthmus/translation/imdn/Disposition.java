package org.isthmus.translation.imdn;

/** What a notification is about (RFC 5438 §5). */
public enum Disposition {
    /** Whether the message reached the recipient. */
    DELIVERY("delivery-notification"),
    /** Whether it was shown. */
    DISPLAY("display-notification"),
    /** What an intermediary did with it. */
    PROCESSING("processing-notification");

    private final String element;

    Disposition(String element) {
        this.element = element;
    }

    String element() {
        return element;
    }
}
