package org.isthmus.mappings;

import java.util.Optional;
import org.isthmus.mappings.spelling.HostName;
import org.isthmus.mappings.spelling.TelephoneNumber;
import org.xmpp.packet.JID;

/**
 * One entry of the mappings file: two populations that may speak to each other, and how each appears on the other network. Works
 * both ways.
 *
 * @param name unique in the file, for operators
 * @param partner the SIP partner through which the SIP users are reached and from which they may write
 */
public record DomainMapping(String name, String partner, SipUsers sipUsers, XmppUsers xmppUsers) {

    /** How much of a SIP address goes into the localpart. */
    public enum Style {
        /** The user part; the domain is known from the JID's domain. */
        PLAIN,
        /** The whole address {@code user@host}, escaped (XEP-0106 §3.3); the only way to carry any domain. */
        ESCAPED
    }

    /** Any SIP domain that no other entry names. */
    public static final String ANY = "*";

    /**
     * SIP users and their JIDs.
     *
     * @param domain their SIP domain in A-labels, or {@link #ANY}
     * @param appearAs the domain of their JIDs in U-labels, served by a link of the gateway
     */
    public record SipUsers(String domain, String appearAs, Style style) {

        /** Normalises both names; throws {@link IllegalArgumentException} when one is no host. */
        public SipUsers {
            domain = domain.equals(ANY) ? ANY : HostName.toAscii(domain);
            appearAs = HostName.toUnicode(appearAs);
            if (domain.equals(ANY) && style != Style.ESCAPED) {
                throw new IllegalArgumentException("style: " + style + " (expected: ESCAPED, because domain is *)");
            }
        }

        /** The bare JID of a SIP user whose host is this domain. */
        Mapped<JID> jidOf(SipUri uri) {
            boolean phone = "phone".equalsIgnoreCase(uri.params().get("user"));
            Optional<String> user = uri.user()
                    .map(name -> TelephoneNumber.canonical(name, phone).orElse(name));
            if (style == Style.PLAIN) {
                return user.isEmpty()
                        ? Mapped.ok(Jids.of(null, appearAs, null))
                        : Localparts.ofUser(user.get()).map(local -> Jids.of(local, appearAs, null));
            }
            return user.isEmpty()
                    ? Mapped.refused(AddressRefusal.NO_USER, "expected a user before the host")
                    : Localparts.ofUser(user.get() + "@" + uri.host()).map(local -> Jids.of(local, appearAs, null));
        }

        /** The canonical address of record behind a JID of this domain. */
        Mapped<SipUri> uriOf(JID jid) {
            String local = jid.getNode();
            if (local == null) {
                return style == Style.PLAIN
                        ? Mapped.ok(SipUri.ofHost(domain))
                        : Mapped.refused(AddressRefusal.NO_USER, "expected a localpart");
            }
            return Localparts.toUser(local)
                    .flatMap(user -> style == Style.PLAIN ? Mapped.ok(SipUri.of(user, domain)) : split(user))
                    .flatMap(uri -> jidOf(uri)
                            .flatMap(again -> again.equals(jid.asBareJID())
                                    ? Mapped.ok(uri)
                                    : Mapped.refused(AddressRefusal.NOT_CANONICAL, "this user's JID is " + again)));
        }

        private static Mapped<SipUri> split(String address) {
            int at = address.lastIndexOf('@');
            if (at <= 0) {
                return Mapped.refused(
                        AddressRefusal.NOT_CANONICAL, "expected user\\40host, the whole SIP address, as localpart");
            }
            try {
                return Mapped.ok(SipUri.of(address.substring(0, at), address.substring(at + 1)));
            } catch (IllegalArgumentException noHost) {
                return Mapped.refused(AddressRefusal.NOT_CANONICAL, "expected a host after \\40 in the localpart");
            }
        }
    }

    /**
     * XMPP users and their SIP addresses: the localpart, unescaped, is the user part.
     *
     * @param domain their XMPP domain in U-labels
     * @param appearAs their SIP domain in A-labels
     */
    public record XmppUsers(String domain, String appearAs) {

        /** Normalises both names; throws {@link IllegalArgumentException} when one is no host. */
        public XmppUsers {
            domain = HostName.toUnicode(domain);
            appearAs = HostName.toAscii(appearAs);
        }

        /** The address of record of an XMPP user of this domain. */
        Mapped<SipUri> uriOf(JID jid) {
            String local = jid.getNode();
            return local == null
                    ? Mapped.ok(SipUri.ofHost(appearAs))
                    : Localparts.toUser(local).map(user -> SipUri.of(user, appearAs));
        }

        /** The bare JID behind a SIP address of this domain. */
        Mapped<JID> jidOf(SipUri uri) {
            return uri.user().isEmpty()
                    ? Mapped.ok(Jids.of(null, domain, null))
                    : Localparts.ofUser(uri.user().get()).map(local -> Jids.of(local, domain, null));
        }
    }
}
