package org.isthmus.component.sip.route;

import java.net.Inet6Address;
import java.net.InetAddress;
import javax.sip.SipProvider;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.record.RecordToRequest;

/**
 * A listening point that requests leave from.
 *
 * @param transport what is spoken there
 * @param local its address
 * @param viaHost sent-by host, IPv6 in brackets
 * @param port sent-by port
 * @param provider JAIN-SIP's provider of the point
 */
public record Departure(SipTransport transport, InetAddress local, String viaHost, int port, SipProvider provider) {

    /** Whether the address can be reached from here: same family, and from loopback only loopback. */
    boolean reaches(InetAddress target) {
        if (local.isLoopbackAddress() && !target.isLoopbackAddress()) {
            return false;
        }
        return local.isAnyLocalAddress()
                ? local instanceof Inet6Address || !(target instanceof Inet6Address)
                : local instanceof Inet6Address == target instanceof Inet6Address;
    }

    /** Whether this is the point with that address. */
    boolean is(SipTransport spoken, InetAddress address, int at) {
        return transport == spoken && port == at && local.equals(address);
    }

    RecordToRequest.SentBy sentBy() {
        return new RecordToRequest.SentBy(transport, viaHost, port);
    }
}
