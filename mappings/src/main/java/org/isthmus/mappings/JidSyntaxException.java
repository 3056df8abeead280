package org.isthmus.mappings;

/** A text that is not a JID (RFC 7622 §3), with the part and the rule in words. */
public final class JidSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JidSyntaxException(String rule) {
        super(rule);
    }
}
