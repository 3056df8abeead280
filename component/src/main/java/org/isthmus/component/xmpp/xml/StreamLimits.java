package org.isthmus.component.xmpp.xml;

/**
 * How much one stanza may cost before it is read. A stanza over a limit is skipped and answered; the stream goes on.
 *
 * @param stanzaBytes octets of one stanza, tags included. At least what the server lets through, or its users can have
 *     their own stanzas refused here (Prosody 512 KiB, Openfire 1 MiB, ejabberd without limit unless configured)
 * @param depth levels of elements below the stanza
 * @param nodes elements and attributes in one stanza
 * @param attributes attributes of one element, namespace declarations included
 * @param startTagBytes octets of one start tag
 * @param skippedBytes octets of a stanza that is being skipped after which the stream is closed instead
 */
public record StreamLimits(
        int stanzaBytes, int depth, int nodes, int attributes, int startTagBytes, long skippedBytes) {

    public static final StreamLimits DEFAULT = new StreamLimits(1 << 20, 64, 4096, 64, 64 << 10, 64L << 20);

    public StreamLimits {
        if (stanzaBytes < 10_000) {
            throw new IllegalArgumentException("RFC 6120 §13.12 asks for at least 10000 octets a stanza");
        }
        if (depth < 1 || nodes < 1 || attributes < 1 || startTagBytes < 256 || skippedBytes < stanzaBytes) {
            throw new IllegalArgumentException("limits must be positive and skippedBytes at least stanzaBytes");
        }
    }
}
