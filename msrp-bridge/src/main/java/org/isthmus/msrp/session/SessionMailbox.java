package org.isthmus.msrp.session;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where a session's tasks run: on the loop of its connection. Until there is one they wait here, in their order. Safe
 * for several threads.
 */
final class SessionMailbox implements Executor {

    private final Deque<Runnable> parked = new ArrayDeque<>();
    private @Nullable EventExecutor loop;

    /** Runs the task on the loop: at once when called there, so that order is kept within a callback. */
    @Override
    public void execute(Runnable task) {
        EventExecutor target;
        synchronized (this) {
            if (loop == null) {
                parked.addLast(task);
                return;
            }
            target = loop;
        }
        if (target.inEventLoop()) {
            task.run();
        } else {
            target.execute(task);
        }
    }

    /** Called once, on the loop that is the session's from now on; runs what has waited. */
    void moveTo(EventExecutor target) {
        assert target.inEventLoop();
        while (true) {
            Runnable next;
            synchronized (this) {
                next = parked.pollFirst();
                if (next == null) {
                    loop = target;
                    return;
                }
            }
            next.run();
        }
    }
}
