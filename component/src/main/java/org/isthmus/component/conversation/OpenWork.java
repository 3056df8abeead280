package org.isthmus.component.conversation;

/**
 * A message that somebody still waits for an answer to. Never its body.
 *
 * @param number of this entry, unique in the ledger
 * @param direction which leg waits
 * @param from sender as its own network knows him (JID or SIP URI)
 * @param to addressee as the sender's network knows her
 * @param id the stanza id, or the transaction of the request
 * @param lang language of the sender, or empty
 */
public record OpenWork(long number, Direction direction, String from, String to, String id, String lang) {

    /** Where the waiting sender is. */
    public enum Direction {
        XMPP_TO_SIP,
        SIP_TO_XMPP
    }
}
