package org.isthmus.msrp.transaction;

/**
 * Which message goes first on a shared connection. A higher class is served before a lower one at every frame; within a
 * class the sessions take turns.
 */
public enum Priority {
    /** What a person waits for: chat, typing. */
    INTERACTIVE,
    /** Everything else that is small. */
    NORMAL,
    /** Files. */
    BULK
}
