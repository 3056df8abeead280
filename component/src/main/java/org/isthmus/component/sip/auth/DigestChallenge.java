package org.isthmus.component.sip.auth;

import gov.nist.javax.sip.message.SIPResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.ProxyAuthenticateHeader;
import javax.sip.header.ProxyAuthorizationHeader;
import javax.sip.header.WWWAuthenticateHeader;

/**
 * One digest challenge of a 401 or 407 that we can answer (RFC 7616 §3.3).
 *
 * @param header the header that answers it: Authorization or Proxy-Authorization
 * @param realm whose users are meant
 * @param nonce to be hashed
 * @param opaque to be repeated
 * @param algorithm as given; empty: MD5
 * @param qop whether {@code qop=auth} was offered; without any qop the form of RFC 2069 is used
 * @param stale only the nonce was too old
 */
public record DigestChallenge(
        String header,
        String realm,
        String nonce,
        Optional<String> opaque,
        Optional<String> algorithm,
        boolean qop,
        boolean stale) {

    /** The challenges of the response that we can answer, the strongest algorithm first. */
    public static List<DigestChallenge> of(SIPResponse response) {
        List<DigestChallenge> found = new ArrayList<>();
        String name = response.getStatusCode() == 407 ? ProxyAuthenticateHeader.NAME : WWWAuthenticateHeader.NAME;
        for (Iterator<?> headers = response.getHeaders(name); headers.hasNext(); ) {
            if (headers.next() instanceof WWWAuthenticateHeader challenge) {
                read(challenge, response.getStatusCode()).ifPresent(found::add);
            }
        }
        found.sort((one, other) -> Integer.compare(rank(one), rank(other)));
        return List.copyOf(found);
    }

    private static Optional<DigestChallenge> read(WWWAuthenticateHeader challenge, int status) {
        Optional<String> algorithm = Optional.ofNullable(challenge.getAlgorithm());
        Optional<String> qops = Optional.ofNullable(challenge.getQop());
        boolean auth = qops.isPresent()
                && Arrays.stream(qops.get().replace("\"", "").split(","))
                        .anyMatch(qop -> qop.strip().equalsIgnoreCase("auth"));
        boolean answerable = "Digest".equalsIgnoreCase(challenge.getScheme())
                && challenge.getRealm() != null
                && challenge.getNonce() != null
                && DigestAnswer.knows(algorithm)
                && (auth || qops.isEmpty());
        return answerable
                ? Optional.of(new DigestChallenge(
                        status == 407 ? ProxyAuthorizationHeader.NAME : AuthorizationHeader.NAME,
                        challenge.getRealm(),
                        challenge.getNonce(),
                        Optional.ofNullable(challenge.getOpaque()),
                        algorithm,
                        auth,
                        challenge.isStale()))
                : Optional.empty();
    }

    private static int rank(DigestChallenge challenge) {
        return challenge.algorithm().orElse("MD5").toUpperCase(Locale.ROOT).equals("MD5") ? 1 : 0;
    }
}
