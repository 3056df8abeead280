package org.isthmus.mappings;

import java.util.Locale;
import org.xmpp.packet.JID;
import rocks.xmpp.precis.PrecisProfiles;

/**
 * The one place where a {@link JID} is made from text.
 *
 * <p>Tinder's own constructors prepare with stringprep (Unicode 3.2); XMPP today says PRECIS (RFC 7622 §3). So parts are
 * prepared here and handed to Tinder's constructor that prepares nothing.
 */
public final class Jids {

    /** RFC 7622 §3: octets of each part. */
    static final int MAX_PART_OCTETS = 1023;

    private Jids() {}

    /**
     * Reads {@code [local@]domain[/resource]}.
     *
     * @throws JidSyntaxException when it is not a JID
     */
    public static JID parse(String text) {
        int slash = text.indexOf('/');
        String bare = slash < 0 ? text : text.substring(0, slash);
        int at = bare.indexOf('@');
        String local = at < 0 ? null : bare.substring(0, at);
        String resource = slash < 0 ? null : text.substring(slash + 1);
        return of(local, bare.substring(at + 1), resource);
    }

    /**
     * Prepares the parts and joins them.
     *
     * @param local the localpart as on the wire (escaped), or null
     * @param domain the domain
     * @param resource the resource, or null
     * @throws JidSyntaxException when a part cannot be prepared
     */
    public static JID of(
            @org.jspecify.annotations.Nullable String local,
            String domain,
            @org.jspecify.annotations.Nullable String resource) {
        try {
            String node = local == null ? null : PrecisProfiles.USERNAME_CASE_MAPPED.enforce(local);
            String host = domain.toLowerCase(Locale.ROOT);
            String full = resource == null ? null : PrecisProfiles.OPAQUE_STRING.enforce(resource);
            if (host.isEmpty()) {
                throw new JidSyntaxException("no domain");
            }
            return new JID(node, host, full, true);
        } catch (IllegalArgumentException unprepared) {
            throw new JidSyntaxException(String.valueOf(unprepared.getMessage()));
        }
    }
}
