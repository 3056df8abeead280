package org.isthmus.mappings;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.isthmus.mappings.spelling.HostName;
import org.isthmus.mappings.spelling.LocalpartEscaping;
import org.isthmus.mappings.spelling.MalformedSpelling;
import org.jspecify.annotations.Nullable;
import org.xmpp.packet.JID;
import rocks.xmpp.precis.PrecisProfiles;

/**
 * The one place where a {@link JID} is made from text.
 *
 * <p>Tinder's own constructors prepare with stringprep (Unicode 3.2); XMPP today says PRECIS (RFC 7622 §3). So parts are
 * prepared here and handed to Tinder's constructor that prepares nothing. Domains are U-labels, lower case, without a final dot.
 */
public final class Jids {

    /** RFC 7622 §3: octets of each part. */
    static final int MAX_PART_OCTETS = 1023;

    private Jids() {}

    /**
     * Reads {@code [local@]domain[/resource]}: the resource begins after the first slash, the domain after the first {@code @}
     * before it (RFC 7622 §3.1).
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
     * @param domain the domain, as A-labels or U-labels
     * @param resource the resource, or null
     * @throws JidSyntaxException when a part cannot be prepared
     */
    public static JID of(@Nullable String local, String domain, @Nullable String resource) {
        return new JID(
                local == null ? null : localpart(local),
                domainpart(domain),
                resource == null ? null : resourcepart(resource),
                true);
    }

    private static String localpart(String local) {
        String prepared;
        if (isPrintableAscii(local, false)) {
            prepared = local.toLowerCase(Locale.ROOT);
        } else {
            try {
                prepared = PrecisProfiles.USERNAME_CASE_MAPPED.enforce(local);
            } catch (IllegalArgumentException forbidden) {
                throw new JidSyntaxException("localpart: characters that RFC 8265 §3.3 forbids");
            }
        }
        if (LocalpartEscaping.hasForbiddenCharacter(prepared)) {
            throw new JidSyntaxException("localpart: one of \" & ' / : < > @ (RFC 7622 §3.3.1)");
        }
        return checkLength(prepared, "localpart");
    }

    private static String domainpart(String domain) {
        try {
            return HostName.toUnicode(domain);
        } catch (MalformedSpelling bad) {
            throw new JidSyntaxException("domain: " + bad.expectation());
        }
    }

    private static String resourcepart(String resource) {
        if (isPrintableAscii(resource, true)) {
            return checkLength(resource, "resource");
        }
        try {
            return checkLength(PrecisProfiles.OPAQUE_STRING.enforce(resource), "resource");
        } catch (IllegalArgumentException forbidden) {
            throw new JidSyntaxException("resource: characters that RFC 8265 §4.2 forbids");
        }
    }

    private static String checkLength(String part, String name) {
        if (part.isEmpty()) {
            throw new JidSyntaxException(name + ": empty (RFC 7622 §3)");
        }
        if (part.length() > MAX_PART_OCTETS / 3 && part.getBytes(StandardCharsets.UTF_8).length > MAX_PART_OCTETS) {
            throw new JidSyntaxException(name + ": longer than " + MAX_PART_OCTETS + " octets (RFC 7622 §3)");
        }
        return part;
    }

    private static boolean isPrintableAscii(String text, boolean space) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < (space ? ' ' : '!') || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }
}
