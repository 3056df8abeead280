package org.isthmus.mappings;

import java.util.Optional;
import org.xmpp.packet.JID;

/**
 * How SIP last spelled its users. SIP users are case-sensitive (RFC 3261 §19.1.4) and localparts are not, so requests back go
 * to the spelling that the SIP side itself used (RFC 7247 §6.4 step 6). Any thread; must not block.
 */
public interface UserSpelling {

    /**
     * The user part that SIP last used, decoded.
     *
     * @param sipUser the SIP user as XMPP sees her, bare
     */
    Optional<String> lastSeen(JID sipUser);

    /**
     * SIP used this spelling in a request that its partner was allowed to send.
     *
     * @param sipUser the SIP user as XMPP sees her, bare
     * @param user the decoded user part
     */
    void seen(JID sipUser, String user);

    /** Remembers nothing: every request back uses the canonical spelling. */
    static UserSpelling none() {
        return NoSpelling.INSTANCE;
    }

    /** See {@link #none()}. */
    enum NoSpelling implements UserSpelling {
        INSTANCE;

        @Override
        public Optional<String> lastSeen(JID sipUser) {
            return Optional.empty();
        }

        @Override
        public void seen(JID sipUser, String user) {}
    }
}
