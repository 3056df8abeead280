package org.isthmus.mappings;

/** Why an address has no counterpart on the other network. The only list of such reasons. */
public enum AddressRefusal {
    /** Not a JID or not a SIP URI at all, or one with an undecodable escape. */
    MALFORMED,
    /** A scheme the gateway does not carry (tel, urn, http; RFC 7247 §6.4 step 1). */
    UNSUPPORTED_SCHEME,
    /** A sips URI, which may not be carried over a network without its guarantees (RFC 7247 §8). */
    SECURE_URI,
    /** No user part where the mapping needs one. */
    NO_USER,
    /** No mapping names the domain of the SIP user. */
    NO_MAPPING,
    /** The mapping exists, but the XMPP user's domain is not its population. */
    NOT_IN_POPULATION,
    /** The mapping belongs to another partner than the one that sent the request. */
    WRONG_PARTNER,
    /** A partner used an address that belongs to an XMPP user as its own. */
    CLAIMS_XMPP_USER,
    /** Both ends are on the same network. */
    SAME_NETWORK,
    /** The localpart may not begin or end with a space (XEP-0106 §3.2). */
    SPACE_AT_END,
    /** Characters that PRECIS (RFC 8265) forbids in a localpart, or an empty result. */
    NOT_PREPARABLE,
    /** PRECIS and Nodeprep spell it differently, or it could be read as two addresses: it could reach the wrong person. */
    AMBIGUOUS_SPELLING,
    /** A JID that is not what escaping its own address yields; two JIDs would name one user (XEP-0106 §4.2). */
    NOT_CANONICAL,
    /** A part is longer than 1023 octets (RFC 7622 §3). */
    TOO_LONG,
    /** An alias gives the address that this one would become to somebody else. */
    TAKEN_BY_ALIAS,
    /** The directory knows no such address. */
    NOT_IN_DIRECTORY,
    /** The directory could not be asked in time. */
    DIRECTORY_UNAVAILABLE
}
