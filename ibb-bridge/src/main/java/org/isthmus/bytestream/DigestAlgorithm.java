package org.isthmus.bytestream;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash functions of file offers: MD5 in XEP-0096, SHA-1 in RFC 5547, SHA-256 where a side stated it. */
public enum DigestAlgorithm {
    MD5("MD5"),
    SHA_1("SHA-1"),
    SHA_256("SHA-256");

    private final String javaName;

    DigestAlgorithm(String javaName) {
        this.javaName = javaName;
    }

    MessageDigest start() {
        try {
            return MessageDigest.getInstance(javaName);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(javaName + " is missing, though every Java platform has it", impossible);
        }
    }
}
