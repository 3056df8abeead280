package org.isthmus.component.xmpp.stream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Finds the addresses of a server; asked before every connection. Never blocks the caller. */
@FunctionalInterface
public interface AddressLookup {

    /** The addresses to try, in order; fails with {@link UnknownHostException} when there are none. */
    CompletionStage<List<InetSocketAddress>> lookup(String host, int port);

    /** The resolver of the platform, on a thread that may wait. Its cache is the JDK's (30 s unless configured). */
    static AddressLookup on(Executor mayBlock) {
        return (host, port) -> CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return Arrays.stream(InetAddress.getAllByName(host))
                                .map(address -> new InetSocketAddress(address, port))
                                .toList();
                    } catch (UnknownHostException unknown) {
                        throw new CompletionException(unknown);
                    }
                },
                mayBlock);
    }
}
