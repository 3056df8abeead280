package org.isthmus.component.conversation;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/** Unpredictable identifiers: 96 random bits as 16 URL-safe characters. Any thread. */
public final class Ids implements Supplier<String> {

    private final SecureRandom random = new SecureRandom();

    @Override
    public String get() {
        byte[] octets = new byte[12];
        random.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
