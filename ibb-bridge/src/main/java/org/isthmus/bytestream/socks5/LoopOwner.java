package org.isthmus.bytestream.socks5;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.isthmus.bytestream.OwnerThread;

/** An event loop as the owner of what happens on its channels. */
public record LoopOwner(EventLoop loop) implements OwnerThread {

    public LoopOwner {
        Objects.requireNonNull(loop, "loop");
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public boolean inThread() {
        return loop.inEventLoop();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        var scheduled = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }
}
