package org.isthmus.bytestream.ibb;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.isthmus.bytestream.Opened;
import org.isthmus.bytestream.OwnerThread;
import org.isthmus.bytestream.StreamFailure;
import org.isthmus.bytestream.StreamFailure.Reason;
import org.isthmus.bytestream.StreamKey;
import org.isthmus.bytestream.ibb.IbbElement.Carrier;
import org.isthmus.bytestream.ibb.IbbElement.Close;
import org.isthmus.bytestream.ibb.IbbElement.Data;
import org.isthmus.bytestream.ibb.IbbElement.Open;
import org.isthmus.bytestream.iq.IqExchange;
import org.isthmus.bytestream.iq.MalformedRequestException;
import org.isthmus.bytestream.iq.Reply;
import org.xmpp.packet.JID;

/**
 * The in-band streams of a component or client, by key.
 *
 * <p>Thread-safe. A stanza is read on the thread that brings it and posted to the stream's owner; all stanzas of one stream
 * have to come from one thread, or their order is lost. Text that waits for an owner is counted, and a stream whose peer
 * sends faster than the owner takes it is closed.
 */
public final class IbbStreams {

    private final IqExchange iqs;
    private final IbbLimits limits;
    private final Map<StreamKey, IbbSession> sessions = new ConcurrentHashMap<>();
    private final Map<JID, Integer> perPeer = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    public IbbStreams(IqExchange iqs, IbbLimits limits) {
        this.iqs = Objects.requireNonNull(iqs, "iqs");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /** How many there are, expected ones included. */
    public int size() {
        return count.get();
    }

    /**
     * Opens a stream to the peer.
     *
     * @param outcome told once, on the owner's thread; on success subscribe to the session's halves there and then
     * @return a handle to give it up with
     */
    public IbbSession open(
            StreamKey key, IbbTransfer transfer, OwnerThread owner, Consumer<Opened<IbbSession>> outcome) {
        IbbSession session = session(key, transfer, owner, limits, outcome);
        register(session, () -> session.open(limits.blockSize()));
        return session;
    }

    /**
     * Accepts the stream when the peer opens it. Nothing else is accepted: a stream needs a negotiation that led to it.
     *
     * @param wait how long the peer may take
     * @param outcome told once, on the owner's thread
     * @return a handle to give it up with
     */
    public IbbSession expect(
            StreamKey key,
            IbbTransfer transfer,
            OwnerThread owner,
            Duration wait,
            Consumer<Opened<IbbSession>> outcome) {
        return expect(key, transfer, owner, wait, limits.maxBlockSize(), outcome);
    }

    /** The same with a block size that was agreed elsewhere (XEP-0261 §2.2). */
    public IbbSession expect(
            StreamKey key,
            IbbTransfer transfer,
            OwnerThread owner,
            Duration wait,
            int maxBlockSize,
            Consumer<Opened<IbbSession>> outcome) {
        IbbSession session = session(key, transfer, owner, limits.withMaxBlockSize(maxBlockSize), outcome);
        register(session, () -> session.expect(wait));
        return session;
    }

    private IbbSession session(
            StreamKey key,
            IbbTransfer transfer,
            OwnerThread owner,
            IbbLimits own,
            Consumer<Opened<IbbSession>> outcome) {
        Objects.requireNonNull(outcome, "outcome");
        return new IbbSession(key, transfer, owner, iqs, own, outcome, this::forget);
    }

    private void register(IbbSession session, Runnable begin) {
        StreamKey key = session.key();
        int inAll = count.incrementAndGet();
        int ofPeer = perPeer.merge(key.peer(), 1, Integer::sum);
        boolean room = inAll <= limits.streams() && ofPeer <= limits.streamsPerPeer();
        IbbSession before = sessions.putIfAbsent(key, session);
        if (room && before == null) {
            session.owner().execute(begin);
            return;
        }
        String why = before == null ? "too many streams" : "a stream of this id exists";
        session.owner().execute(() -> session.fail(new StreamFailure(Reason.TOO_MANY, why), false));
    }

    private void forget(IbbSession session) {
        StreamKey key = session.key();
        sessions.remove(key, session);
        count.decrementAndGet();
        perPeer.computeIfPresent(key.peer(), (peer, streams) -> streams > 1 ? streams - 1 : null);
    }

    /**
     * An IQ of type set whose payload is one of ours ({@link IbbXml#isIbb}).
     *
     * @param reply answered exactly once, possibly late
     */
    public void onIq(JID from, JID to, Element payload, Reply reply) {
        dispatch(from, to, payload, Carrier.IQ, reply);
    }

    /** A message, not of type error, with such a payload. Of the reply only errors are ever sent. */
    public void onMessage(JID from, JID to, Element payload, Reply reply) {
        dispatch(from, to, payload, Carrier.MESSAGE, reply);
    }

    /** The peer's presence became unavailable: what it had open has failed. */
    public void peerGone(JID peer) {
        if (perPeer.containsKey(peer)) {
            StreamFailure gone = new StreamFailure(Reason.PEER_GONE, "went offline");
            List.copyOf(sessions.values()).stream()
                    .filter(session -> session.key().peer().equals(peer))
                    .forEach(session -> session.abort(gone));
        }
    }

    private void dispatch(JID from, JID to, Element payload, Carrier carrier, Reply reply) {
        IbbElement element;
        try {
            element = IbbXml.read(payload);
        } catch (MalformedRequestException malformed) {
            reply.error(malformed.answer().withText(String.valueOf(malformed.getMessage())));
            return;
        }
        IbbSession session = sessions.get(new StreamKey(to, from, element.sid()));
        if (session == null) {
            reply.error(element instanceof Open ? IbbErrors.NOT_ACCEPTABLE : IbbErrors.UNKNOWN_STREAM);
        } else if (element instanceof Data data) {
            data(session, data, carrier, reply);
        } else if (element instanceof Open open) {
            session.owner().execute(() -> session.onOpen(open, reply));
        } else if (element instanceof Close) {
            session.owner().execute(() -> session.onClose(reply));
        }
    }

    private void data(IbbSession session, Data data, Carrier carrier, Reply reply) {
        int characters = data.base64().length();
        if (session.inbox().addAndGet(characters) > 2 * limits.hardBufferOctets()) {
            session.inbox().addAndGet(-characters);
            reply.error(IbbErrors.TOO_MUCH);
            session.abort(new StreamFailure(Reason.OVERFLOW, "the peer does not wait for answers"));
            return;
        }
        session.owner().execute(() -> {
            session.inbox().addAndGet(-characters);
            session.onData(data, carrier == Carrier.IQ, reply);
        });
    }
}
