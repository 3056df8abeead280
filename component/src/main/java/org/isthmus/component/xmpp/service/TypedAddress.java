package org.isthmus.component.xmpp.service;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isthmus.mappings.AddressRefusal;
import org.isthmus.mappings.Mapped;
import org.isthmus.mappings.NameAddr;
import org.isthmus.mappings.SipUri;

/**
 * A SIP address as people type it: with or without scheme, domain, display name, parameters; or a telephone number. Pure.
 */
final class TypedAddress {

    /** A number with the separators people use (RFC 3966 §5.1.1), at least three digits. */
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9](?:[-.() ]*[0-9]){2,}");

    /** COMPAT(older XMPP gateways): {@code user%host}; the host has a dot, so that no percent escape is meant. */
    private static final Pattern LEGACY = Pattern.compile("([^%@:\\s]+)%([A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+)");

    private static final Pattern SIP_SCHEME = Pattern.compile("(?i)(?:sips?|im|pres):.*", Pattern.DOTALL);
    private static final Pattern SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:.*", Pattern.DOTALL);

    private TypedAddress() {}

    /**
     * Reads it.
     *
     * @param typed without white space around it
     * @param defaultDomain what a name without a domain belongs to
     */
    static Mapped<SipUri> read(String typed, Optional<String> defaultDomain) {
        try {
            return readOrThrow(typed, defaultDomain).map(SipUri::aor).flatMap(TypedAddress::withUser);
        } catch (IllegalArgumentException notOne) {
            return Mapped.refused(AddressRefusal.MALFORMED, "not a SIP address: " + notOne.getMessage());
        }
    }

    private static Mapped<SipUri> withUser(SipUri uri) {
        return uri.user().isPresent()
                ? Mapped.ok(uri)
                : Mapped.refused(AddressRefusal.NO_USER, "expected a user before the host");
    }

    private static Mapped<SipUri> readOrThrow(String typed, Optional<String> defaultDomain) {
        if (typed.indexOf('<') >= 0) {
            return Mapped.ok(NameAddr.parse(typed).uri());
        }
        if (SIP_SCHEME.matcher(typed).matches()) {
            return SipUri.read(typed);
        }
        if (typed.toLowerCase(Locale.ROOT).startsWith("tel:")) {
            String number = typed.substring(4).split(";", 2)[0];
            return NUMBER.matcher(number).matches()
                    ? atHome(digits(number), defaultDomain)
                    : Mapped.refused(AddressRefusal.MALFORMED, "not a telephone number");
        }
        if (NUMBER.matcher(typed).matches()) {
            return atHome(digits(typed), defaultDomain);
        }
        Matcher legacy = LEGACY.matcher(typed);
        if (legacy.matches()) {
            return Mapped.ok(SipUri.of(legacy.group(1), legacy.group(2)));
        }
        if (typed.indexOf('@') >= 0
                && !SCHEME.matcher(typed.substring(0, typed.indexOf('@'))).matches()) {
            return SipUri.read("sip:" + typed);
        }
        if (SCHEME.matcher(typed).matches()) {
            return Mapped.refused(AddressRefusal.UNSUPPORTED_SCHEME, "neither a SIP address nor a telephone number");
        }
        // Goes through the reader with its domain, so that what cannot be in an address is refused here, too.
        return atHome(typed, defaultDomain).flatMap(uri -> SipUri.read("sip:" + typed + "@" + uri.host()));
    }

    private static Mapped<SipUri> atHome(String user, Optional<String> defaultDomain) {
        return defaultDomain
                .map(domain -> Mapped.ok(SipUri.of(user, domain)))
                .orElseGet(() -> Mapped.refused(
                        AddressRefusal.NO_MAPPING,
                        "a name alone names nobody here; the address with @ and domain does"));
    }

    private static String digits(String number) {
        return number.replaceAll("[-.() ]", "");
    }
}
