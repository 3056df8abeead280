package org.isthmus.bytestream.socks5.dial;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.isthmus.bytestream.OwnerThread;
import org.isthmus.bytestream.socks5.query.StreamHost;
import org.isthmus.bytestream.socks5.wire.ClientHandshake;
import org.isthmus.bytestream.socks5.wire.Socks5Connection;
import org.jspecify.annotations.Nullable;

/**
 * Tries the candidates of an offer in their order, each with a head start before the next: the first that answers wins and
 * the others are dropped. A candidate that fails passes its turn on at once. Stateless; a running race is confined to the
 * owner's thread.
 */
public final class CandidateRace {

    /** How it went. */
    public sealed interface Result {
        /** This one answered first. */
        record Won(StreamHost host, Socks5Connection connection) implements Result {}

        /** None did; why, without addresses. */
        record Lost(String why) implements Result {}
    }

    /** A race that runs. */
    public interface Running {
        /** Gives up; nothing more is told. On the owner's thread. */
        void cancel();
    }

    private final Socks5Dialer dialer;
    private final HostResolver resolver;
    private final DialPolicy policy;
    private final DialLimits limits;

    public CandidateRace(Socks5Dialer dialer, HostResolver resolver, DialPolicy policy, DialLimits limits) {
        this.dialer = Objects.requireNonNull(dialer, "dialer");
        this.resolver = Objects.requireNonNull(resolver, "resolver");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /**
     * Stream hosts that a remote user named: within the policy only.
     *
     * @param result told once, on the owner's thread
     */
    public Running start(List<StreamHost> hosts, String destination, OwnerThread owner, Consumer<Result> result) {
        return begin(new Race(destination, owner, false, result), hosts);
    }

    /** The proxy of our own server, wherever it is. */
    public Running startProxy(StreamHost proxy, String destination, OwnerThread owner, Consumer<Result> result) {
        return begin(new Race(destination, owner, true, result), List.of(proxy));
    }

    private Running begin(Race race, List<StreamHost> hosts) {
        List<StreamHost> first =
                new LinkedHashSet<>(hosts).stream().limit(limits.candidates()).toList();
        race.waiting.addAll(first);
        race.owner.execute(race::begin);
        return race::stop;
    }

    private final class Race {
        private final String destination;
        private final OwnerThread owner;
        private final boolean proxy;
        private final Consumer<Result> result;
        private final ArrayDeque<StreamHost> waiting = new ArrayDeque<>();
        private final List<Socks5Dialer.Dial> dials = new ArrayList<>();
        private OwnerThread.@Nullable Timer headStart;
        private OwnerThread.@Nullable Timer total;
        private int running;
        private int forbidden;
        private int failed;
        private boolean over;

        private Race(String destination, OwnerThread owner, boolean proxy, Consumer<Result> result) {
            this.destination = destination;
            this.owner = owner;
            this.proxy = proxy;
            this.result = result;
        }

        void begin() {
            if (!over) {
                total = owner.after(limits.total(), () -> lose("none answered in " + limits.total()));
                next();
            }
        }

        private void next() {
            if (headStart != null) {
                headStart.cancel();
                headStart = null;
            }
            StreamHost host = waiting.poll();
            if (host == null) {
                if (running == 0) {
                    lose(failed + " not reached, " + forbidden + " not permitted");
                }
                return;
            }
            running++;
            if (!waiting.isEmpty()) {
                headStart = owner.after(limits.headStart(), this::next);
            }
            resolver.resolve(host.host(), found -> owner.execute(() -> resolved(host, found)));
        }

        private void resolved(StreamHost host, List<InetAddress> found) {
            if (over) {
                return;
            }
            ArrayDeque<InetSocketAddress> addresses = new ArrayDeque<>();
            for (InetAddress address : found) {
                boolean permitted = proxy ? policy.permitsProxy(address) : policy.permits(address, host.port());
                if (permitted && addresses.size() < limits.addresses()) {
                    addresses.add(new InetSocketAddress(address, host.port()));
                }
            }
            if (addresses.isEmpty() && !found.isEmpty()) {
                forbidden++;
                candidateOver();
            } else {
                dial(host, addresses);
            }
        }

        private void candidateOver() {
            running--;
            next();
        }

        private void dial(StreamHost host, ArrayDeque<InetSocketAddress> addresses) {
            InetSocketAddress address = addresses.poll();
            if (address == null) {
                failed++;
                candidateOver();
                return;
            }
            dials.add(dialer.dial(address, destination, new ClientHandshake.Listener() {
                @Override
                public void connected(Socks5Connection connection) {
                    owner.execute(() -> win(host, connection));
                }

                @Override
                public void failed(String why) {
                    owner.execute(() -> {
                        if (!over) {
                            dial(host, addresses);
                        }
                    });
                }
            }));
        }

        private void win(StreamHost host, Socks5Connection connection) {
            if (over) {
                connection.close();
                return;
            }
            stop();
            result.accept(new Result.Won(host, connection));
        }

        private void lose(String why) {
            if (!over) {
                stop();
                result.accept(new Result.Lost(why));
            }
        }

        private void stop() {
            assert owner.inThread();
            over = true;
            if (headStart != null) {
                headStart.cancel();
            }
            if (total != null) {
                total.cancel();
            }
            dials.forEach(Socks5Dialer.Dial::cancel);
        }
    }
}
