package org.isthmus.component.xmpp.stream;

/** How a component stream is protected. The protocol itself sends everything, save the secret, in clear. */
public enum TlsMode {
    /** Clear text: loopback or a private network only. */
    OFF,
    /** TLS from the first octet (ejabberd {@code tls: true}, Openfire port 5276), certificate and name checked. */
    DIRECT;

    /**
     * Reads the value of a configuration.
     *
     * @throws IllegalArgumentException with words for the operator
     */
    public static TlsMode of(String value) {
        return switch (value) {
            case "off" -> OFF;
            case "direct" -> DIRECT;
            case "starttls" ->
                throw new IllegalArgumentException(
                        "STARTTLS is not spoken on component links; use \"direct\" with the"
                                + " server's TLS component port (Openfire 5276, ejabberd \"tls: true\"), or \"off\" on loopback");
            default -> throw new IllegalArgumentException("\"" + value + "\" is not \"off\" or \"direct\"");
        };
    }
}
