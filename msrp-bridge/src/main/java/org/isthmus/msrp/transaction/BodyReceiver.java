package org.isthmus.msrp.transaction;

import java.nio.ByteBuffer;
import org.isthmus.msrp.frame.Continuation;

/** Takes the body of one request. On the connection's loop. */
public interface BodyReceiver {

    /** Octets of the body; may be kept, see {@link org.isthmus.msrp.frame.MsrpPiece#data()}. */
    void piece(ByteBuffer data);

    void end(Continuation flag);
}
