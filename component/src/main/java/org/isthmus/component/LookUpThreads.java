package org.isthmus.component;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A few daemon threads, {@code lookup-io}, for name look-ups that may wait. They end when idle. */
final class LookUpThreads implements Executor, AutoCloseable {

    private static final int MAX = 4;

    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService threads;

    LookUpThreads() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(MAX, MAX, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "lookup-io-xmpp-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        threads = pool;
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
