package org.isthmus.msrp.session;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Finds the addresses of a host: A and AAAA records only (RFC 4975 §6.2). Any thread; never blocks. */
@FunctionalInterface
public interface HostResolver {

    /** The addresses in the order in which they are to be tried. */
    CompletionStage<List<InetAddress>> resolve(String host);

    /** The resolver of the machine, which blocks, on that executor. */
    static HostResolver system(Executor executor) {
        return host -> CompletableFuture.supplyAsync(
                () -> {
                    try {
                        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
                        return List.of(InetAddress.getAllByName(bare));
                    } catch (UnknownHostException e) {
                        throw new CompletionException(new UnknownHostException("unknown host " + host));
                    }
                },
                executor);
    }
}
