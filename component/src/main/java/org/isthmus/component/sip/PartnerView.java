package org.isthmus.component.sip;

import java.net.InetAddress;
import java.util.Optional;

/** What the SIP edge must know about partners. Called on receiving threads for every message: fast, and from any thread. */
public interface PartnerView {

    /** The name of the partner whose networks hold the address; empty: a stranger, who is refused. */
    Optional<String> partnerOf(InetAddress source);

    /**
     * Whether the partner may send for users of the domain.
     *
     * @param domain lower-case host of the From URI
     */
    boolean mayClaim(String partner, String domain);

    /** Whether XMPP users live under the domain; no partner may claim those, whatever its list says. */
    boolean isXmppDomain(String domain);

    /** Where requests to the partner go; empty: there is no such partner or it has no route. */
    Optional<SipRoute> routeOf(String partner);
}
