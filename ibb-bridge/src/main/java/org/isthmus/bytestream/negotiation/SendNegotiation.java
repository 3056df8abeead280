package org.isthmus.bytestream.negotiation;

import java.util.Collection;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.isthmus.bytestream.ByteStreamSink;
import org.isthmus.bytestream.Opened;
import org.isthmus.bytestream.OwnerThread;
import org.isthmus.bytestream.StreamEnd;
import org.isthmus.bytestream.StreamFailure;
import org.isthmus.bytestream.StreamKey;
import org.isthmus.bytestream.StreamMethod;
import org.isthmus.bytestream.ibb.IbbSession;
import org.isthmus.bytestream.ibb.IbbStreams;
import org.isthmus.bytestream.ibb.IbbTransfer;
import org.isthmus.bytestream.socks5.Socks5Requester;
import org.jspecify.annotations.Nullable;

/**
 * Opens a stream to a peer that has accepted our offer.
 *
 * <p>When SOCKS5 was chosen and fails, and IBB was among the methods of the offer, an in-band stream with the same id is
 * tried. No XEP says so, but libpurple does it and waits for it as a receiver; a client that does not know it refuses the
 * open, and nothing is lost. The failure is remembered. Thread-safe.
 */
public final class SendNegotiation {

    private final Socks5Requester socks5;
    private final IbbStreams ibb;
    private final MethodMemory memory;

    public SendNegotiation(Socks5Requester socks5, IbbStreams ibb, MethodMemory memory) {
        this.socks5 = Objects.requireNonNull(socks5, "socks5");
        this.ibb = Objects.requireNonNull(ibb, "ibb");
        this.memory = Objects.requireNonNull(memory, "memory");
    }

    /**
     * Opens.
     *
     * @param chosen the method that the peer chose
     * @param offered the methods of our offer
     * @param octets how many we will send, the range considered
     * @param onEnd told once how an open stream ended, on the owner's thread
     * @param outcome told once, on the owner's thread
     */
    public Negotiation open(
            StreamKey key,
            StreamMethod chosen,
            Collection<StreamMethod> offered,
            OptionalLong octets,
            OwnerThread owner,
            Consumer<StreamEnd> onEnd,
            Consumer<Opened<ByteStreamSink>> outcome) {
        Attempt attempt = new Attempt(key, Set.copyOf(offered), octets, owner, onEnd, outcome);
        owner.execute(() -> attempt.begin(chosen));
        return why -> owner.execute(() -> attempt.abort(why));
    }

    /** Confined to the owner's thread. */
    private final class Attempt {
        private final StreamKey key;
        private final Set<StreamMethod> offered;
        private final OptionalLong octets;
        private final OwnerThread owner;
        private final Consumer<StreamEnd> onEnd;
        private final Consumer<Opened<ByteStreamSink>> outcome;
        private Socks5Requester.@Nullable Opening overSocks5;
        private @Nullable IbbSession inBand;
        private @Nullable StreamFailure given;

        private Attempt(
                StreamKey key,
                Set<StreamMethod> offered,
                OptionalLong octets,
                OwnerThread owner,
                Consumer<StreamEnd> onEnd,
                Consumer<Opened<ByteStreamSink>> outcome) {
            this.key = key;
            this.offered = offered;
            this.octets = octets;
            this.owner = owner;
            this.onEnd = onEnd;
            this.outcome = outcome;
        }

        void begin(StreamMethod chosen) {
            if (given != null) {
                outcome.accept(new Opened.Failed<>(given));
            } else if (chosen == StreamMethod.SOCKS5) {
                overSocks5 = socks5.open(key, owner, onEnd, this::socks5Over);
            } else {
                openInBand("");
            }
        }

        private void socks5Over(Opened<ByteStreamSink> opened) {
            if (opened instanceof Opened.Failed<ByteStreamSink> failed && given == null) {
                memory.socks5Failed(key.peer());
                if (offered.contains(StreamMethod.IBB)) {
                    openInBand("after SOCKS5 (" + failed.failure() + "): ");
                    return;
                }
            } else if (opened instanceof Opened.Stream<ByteStreamSink>) {
                memory.socks5Worked(key.peer());
            }
            outcome.accept(opened);
        }

        private void openInBand(String before) {
            IbbTransfer transfer = new IbbTransfer(IbbTransfer.Direction.SEND, octets, onEnd);
            inBand = ibb.open(key, transfer, owner, opened -> {
                if (opened instanceof Opened.Stream<IbbSession> open) {
                    outcome.accept(new Opened.Stream<>(open.stream().sink()));
                } else if (opened instanceof Opened.Failed<IbbSession> failed) {
                    StreamFailure why = failed.failure();
                    outcome.accept(new Opened.Failed<>(new StreamFailure(why.reason(), before + why.detail())));
                }
            });
        }

        void abort(StreamFailure why) {
            given = why;
            if (inBand != null) {
                inBand.abort(why);
            } else if (overSocks5 != null) {
                overSocks5.abort(why);
            }
        }
    }
}
