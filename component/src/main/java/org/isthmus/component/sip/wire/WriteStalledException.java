package org.isthmus.component.sip.wire;

import java.net.SocketTimeoutException;

/** The other side did not read for longer than a write may take; the connection has been closed. */
public final class WriteStalledException extends SocketTimeoutException {

    private static final long serialVersionUID = 1L;

    WriteStalledException(String words) {
        super(words);
    }
}
