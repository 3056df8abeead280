package org.isthmus.msrp.transaction;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a connection writes next.
 *
 * <p>Control frames (responses, REPORTs, keep-alives) go first, always. Then the sources, by three priorities; within a
 * priority by deficit round robin over their turns, so that each session gets the same share of octets whatever the size
 * of its chunks. So that a flood of chat cannot stop a file for good, a lower priority gets one quantum after
 * {@link #HIGHER_BEFORE_LOWER} octets of higher ones. A chunk that is written piece by piece is interrupted as soon as
 * somebody else is to write (RFC 4975 §7.1.1).
 *
 * <p>Frames are collected into one buffer of about {@link ConnectionSettings#batchOctets}: one write, one promise,
 * however small the chunks are. Confined to the connection's loop.
 */
final class Outbox {

    private static final int QUANTUM = 64 * 1024;
    private static final int LEAST_BODY = 2048;
    private static final long HIGHER_BEFORE_LOWER = 1024 * 1024;

    /** What was put into one buffer, and what its writing means. */
    static final class Batch {
        final ByteBuf octets;
        final int requests;
        final List<Share> shares;
        final int control;

        Batch(ByteBuf octets, int requests, List<Share> shares, int control) {
            this.octets = octets;
            this.requests = requests;
            this.shares = shares;
            this.control = control;
        }
    }

    /** Octets of a body in a batch. */
    record Share(ChunkSource source, int octets) {}

    /** The turns of one priority. */
    private static final class Level {
        /** All of them, by the object that stands for them. */
        final IdentityHashMap<Object, Turn> turns = new IdentityHashMap<>(4);
        /** Those that may have something to write, the next one first. */
        final Deque<Turn> round = new ArrayDeque<>(4);
    }

    /** Sources that take turns together. */
    private static final class Turn {
        final Deque<ChunkSource> sources = new ArrayDeque<>();
        long deficit;
        boolean listed;
    }

    private final ByteBufAllocator allocator;
    private final int batchOctets;
    private final PendingTransactions pending;
    private final int maxUnanswered;
    private final ChunkSink sink;
    private final LongConsumer wakeLater;

    private final Level interactive = new Level();
    private final Level normal = new Level();
    private final Level bulk = new Level();
    private final List<Level> levels = List.of(interactive, normal, bulk);
    private @Nullable ByteBuf control;
    private @Nullable ChunkSource open;
    private long higherServed;
    private int requestsInBatches;

    /** @param wakeLater asked to call {@link #wakeAll} in so many nanoseconds */
    Outbox(
            ByteBufAllocator allocator,
            ConnectionSettings settings,
            PendingTransactions pending,
            ChunkSink sink,
            LongConsumer wakeLater) {
        this.allocator = allocator;
        this.batchOctets = settings.batchOctets();
        this.maxUnanswered = settings.maxUnanswered();
        this.pending = pending;
        this.sink = sink;
        this.wakeLater = wakeLater;
    }

    /** Appends a control frame. */
    void control(Consumer<ByteBuf> frame) {
        ByteBuf out = control;
        if (out == null) {
            out = allocator.directBuffer(512);
            control = out;
        }
        frame.accept(out);
    }

    void attach(ChunkSource source) {
        Level level = level(source);
        Turn turn = level.turns.computeIfAbsent(source.turn(), key -> new Turn());
        turn.sources.addLast(source);
        list(level, turn);
    }

    void detach(ChunkSource source) {
        Level level = level(source);
        Turn turn = level.turns.get(source.turn());
        if (turn != null) {
            turn.sources.remove(source);
            if (turn.sources.isEmpty()) {
                level.turns.remove(source.turn());
            }
        }
    }

    /** The source may have become ready. */
    void wake(ChunkSource source) {
        Level level = level(source);
        Turn turn = level.turns.get(source.turn());
        if (turn != null) {
            list(level, turn);
        }
    }

    /** Every source may have become ready. */
    void wakeAll() {
        levels.forEach(level -> level.turns.values().forEach(turn -> list(level, turn)));
    }

    private Level level(ChunkSource source) {
        return switch (source.priority()) {
            case INTERACTIVE -> interactive;
            case NORMAL -> normal;
            case BULK -> bulk;
        };
    }

    private static void list(Level level, Turn turn) {
        if (!turn.listed) {
            turn.listed = true;
            level.round.addLast(turn);
        }
    }

    /** The source whose chunk is open on the wire, if one is. */
    @Nullable
    ChunkSource open() {
        return open;
    }

    /** Ends the open chunk with {@code +} at the next writing. */
    @Nullable
    Batch interruptOpen() {
        ChunkSource source = open;
        if (source == null) {
            return null;
        }
        List<Share> shares = new ArrayList<>(1);
        ByteBuf out = allocator.directBuffer(1024);
        interrupt(out, source, shares);
        return batch(out, shares, 0);
    }

    /** The next buffer to write, or null when there is nothing to say. */
    @Nullable
    Batch next(long nanoTime) {
        List<Share> shares = new ArrayList<>(2);
        ByteBuf out = null;
        int controlOctets = 0;
        ByteBuf waiting = control;
        if (waiting != null) {
            control = null;
            controlOctets = waiting.readableBytes();
            ChunkSource interrupted = open;
            if (interrupted == null) {
                out = waiting;
            } else {
                out = allocator.directBuffer(1024 + controlOctets);
                interrupt(out, interrupted, shares);
                out.writeBytes(waiting);
                waiting.release();
            }
        }
        while (out == null || out.readableBytes() < batchOctets) {
            Choice choice = pending.size() >= maxUnanswered ? null : choose(nanoTime);
            if (choice == null) {
                break;
            }
            ChunkSource source = choice.source;
            ChunkSource interrupted = open;
            int most = (int) Math.max(LEAST_BODY, Math.min(choice.turn.deficit, QUANTUM));
            if (out == null) {
                out = allocator.directBuffer(Math.min(source.estimate(most), batchOctets + QUANTUM) + 64);
            }
            if (interrupted != null && interrupted != source) {
                interrupt(out, interrupted, shares);
            }
            int body = source.write(out, most, sink);
            shares.add(new Share(source, body));
            open = source.isOpen() ? source : null;
            served(choice, body);
        }
        return out == null ? null : batch(out, shares, controlOctets);
    }

    /** The requests that no batch had yet are in this one. */
    private Batch batch(ByteBuf out, List<Share> shares, int controlOctets) {
        int requests = pending.unwritten() - requestsInBatches;
        requestsInBatches += requests;
        return new Batch(out, requests, shares, controlOctets);
    }

    /** The batch, the oldest one, has gone to the system. */
    void written(Batch batch) {
        requestsInBatches -= batch.requests;
    }

    private void interrupt(ByteBuf out, ChunkSource source, List<Share> shares) {
        int body = source.interrupt(out, sink);
        open = null;
        shares.add(new Share(source, body));
        if (source.isFinished()) {
            detach(source);
        }
    }

    private record Choice(Level level, Turn turn, ChunkSource source) {}

    private @Nullable Choice choose(long nanoTime) {
        boolean lowerFirst = higherServed >= HIGHER_BEFORE_LOWER;
        Choice first = null;
        for (Level level : levels) {
            Choice choice = choose(level, nanoTime);
            if (choice == null) {
                continue;
            }
            if (first == null && !lowerFirst) {
                return choice;
            }
            if (first != null) {
                higherServed = 0;
                return choice;
            }
            first = choice;
        }
        return first;
    }

    private @Nullable Choice choose(Level level, long nanoTime) {
        Deque<Turn> round = level.round;
        for (Turn turn = round.peekFirst(); turn != null; turn = round.peekFirst()) {
            ChunkSource ready = ready(turn, nanoTime);
            if (ready == null) {
                round.removeFirst();
                turn.listed = false;
                turn.deficit = 0;
                continue;
            }
            if (turn.deficit <= 0) {
                turn.deficit += QUANTUM;
                if (turn.deficit <= 0) {
                    round.addLast(round.removeFirst());
                    continue;
                }
            }
            return new Choice(level, turn, ready);
        }
        return null;
    }

    private @Nullable ChunkSource ready(Turn turn, long nanoTime) {
        long soonest = Long.MAX_VALUE;
        for (ChunkSource source : turn.sources) {
            long in = source.readyIn(nanoTime);
            if (in <= 0) {
                return source;
            }
            soonest = Math.min(soonest, in);
        }
        if (soonest != Long.MAX_VALUE) {
            wakeLater.accept(soonest);
        }
        return null;
    }

    private void served(Choice choice, int octets) {
        Turn turn = choice.turn;
        // An empty chunk costs a turn as well, or a source of nothing but those would never let go.
        turn.deficit -= Math.max(octets, 256);
        Deque<Turn> round = choice.level.round;
        if (turn.deficit <= 0 && round.peekFirst() == turn) {
            round.addLast(round.removeFirst());
        }
        boolean lowerWaits = (choice.level != bulk && !bulk.round.isEmpty())
                || (choice.level == interactive && !normal.round.isEmpty());
        higherServed = lowerWaits ? higherServed + octets : 0;
        if (choice.source.isFinished()) {
            detach(choice.source);
        }
    }

    boolean hasControl() {
        return control != null;
    }

    void release() {
        if (control != null) {
            control.release();
            control = null;
        }
    }
}
