package org.isthmus.translation.file;

import org.isthmus.translation.sdp.MediaDescription;

/** What a later offer on the same {@code m=} line means for the transfer (RFC 5547 §8.1, Figure 3). */
public enum RepeatedOffer {
    /** Another id: the old transfer ends, a new one begins, also for the same file. */
    NEW_TRANSFER,
    /** The same id and file: nothing happens, nobody is asked again. */
    UNCHANGED,
    /** The same id for another file: an error, answered with port 0. */
    CONTRADICTION,
    /** Port 0, which counts before any id: the transfer ends. */
    ENDED;

    /** The row of Figure 3 for a stream that carried one file and now describes another. */
    public static RepeatedOffer of(FileOffer before, FileOffer now, MediaDescription stream) {
        if (stream.isRefused()) {
            return ENDED;
        }
        if (!before.transferId().equals(now.transferId())) {
            return NEW_TRANSFER;
        }
        return before.isSameFile(now) ? UNCHANGED : CONTRADICTION;
    }
}
