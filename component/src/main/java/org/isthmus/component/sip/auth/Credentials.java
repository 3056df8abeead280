package org.isthmus.component.sip.auth;

import java.util.Optional;

/** What to answer the challenge of a next hop with. Any thread. */
@FunctionalInterface
public interface Credentials {

    /**
     * A user and his secret.
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
