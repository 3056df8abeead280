package org.isthmus.component.sip.auth;

import java.util.Optional;

/** Where a client transaction will ask for a user name and secret when a next hop answers 401 or 407. */
@FunctionalInterface
public interface Credentials {

    /**
     * What to answer a challenge with.
     *
     * @param user the user name
     * @param secret the password; never logged
     */
    record Login(String user, String secret) {

        /** The user only. */
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /** The login at that partner for that realm; empty: the challenge is the final answer. */
    Optional<Login> forRealm(String partner, String realm);

    /** No credentials anywhere. */
    static Credentials none() {
        return (partner, realm) -> Optional.empty();
    }
}
