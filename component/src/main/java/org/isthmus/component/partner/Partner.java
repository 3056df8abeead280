package org.isthmus.component.partner;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.isthmus.mappings.SipUri;

/**
 * A SIP network that is trusted to speak for its own users.
 *
 * @param name unique, in every log line about it
 * @param domains SIP domains in A-labels whose users it may speak for; {@code *} for any that is not an XMPP user's
 * @param from the networks its requests come from; everybody else is a stranger
 * @param route host, port and transport of the next hop for requests to it
 * @param largeOverTcp whether a request over 1300 octets may go to the route by TCP when the route is UDP (RFC 3261 §18.1.1)
 */
public record Partner(String name, Set<String> domains, List<Cidr> from, SipUri route, boolean largeOverTcp) {

    /** Stands for every domain. */
    public static final String ANY = "*";

    public Partner {
        // in the operator's order, for every line that prints them
        domains = Collections.unmodifiableSet(new LinkedHashSet<>(domains));
        from = List.copyOf(from);
    }

    /** Whether it may speak for users of the host (lower case, A-labels); whether they are XMPP users is not its to know. */
    public boolean includes(String host) {
        return domains.contains(host) || domains.contains(ANY);
    }
}
