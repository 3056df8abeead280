package org.isthmus.translation.sdp;

import java.util.Objects;
import java.util.Optional;
import org.isthmus.translation.text.Ascii;

/**
 * An origin field (RFC 8866 §5.2). Session id and version are decimal and of any length.
 *
 * @param username {@code -} when there is none
 * @param sessionId unique together with the rest
 * @param version rises with each change of the description
 * @param connection address of the originator
 */
public record SdpOrigin(String username, String sessionId, String version, SdpConnection connection) {

    public SdpOrigin {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(connection, "connection");
    }

    /** Our own origin: no user name, id and version as numbers. */
    public static SdpOrigin of(long sessionId, long version, String host) {
        return new SdpOrigin(
                "-", Long.toUnsignedString(sessionId), Long.toUnsignedString(version), SdpConnection.of(host));
    }

    /** Reads an {@code o=} value; empty when it is not one. */
    static Optional<SdpOrigin> parse(String value) {
        String[] parts = value.strip().split(" +", -1);
        if (parts.length != 6 || !Ascii.isNumber(parts[1]) || !Ascii.isNumber(parts[2])) {
            return Optional.empty();
        }
        return Optional.of(new SdpOrigin(parts[0], parts[1], parts[2], new SdpConnection(parts[4], parts[5])));
    }

    /** The line. */
    public SdpLine line() {
        return new SdpLine(
                'o',
                username + " " + sessionId + " " + version + " IN " + connection.addressType() + " "
                        + connection.address());
    }
}
