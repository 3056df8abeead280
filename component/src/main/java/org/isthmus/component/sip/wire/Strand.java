package org.isthmus.component.sip.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
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

    /** Queues the task, whatever waits before it: for answers, which are bounded by the requests they belong to. */
    public void execute(Runnable task) {
        offer(task, Integer.MAX_VALUE);
    }

    /**
     * Queues the task unless too many wait.
     *
     * @return false when {@code most} tasks wait already; the task will not run
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
        pool.execute(this::run);
        return true;
    }

    private void run() {
        for (int i = 0; i < TURN; i++) {
            Runnable task;
            synchronized (waiting) {
                task = waiting.poll();
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
        }
        pool.execute(this::run);
    }
}
