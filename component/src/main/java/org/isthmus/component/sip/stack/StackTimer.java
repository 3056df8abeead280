package org.isthmus.component.sip.stack;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SIPStackTimerTask;
import gov.nist.javax.sip.stack.timers.SipTimer;
import java.time.Duration;
import java.util.Properties;
import org.isthmus.component.sip.SipTimers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JAIN-SIP's timers on our clock. Built by JAIN-SIP. */
public final class StackTimer implements SipTimer {

    private static final Logger log = LoggerFactory.getLogger(StackTimer.class);

    private volatile @Nullable SipTimers timers;

    @Override
    public void start(SipStackImpl stack, Properties properties) {
        timers = StackHooks.of(properties.getProperty("javax.sip.STACK_NAME")).timers();
    }

    @Override
    public void stop() {
        timers = null;
    }

    @Override
    public boolean isStarted() {
        return timers != null;
    }

    @Override
    public boolean schedule(SIPStackTimerTask task, long delay) {
        SipTimers running = timers;
        if (running == null) {
            return false;
        }
        task.setSipTimerTask(running.after(Duration.ofMillis(delay), () -> run(task)));
        return true;
    }

    @Override
    public boolean scheduleWithFixedDelay(SIPStackTimerTask task, long delay, long period) {
        SipTimers running = timers;
        if (running == null) {
            return false;
        }
        task.setSipTimerTask(running.every(Duration.ofMillis(delay), Duration.ofMillis(period), () -> run(task)));
        return true;
    }

    @Override
    public boolean cancel(SIPStackTimerTask task) {
        task.cleanUpBeforeCancel();
        return task.getSipTimerTask() instanceof SipTimers.Task waiting && waiting.cancel();
    }

    private void run(SIPStackTimerTask task) {
        if (timers == null) {
            return;
        }
        try {
            task.runTask();
        } catch (RuntimeException defect) {
            log.warn("sip.timer.defect {}", defect.getClass().getName());
        }
    }
}
