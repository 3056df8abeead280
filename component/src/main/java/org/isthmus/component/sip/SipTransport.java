package org.isthmus.component.sip;

import java.util.Locale;

/** What carries SIP messages (RFC 3261 §18). */
public enum SipTransport {
    UDP,
    TCP;

    /** The token of URI parameters and JAIN-SIP, for example {@code udp}. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }
}
