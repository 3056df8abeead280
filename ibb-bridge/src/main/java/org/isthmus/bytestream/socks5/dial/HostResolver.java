package org.isthmus.bytestream.socks5.dial;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Turns the host of a stream host into addresses. */
@FunctionalInterface
public interface HostResolver {

    /**
     * Looks up.
     *
     * @param host a name or an address
     * @param found called once, on any thread; an empty list when there is none
     */
    void resolve(String host, Consumer<List<InetAddress>> found);

    /**
     * With the resolver of the platform, which blocks.
     *
     * @param lookups where to block; an address as text does not go there
     */
    static HostResolver platform(Executor lookups) {
        Objects.requireNonNull(lookups, "lookups");
        return (host, found) -> {
            Optional<InetAddress> literal = Addresses.literal(host);
            if (literal.isPresent()) {
                found.accept(List.of(literal.get()));
            } else if (host.indexOf(':') >= 0 || host.indexOf('%') >= 0) {
                found.accept(List.of()); // no name has these, and an address with a zone is link-local
            } else {
                lookups.execute(() -> found.accept(lookUp(host)));
            }
        };
    }

    private static List<InetAddress> lookUp(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }
}
