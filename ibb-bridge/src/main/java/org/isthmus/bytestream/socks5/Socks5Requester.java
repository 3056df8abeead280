package org.isthmus.bytestream.socks5;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.isthmus.bytestream.ByteStreamSink;
import org.isthmus.bytestream.Opened;
import org.isthmus.bytestream.OwnerThread;
import org.isthmus.bytestream.StreamEnd;
import org.isthmus.bytestream.StreamFailure;
import org.isthmus.bytestream.StreamFailure.Reason;
import org.isthmus.bytestream.StreamKey;
import org.isthmus.bytestream.iq.IqAnswer;
import org.isthmus.bytestream.iq.IqExchange;
import org.isthmus.bytestream.iq.IqRequest;
import org.isthmus.bytestream.socks5.dial.CandidateRace;
import org.isthmus.bytestream.socks5.host.StreamHostServer;
import org.isthmus.bytestream.socks5.query.BytestreamXml;
import org.isthmus.bytestream.socks5.query.StreamHost;
import org.isthmus.bytestream.socks5.query.StreamHostOffer;
import org.isthmus.bytestream.socks5.wire.DestinationAddress;
import org.isthmus.bytestream.socks5.wire.Socks5Connection;
import org.isthmus.mappings.JidSyntaxException;
import org.isthmus.mappings.Jids;
import org.jspecify.annotations.Nullable;
import org.xmpp.packet.JID;

/**
 * Opens streams as requester, which under stream initiation is the one who sends the file (XEP-0065 §5, §6).
 *
 * <p>Offers our own stream host first and the proxies of our server after it. A target that chose our own host is connected
 * already, or will be in a moment. For a proxy, we connect to it after the target has (Openfire's takes the first who comes
 * for the receiver) and have it activated; what counts is the SOCKS5 reply, since a proxy may say that it activated a stream
 * that is dead.
 *
 * <p>Thread-safe; each negotiation is confined to the thread of its owner.
 */
public final class Socks5Requester {

    /** A negotiation that runs. */
    public interface Opening {
        /** Gives up; the outcome is told as failed. From any thread. */
        void abort(StreamFailure why);
    }

    private final IqExchange iqs;
    private final Optional<Announcement> own;
    private final Optional<ProxyDirectory> proxies;
    private final CandidateRace race;
    private final Socks5Limits limits;

    /**
     * With what there is.
     *
     * @param own our own stream host, if there is one
     * @param proxies of our server, if they are to be used
     * @param race dials a proxy
     */
    public Socks5Requester(
            IqExchange iqs,
            Optional<Announcement> own,
            Optional<ProxyDirectory> proxies,
            CandidateRace race,
            Socks5Limits limits) {
        this.iqs = Objects.requireNonNull(iqs, "iqs");
        this.own = Objects.requireNonNull(own, "own");
        this.proxies = Objects.requireNonNull(proxies, "proxies");
        this.race = Objects.requireNonNull(race, "race");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /**
     * Negotiates a stream to the peer.
     *
     * @param onEnd told once how an open stream ended, on the owner's thread
     * @param outcome told once, on the owner's thread
     */
    public Opening open(
            StreamKey key, OwnerThread owner, Consumer<StreamEnd> onEnd, Consumer<Opened<ByteStreamSink>> outcome) {
        Negotiation negotiation = new Negotiation(key, owner, onEnd, outcome);
        owner.execute(negotiation::begin);
        return why -> owner.execute(() -> negotiation.fail(why));
    }

    private final class Negotiation {
        private final StreamKey key;
        private final OwnerThread owner;
        private final Consumer<StreamEnd> onEnd;
        private final Consumer<Opened<ByteStreamSink>> outcome;
        private final String destination;
        private final List<StreamHost> offered = new ArrayList<>();
        private StreamHostServer.@Nullable Registration registration;
        private @Nullable Socks5Connection arrived;
        private CandidateRace.@Nullable Running dialling;
        private OwnerThread.@Nullable Timer timer;
        private boolean ownChosen;
        private boolean over;

        private Negotiation(
                StreamKey key, OwnerThread owner, Consumer<StreamEnd> onEnd, Consumer<Opened<ByteStreamSink>> outcome) {
            this.key = key;
            this.owner = owner;
            this.onEnd = onEnd;
            this.outcome = outcome;
            this.destination = DestinationAddress.of(key.sid(), key.local(), key.peer());
        }

        void begin() {
            if (over) {
                return;
            }
            if (proxies.isPresent()) {
                proxies.get().find(key.local(), found -> owner.execute(() -> offer(found)));
            } else {
                offer(List.of());
            }
        }

        private void offer(List<StreamHost> found) {
            if (over) {
                return;
            }
            own.ifPresent(this::announce);
            offered.addAll(found);
            if (offered.isEmpty()) {
                fail(new StreamFailure(Reason.UNREACHABLE, "no stream host to offer"));
                return;
            }
            Element query = BytestreamXml.offer(new StreamHostOffer(key.sid(), Optional.empty(), offered));
            request(key.peer(), query, limits.offerAnswer(), this::answered);
        }

        private void announce(Announcement announcement) {
            announcement
                    .server()
                    .register(destination, connection -> owner.execute(() -> arrived(connection)))
                    .ifPresent(waiting -> {
                        registration = waiting;
                        offered.addAll(announcement.hosts(key.local()));
                    });
        }

        private void arrived(Socks5Connection connection) {
            if (over) {
                connection.close();
            } else if (ownChosen) {
                open(connection);
            } else {
                arrived = connection;
            }
        }

        private void answered(IqAnswer answer) {
            if (over) {
                return;
            }
            if (!(answer instanceof IqAnswer.Result result)) {
                fail(failureOf(answer));
                return;
            }
            Optional<StreamHost> used =
                    result.payload().flatMap(BytestreamXml::readUsed).flatMap(this::hostOf);
            if (used.isEmpty()) {
                fail(new StreamFailure(Reason.MALFORMED, "the target chose a stream host that was not offered"));
            } else if (used.get().jid().equals(key.local().toString())) {
                useOwn();
            } else {
                useProxy(used.get());
            }
        }

        private Optional<StreamHost> hostOf(String jid) {
            Optional<StreamHost> exact =
                    offered.stream().filter(host -> host.jid().equals(jid)).findFirst();
            // COMPAT(clients that prepare what they repeat): the same address in another spelling
            return exact.or(() -> offered.stream()
                    .filter(host ->
                            parsed(host.jid()).isPresent() && parsed(host.jid()).equals(parsed(jid)))
                    .findFirst());
        }

        private void useOwn() {
            Socks5Connection connection = arrived;
            if (connection != null) {
                arrived = null;
                open(connection);
                return;
            }
            ownChosen = true;
            timer = owner.after(
                    limits.arrival(),
                    () -> fail(new StreamFailure(Reason.UNREACHABLE, "the target did not arrive at our stream host")));
        }

        private void useProxy(StreamHost proxy) {
            Optional<JID> address = parsed(proxy.jid());
            if (address.isEmpty()) {
                fail(new StreamFailure(Reason.MALFORMED, "the proxy has no address"));
                return;
            }
            closeArrived(); // it tried our host too, and dropped it
            dialling = race.startProxy(proxy, destination, owner, dialled -> {
                dialling = null;
                if (dialled instanceof CandidateRace.Result.Won won) {
                    arrived(won.connection());
                    activate(address.get());
                } else if (dialled instanceof CandidateRace.Result.Lost lost) {
                    fail(new StreamFailure(Reason.UNREACHABLE, "proxy: " + lost.why()));
                }
            });
        }

        private void activate(JID proxy) {
            Element query = BytestreamXml.activate(key.sid(), key.peer().toString());
            request(proxy, query, limits.activation(), answer -> {
                Socks5Connection connection = arrived;
                if (over || connection == null) {
                    return;
                }
                if (answer instanceof IqAnswer.Result) {
                    arrived = null;
                    open(connection);
                } else {
                    fail(failureOf(answer));
                }
            });
        }

        private void open(Socks5Connection connection) {
            stop();
            Socks5Sink sink = new Socks5Sink(connection, limits, end -> owner.execute(() -> onEnd.accept(end)));
            sink.start();
            outcome.accept(new Opened.Stream<>(sink));
        }

        void fail(StreamFailure why) {
            assert owner.inThread();
            if (!over) {
                stop();
                outcome.accept(new Opened.Failed<>(why));
            }
        }

        private void stop() {
            over = true;
            if (timer != null) {
                timer.cancel();
            }
            if (dialling != null) {
                dialling.cancel();
            }
            if (registration != null) {
                registration.close();
            }
            closeArrived();
        }

        private void closeArrived() {
            if (arrived != null) {
                arrived.close();
                arrived = null;
            }
        }

        private void request(JID to, Element payload, Duration answerLimit, Consumer<IqAnswer> answered) {
            IqRequest request = IqRequest.set(key.local(), to, payload, answerLimit);
            iqs.request(request, answer -> owner.execute(() -> answered.accept(answer)));
        }
    }

    private static Optional<JID> parsed(String jid) {
        try {
            return Optional.of(Jids.parse(jid));
        } catch (JidSyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    private static StreamFailure failureOf(IqAnswer answer) {
        if (answer instanceof IqAnswer.Refused refused) {
            return new StreamFailure(Reason.REFUSED, refused.error().summary());
        }
        return answer instanceof IqAnswer.Unanswered unanswered
                ? new StreamFailure(Reason.UNANSWERED, unanswered.why())
                : new StreamFailure(Reason.LINK_LOST, "not sent");
    }
}
