package org.isthmus.component.cli;

import java.util.regex.Pattern;
import org.isthmus.mappings.AddressLookUp;
import org.isthmus.mappings.AddressMapper;
import org.isthmus.mappings.AddressRefusal;
import org.isthmus.mappings.JidSyntaxException;
import org.isthmus.mappings.Jids;
import org.isthmus.mappings.Mapped;
import org.isthmus.mappings.NameAddr;
import org.isthmus.mappings.SipUri;
import org.isthmus.mappings.SipUriSyntaxException;

/** An address as somebody typed it: a JID, a SIP URI, or the value of a SIP address header. */
final class TypedAddress {

    /** A scheme of a URI, which no JID begins with: a localpart or domain holds no colon (RFC 7622 §3.3.1). */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    private TypedAddress() {}

    static boolean isUri(String address) {
        return isHeader(address) || SCHEME.matcher(address).matches();
    }

    static Mapped<AddressLookUp> lookUp(AddressMapper mapper, String address) {
        return isUri(address) ? lookUpUri(mapper, address) : lookUpJid(mapper, address);
    }

    static Mapped<AddressLookUp> lookUpUri(AddressMapper mapper, String address) {
        return read(address).flatMap(uri -> mapper.lookUp(uri).map(found -> inScheme(found, uri.scheme())));
    }

    static Mapped<AddressLookUp> lookUpJid(AddressMapper mapper, String address) {
        try {
            return mapper.lookUp(Jids.parse(address));
        } catch (JidSyntaxException bad) {
            return Mapped.refused(AddressRefusal.MALFORMED, "not a JID: " + bad.getMessage());
        }
    }

    private static Mapped<SipUri> read(String address) {
        if (!isHeader(address)) {
            return SipUri.read(address);
        }
        try {
            return Mapped.ok(NameAddr.parse(address).uri());
        } catch (SipUriSyntaxException bad) {
            return Mapped.refused(AddressRefusal.MALFORMED, "not a SIP address: " + bad.getMessage());
        }
    }

    /** Who asks about an im or pres URI is answered about it. */
    private static AddressLookUp inScheme(AddressLookUp found, String scheme) {
        return scheme.startsWith("sip")
                ? found
                : new AddressLookUp(
                        found.mapping(), found.jid(), found.uri().withScheme(scheme), found.home(), found.why());
    }

    private static boolean isHeader(String address) {
        return address.startsWith("\"") || address.contains("<");
    }
}
