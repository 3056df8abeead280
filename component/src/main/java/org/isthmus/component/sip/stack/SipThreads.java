package org.isthmus.component.sip.stack;

import gov.nist.javax.sip.SipStackImpl;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.sip.PeerUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that JAIN-SIP starts by itself. Its event thread is not a daemon, waits without end and survives
 * {@code SipStack.stop}; with a re-entrant listener it has nothing to do. It is started in a thread group of ours, where it
 * can be found and ended, and where an uncaught exception is reported instead of printed.
 */
final class SipThreads {

    private static final Logger log = LoggerFactory.getLogger(SipThreads.class);

    private static final ThreadGroup GROUP = new ThreadGroup("sip-jain") {
        @Override
        public void uncaughtException(Thread thread, Throwable failure) {
            log.error(
                    "sip.jain.thread name={} {}",
                    thread.getName(),
                    failure.getClass().getName());
        }
    };

    private SipThreads() {}

    /** Builds a stack whose threads belong to the group. */
    static SipStackImpl create(Properties properties) throws PeerUnavailableException {
        CompletableFuture<SipStackImpl> built = new CompletableFuture<>();
        Thread builder = new Thread(GROUP, () -> {
            try {
                built.complete(new SipStackImpl(properties));
            } catch (PeerUnavailableException | RuntimeException failed) {
                built.completeExceptionally(failed);
            }
        });
        builder.setDaemon(true);
        builder.start();
        try {
            return built.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof PeerUnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException("the SIP stack cannot be built", failed.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the SIP stack was built", stopping);
        }
    }

    /** Ends the event threads of all stacks; none of them is used. */
    static void endEventScanner() {
        Thread[] threads = new Thread[GROUP.activeCount() + 16];
        int count = GROUP.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (threads[i].getName().equals("EventScannerThread")) {
                threads[i].interrupt();
            }
        }
    }

    /** Stops a stack, its event thread included. JAIN-SIP sleeps a second in the middle of it; an interrupt ends that. */
    static void stop(SipStackImpl stack) {
        Thread stopper = new Thread(GROUP, () -> {
            Thread.currentThread().interrupt();
            stack.stop();
        });
        stopper.setDaemon(true);
        stopper.start();
        boolean interrupted = false;
        while (stopper.isAlive()) {
            try {
                stopper.join();
            } catch (InterruptedException stopping) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        endEventScanner();
    }
}
