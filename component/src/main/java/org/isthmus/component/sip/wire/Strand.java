package org.isthmus.component.sip.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.isthmus.component.conversation.EventLog;

/**
 * Tasks of one destination, one at a time and in order, on threads of a shared pool ({@code sip-out}). A thread is held
 * only while there is work. May be called from any thread; a task that throws is reported and the next one runs.
 */
public final class Strand {

    /** Tasks run before the thread is offered to others. */
    private static final int TURN = 64;

    private final Executor pool;
    private final EventLog log;
    private final Deque<Runnable> waiting = new ArrayDeque<>(); // guarded by itself
    private boolean running; // guarded by waiting

    public Strand(Executor pool, EventLog log) {
        this.pool = pool;
        this.log = log;
    }

    /** Queues the task, whatever waits before it: for answers; whoever reads the requests waits in {@link #awaitRoom}. */
    public void execute(Runnable task) {
        if (!offer(task, Integer.MAX_VALUE)) {
            return; // the pool has been shut down: nobody waits for answers any more
        }
    }

    /** Waits until fewer tasks than so many are queued, or the time is over. */
    void awaitRoom(int most, Duration patience) throws InterruptedException {
        synchronized (waiting) {
            long deadline = System.nanoTime() + patience.toNanos();
            while (waiting.size() >= most) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                waiting.wait(left);
            }
        }
    }

    /**
     * Queues the task unless too many wait.
     *
     * @return false when {@code most} tasks wait already or the pool has been shut down; the task will not run
     */
    public boolean offer(Runnable task, int most) {
        synchronized (waiting) {
            if (waiting.size() >= most) {
                return false;
            }
            waiting.add(task);
            if (running) {
                return true;
            }
            running = true;
        }
        try {
            pool.execute(this::run);
            return true;
        } catch (RejectedExecutionException stopping) {
            boolean mine;
            synchronized (waiting) {
                mine = waiting.removeLastOccurrence(task);
            }
            run(); // what others queued in between was promised to run
            return !mine;
        }
    }

    private void run() {
        int turn = 0;
        while (true) {
            Runnable task;
            synchronized (waiting) {
                task = waiting.poll();
                waiting.notifyAll();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            try {
                task.run();
            } catch (RuntimeException | Error defect) {
                log.defect("sip-out", defect);
            }
            if (++turn == TURN && continuedElsewhere()) {
                return;
            }
        }
    }

    /** Offers the thread to other strands; a pool that is being shut down takes nothing, so the rest is run here. */
    private boolean continuedElsewhere() {
        try {
            pool.execute(this::run);
            return true;
        } catch (RejectedExecutionException stopping) {
            return false;
        }
    }
}
