package org.isthmus.bytestream.socks5;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.isthmus.bytestream.ByteStreamSource;
import org.isthmus.bytestream.Opened;
import org.isthmus.bytestream.OwnerThread;
import org.isthmus.bytestream.StreamEnd;
import org.isthmus.bytestream.StreamFailure;
import org.isthmus.bytestream.StreamFailure.Reason;
import org.isthmus.bytestream.StreamKey;
import org.isthmus.bytestream.iq.MalformedRequestException;
import org.isthmus.bytestream.iq.Reply;
import org.isthmus.bytestream.socks5.dial.CandidateRace;
import org.isthmus.bytestream.socks5.query.BytestreamErrors;
import org.isthmus.bytestream.socks5.query.BytestreamXml;
import org.isthmus.bytestream.socks5.query.StreamHostOffer;
import org.isthmus.bytestream.socks5.wire.DestinationAddress;
import org.jspecify.annotations.Nullable;
import org.xmpp.packet.JID;

/**
 * Opens streams as target, which under stream initiation is the one who receives the file (XEP-0065 §5.3): waits for the
 * requester's offer, dials what it names within the policy, and answers with the host it reached or with
 * {@code item-not-found}. An offer that nobody waits for is not acceptable.
 *
 * <p>Thread-safe; each expected stream is confined to the thread of its owner.
 */
public final class Socks5Targets {

    /** A stream that is waited for. */
    public interface Expected {
        /** Gives up; the outcome is told as failed. From any thread. */
        void abort(StreamFailure why);
    }

    private final CandidateRace race;
    private final Socks5Limits limits;
    private final Map<StreamKey, Waiting> waiting = new ConcurrentHashMap<>();

    public Socks5Targets(CandidateRace race, Socks5Limits limits) {
        this.race = Objects.requireNonNull(race, "race");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /** How many streams are waited for. */
    public int size() {
        return waiting.size();
    }

    /**
     * Accepts the stream when the peer offers it.
     *
     * @param octets how many will come, if that was agreed
     * @param onEnd told once how an open stream ended, on the owner's thread
     * @param outcome told once, on the owner's thread; the peer has been answered before
     */
    public Expected expect(
            StreamKey key,
            OptionalLong octets,
            OwnerThread owner,
            Consumer<StreamEnd> onEnd,
            Consumer<Opened<ByteStreamSource>> outcome) {
        Waiting expected = new Waiting(key, octets, owner, onEnd, outcome);
        if (waiting.putIfAbsent(key, expected) == null) {
            owner.execute(expected::begin);
        } else {
            owner.execute(() -> expected.fail(new StreamFailure(Reason.TOO_MANY, "a stream of this id exists")));
        }
        return why -> owner.execute(() -> expected.fail(why));
    }

    /**
     * An IQ of type set whose payload is {@link BytestreamXml#isQuery}.
     *
     * @param reply answered exactly once, after dialling
     */
    public void onIq(JID from, JID to, Element payload, Reply reply) {
        StreamHostOffer offer;
        try {
            offer = BytestreamXml.readOffer(payload);
        } catch (MalformedRequestException malformed) {
            reply.error(malformed.answer().withText(String.valueOf(malformed.getMessage())));
            return;
        }
        Waiting expected = waiting.get(new StreamKey(to, from, offer.sid()));
        if (expected == null) {
            reply.error(BytestreamErrors.NOT_ACCEPTABLE);
        } else {
            expected.owner.execute(() -> expected.offered(offer, reply));
        }
    }

    private final class Waiting {
        private final StreamKey key;
        private final OptionalLong octets;
        private final OwnerThread owner;
        private final Consumer<StreamEnd> onEnd;
        private final Consumer<Opened<ByteStreamSource>> outcome;
        private OwnerThread.@Nullable Timer offerTimer;
        private CandidateRace.@Nullable Running dialling;
        private @Nullable Reply reply;
        private boolean over;

        private Waiting(
                StreamKey key,
                OptionalLong octets,
                OwnerThread owner,
                Consumer<StreamEnd> onEnd,
                Consumer<Opened<ByteStreamSource>> outcome) {
            this.key = key;
            this.octets = octets;
            this.owner = owner;
            this.onEnd = onEnd;
            this.outcome = outcome;
        }

        void begin() {
            if (!over) {
                offerTimer = owner.after(
                        limits.offerWait(),
                        () -> fail(new StreamFailure(Reason.NOT_OPENED, "the peer offered no stream host")));
            }
        }

        void offered(StreamHostOffer offer, Reply to) {
            if (over || reply != null) {
                to.error(BytestreamErrors.NOT_ACCEPTABLE);
                return;
            }
            reply = to;
            cancelTimer();
            String destination =
                    offer.destination().orElseGet(() -> DestinationAddress.of(key.sid(), key.peer(), key.local()));
            dialling = race.start(offer.hosts(), destination, owner, result -> {
                dialling = null;
                if (result instanceof CandidateRace.Result.Won won) {
                    open(won);
                } else if (result instanceof CandidateRace.Result.Lost lost) {
                    fail(new StreamFailure(Reason.UNREACHABLE, lost.why()));
                }
            });
        }

        private void open(CandidateRace.Result.Won won) {
            stop();
            Socks5Source source =
                    new Socks5Source(won.connection(), octets, limits, end -> owner.execute(() -> onEnd.accept(end)));
            source.start();
            Reply to = reply;
            if (to != null) {
                to.result(Optional.of(BytestreamXml.used(key.sid(), won.host())));
            }
            outcome.accept(new Opened.Stream<>(source));
        }

        void fail(StreamFailure why) {
            assert owner.inThread();
            if (over) {
                return;
            }
            stop();
            if (reply != null) {
                reply.error(BytestreamErrors.NO_HOST_REACHED);
            }
            outcome.accept(new Opened.Failed<>(why));
        }

        private void stop() {
            over = true;
            waiting.remove(key, this);
            cancelTimer();
            if (dialling != null) {
                dialling.cancel();
                dialling = null;
            }
        }

        private void cancelTimer() {
            if (offerTimer != null) {
                offerTimer.cancel();
                offerTimer = null;
            }
        }
    }
}
