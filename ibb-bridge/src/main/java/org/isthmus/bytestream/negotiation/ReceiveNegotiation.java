package org.isthmus.bytestream.negotiation;

import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.isthmus.bytestream.ByteStreamSource;
import org.isthmus.bytestream.Opened;
import org.isthmus.bytestream.OwnerThread;
import org.isthmus.bytestream.StreamEnd;
import org.isthmus.bytestream.StreamFailure;
import org.isthmus.bytestream.StreamFailure.Reason;
import org.isthmus.bytestream.StreamKey;
import org.isthmus.bytestream.StreamMethod;
import org.isthmus.bytestream.ibb.IbbSession;
import org.isthmus.bytestream.ibb.IbbStreams;
import org.isthmus.bytestream.ibb.IbbTransfer;
import org.isthmus.bytestream.ibb.IbbTransfer.Direction;
import org.isthmus.bytestream.socks5.Socks5Targets;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the stream of a peer whose offer we have accepted.
 *
 * <p>When SOCKS5 was chosen and none of the peer's hosts can be reached, the peer hears {@code item-not-found} and has 30 s to
 * open an in-band stream with the same id, if it had offered that method: libpurple does so. Such a peer may also come in
 * band at once. Whichever comes first is the stream. The failure is remembered. Thread-safe.
 */
public final class ReceiveNegotiation {

    /** How long an in-band stream is accepted after SOCKS5 failed. */
    public static final Duration FALLBACK = Duration.ofSeconds(30);

    private static final StreamFailure SUPERSEDED = new StreamFailure(Reason.CANCELLED, "the other method was used");

    private final Socks5Targets socks5;
    private final IbbStreams ibb;
    private final MethodMemory memory;
    private final Duration openWait;

    /**
     * With the registries whose stanzas the caller delivers.
     *
     * @param openWait how long a peer may take to begin
     */
    public ReceiveNegotiation(Socks5Targets socks5, IbbStreams ibb, MethodMemory memory, Duration openWait) {
        this.socks5 = Objects.requireNonNull(socks5, "socks5");
        this.ibb = Objects.requireNonNull(ibb, "ibb");
        this.memory = Objects.requireNonNull(memory, "memory");
        this.openWait = Objects.requireNonNull(openWait, "openWait");
    }

    /**
     * Expects the stream. To be called on the owner's thread, before the acceptance is sent: what the peer sends then
     * cannot be early.
     *
     * @param chosen the method we chose
     * @param offered the methods of the offer
     * @param octets how many will come, the range considered
     * @param onEnd told once how an open stream ended, on the owner's thread
     * @param outcome told once, on the owner's thread
     */
    public Negotiation expect(
            StreamKey key,
            StreamMethod chosen,
            Collection<StreamMethod> offered,
            OptionalLong octets,
            OwnerThread owner,
            Consumer<StreamEnd> onEnd,
            Consumer<Opened<ByteStreamSource>> outcome) {
        assert owner.inThread();
        Expectation expectation = new Expectation(key, octets, owner, onEnd, outcome);
        boolean overSocks5 = chosen == StreamMethod.SOCKS5;
        boolean inBand = chosen == StreamMethod.IBB || offered.contains(StreamMethod.IBB);
        expectation.begin(overSocks5, inBand);
        return why -> owner.execute(() -> expectation.abort(why));
    }

    /** Confined to the owner's thread. */
    private final class Expectation {
        private final StreamKey key;
        private final OptionalLong octets;
        private final OwnerThread owner;
        private final Consumer<StreamEnd> onEnd;
        private final Consumer<Opened<ByteStreamSource>> outcome;
        private Socks5Targets.@Nullable Expected overSocks5;
        private @Nullable IbbSession inBand;
        private OwnerThread.@Nullable Timer fallback;
        private boolean over;

        private Expectation(
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

        void begin(boolean wantSocks5, boolean wantInBand) {
            if (wantInBand) {
                Duration wait = wantSocks5 ? openWait.plus(openWait).plus(FALLBACK) : openWait;
                inBand = ibb.expect(
                        key, new IbbTransfer(Direction.RECEIVE, octets, onEnd), owner, wait, this::inBandOver);
            }
            if (wantSocks5) {
                overSocks5 = socks5.expect(key, octets, owner, onEnd, this::socks5Over);
            }
        }

        private void socks5Over(Opened<ByteStreamSource> opened) {
            overSocks5 = null;
            if (over) {
                if (opened instanceof Opened.Stream<ByteStreamSource> late) {
                    late.stream().abort(SUPERSEDED);
                }
                return;
            }
            if (opened instanceof Opened.Failed<ByteStreamSource> failed) {
                StreamFailure why = failed.failure();
                if (why.reason() == Reason.UNREACHABLE) {
                    memory.socks5Failed(key.peer());
                }
                if (inBand != null && why.reason() != Reason.NOT_OPENED) {
                    fallback = owner.after(FALLBACK, () -> giveUpInBand(why));
                } else {
                    tell(opened);
                }
                return;
            }
            memory.socks5Worked(key.peer());
            tell(opened);
        }

        private void giveUpInBand(StreamFailure socks5Failure) {
            tell(new Opened.Failed<>(socks5Failure));
        }

        private void inBandOver(Opened<IbbSession> opened) {
            inBand = null;
            if (over) {
                if (opened instanceof Opened.Stream<IbbSession> late) {
                    late.stream().abort(SUPERSEDED);
                }
                return;
            }
            if (opened instanceof Opened.Stream<IbbSession> open) {
                tell(new Opened.Stream<>(open.stream().source()));
            } else if (opened instanceof Opened.Failed<IbbSession> failed && overSocks5 == null) {
                tell(new Opened.Failed<>(failed.failure()));
            }
        }

        private void tell(Opened<ByteStreamSource> opened) {
            over = true;
            if (fallback != null) {
                fallback.cancel();
            }
            Socks5Targets.Expected other = overSocks5;
            if (other != null) {
                other.abort(SUPERSEDED);
            }
            IbbSession session = inBand;
            if (session != null) {
                session.abort(SUPERSEDED);
            }
            outcome.accept(opened);
        }

        void abort(StreamFailure why) {
            if (!over) {
                tell(new Opened.Failed<>(why));
            }
        }
    }
}
