package org.isthmus.msrp.message;

/** Follows a message that is being sent. On the connection's loop; must not block. */
public interface SendListener {

    /** Hears nothing. */
    SendListener NONE = new SendListener() {};

    /**
     * More was sent or confirmed.
     *
     * @param sent octets handed to the system
     * @param confirmed octets acknowledged by the next hop
     */
    default void onProgress(long sent, long confirmed) {}

    /**
     * A failure REPORT or an error response after {@link OutgoingMessage#outcome} had told of a success, such as a
     * gateway sends that waits for another network (RFC 4975 §7.1.4).
     */
    default void onLateFailure(int status, String words) {}
}
