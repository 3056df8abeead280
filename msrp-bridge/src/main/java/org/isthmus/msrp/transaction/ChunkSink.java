package org.isthmus.msrp.transaction;

/** What a {@link ChunkSource} needs while it writes. */
public interface ChunkSink {

    /** A fresh transaction id. */
    String newTransactionId();

    long nanoTime();

    /** A response to this transaction is to be awaited from the moment its last octet has gone to the system. */
    void expectResponse(String transactionId, ResponseHandler handler);

    /** No response is awaited; if one comes, the handler hears of it. */
    void hearErrors(String transactionId, ResponseHandler handler);
}
