package org.isthmus.bytestream;

import java.util.Optional;

/** The methods this library speaks, most wanted first (XEP-0096 §3.1). */
public enum StreamMethod {
    /** SOCKS5 bytestreams, XEP-0065. */
    SOCKS5("http://jabber.org/protocol/bytestreams"),
    /** In-band bytestreams, XEP-0047. */
    IBB("http://jabber.org/protocol/ibb");

    private final String namespace;

    StreamMethod(String namespace) {
        this.namespace = namespace;
    }

    /** The method's namespace, which is also its name in a stream-method form. */
    public String namespace() {
        return namespace;
    }

    /** The method of that namespace, if it is one of ours. */
    public static Optional<StreamMethod> of(String namespace) {
        for (StreamMethod method : values()) {
            if (method.namespace.equals(namespace)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }
}
