package org.isthmus.component.sip.route;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.isthmus.component.sip.SipLimits;
import org.isthmus.component.sip.SipTimers;

/**
 * Addresses of next hops (RFC 3263 §4.2, A and AAAA). Names are looked up on {@code lookup-io}; the caller, a
 * {@code sip-out} thread of that one next hop, waits at most the look-up limit. Answers are kept for half a minute, as the
 * resolver of the platform gives no lifetime.
 */
public final class HopAddresses {

    private static final Duration KEPT = Duration.ofSeconds(30);

    /** The resolver of the platform, or a table in tests. */
    @FunctionalInterface
    public interface Lookup {
        List<InetAddress> all(String host) throws UnknownHostException;
    }

    private record Known(List<InetAddress> addresses, long until) {}

    private final Lookup lookup;
    private final Executor lookupIo;
    private final SipLimits limits;
    private final SipTimers timers;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<List<InetAddress>>> asked = new ConcurrentHashMap<>();

    public HopAddresses(Lookup lookup, Executor lookupIo, SipLimits limits, SipTimers timers) {
        this.lookup = lookup;
        this.lookupIo = lookupIo;
        this.limits = limits;
        this.timers = timers;
    }

    /**
     * The addresses of the host, at least one. May wait.
     *
     * @param host a name, an IPv4 address, or an IPv6 address in brackets
     * @throws UnknownHostException when there is none, or not in time
     */
    List<InetAddress> of(String host) throws UnknownHostException {
        if (host.startsWith("[") || host.matches("[0-9.]+")) {
            return List.of(InetAddress.getByName(host)); // a literal: nothing is asked
        }
        Known fresh = known.get(host);
        if (fresh != null && fresh.until() - timers.nanos() > 0) {
            return fresh.addresses();
        }
        CompletableFuture<List<InetAddress>> answer = asked.computeIfAbsent(host, this::ask);
        try {
            List<InetAddress> found = answer.get(limits.lookup().toMillis(), TimeUnit.MILLISECONDS);
            if (found.isEmpty()) {
                throw new UnknownHostException(host);
            }
            known.put(host, new Known(found, timers.nanos() + KEPT.toNanos()));
            return found;
        } catch (TimeoutException late) {
            throw unknown(host + " was not resolved in " + limits.lookup().toSeconds() + " s", late);
        } catch (ExecutionException none) {
            throw unknown("no address for " + host, none);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw unknown("stopping", stopping);
        }
    }

    /** One question a name at a time: a resolver that hangs holds one thread, not one for each attempt. */
    private CompletableFuture<List<InetAddress>> ask(String host) {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        lookupIo.execute(() -> {
            try {
                List<InetAddress> found = lookup.all(host);
                asked.remove(host, answer);
                answer.complete(found);
            } catch (UnknownHostException | RuntimeException none) {
                asked.remove(host, answer);
                answer.completeExceptionally(none);
            }
        });
        return answer;
    }

    private static UnknownHostException unknown(String words, Exception cause) {
        UnknownHostException unknown = new UnknownHostException(words);
        unknown.initCause(cause);
        return unknown;
    }
}
