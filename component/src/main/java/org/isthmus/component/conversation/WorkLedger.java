package org.isthmus.component.conversation;

import java.util.List;

/**
 * Port to the open-work ledger: what would be unanswered if the process died now. Any thread; never blocks but at start.
 */
public interface WorkLedger {

    /**
     * Notes a message whose sender waits. Written behind at once, in groups; an entry that is closed before its group
     * was written never touches the disk.
     */
    OpenWork open(OpenWork.Direction direction, String from, String to, String id, String lang);

    /** The sender has got his answer. */
    void close(OpenWork entry);

    /** What the process before this one left unanswered, oldest first. */
    List<OpenWork> leftOver();

    /** What this process has open at the moment. */
    List<OpenWork> unanswered();
}
