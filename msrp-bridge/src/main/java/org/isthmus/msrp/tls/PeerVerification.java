package org.isthmus.msrp.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** By what the peer of a TLS connection proves who it is. There is no default: whoever opens a session chooses. */
public sealed interface PeerVerification {

    /**
     * Its certificate is valid under our trust store and names the host of its URI (RFC 4975 §5.4). Where the peer
     * connects to us it shows itself by knowing the session-id, as RFC 4975 §5.4 has it, and needs no certificate.
     */
    record ByTrustStore() implements PeerVerification {}

    /**
     * Its certificate has one of these fingerprints, in both directions: those of its session description (RFC 4975
     * §14.4), which must have come over a protected path, or those an operator has pinned for the partner.
     */
    record ByFingerprint(List<Fingerprint> fingerprints) implements PeerVerification {

        public ByFingerprint {
            fingerprints = List.copyOf(fingerprints);
            if (fingerprints.isEmpty()) {
                throw new IllegalArgumentException("fingerprints: none (expected: one or more)");
            }
        }

        boolean matches(X509Certificate certificate) {
            return fingerprints.stream().anyMatch(known -> known.matches(certificate));
        }
    }

    /** Not at all: encrypted, but to whom is unknown. Never chosen unless an operator wrote it. */
    record Unverified() implements PeerVerification {}

    /** Whether a peer that connected to us, with this certificate or none, may use the session. */
    default boolean acceptsClient(Optional<X509Certificate> certificate) {
        return !(this instanceof ByFingerprint known)
                || certificate.filter(known::matches).isPresent();
    }
}
