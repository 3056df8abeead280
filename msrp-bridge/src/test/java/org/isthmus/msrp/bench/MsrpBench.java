package org.isthmus.msrp.bench;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.isthmus.msrp.message.IncomingMessage;
import org.isthmus.msrp.message.SendListener;
import org.isthmus.msrp.message.SendOutcome;
import org.isthmus.msrp.message.SendRequest;
import org.isthmus.msrp.session.EndpointConfig;
import org.isthmus.msrp.session.MsrpEndpoint;
import org.isthmus.msrp.session.MsrpSession;
import org.isthmus.msrp.session.RemoteParty;
import org.isthmus.msrp.session.SessionConfig;
import org.isthmus.msrp.session.SessionHandler;
import org.isthmus.msrp.transaction.Priority;

public final class MsrpBench {
    public static void main(String[] args) throws Exception {
        int rounds = 5;
        for (int r = 0; r < rounds; r++) {
            long c0 = cpu();
            System.out.printf("raw %.0f MB/s", raw(2L << 30));
            System.out.printf(" cpu %.2f ns/B%n", (cpu() - c0) / (double) (2L << 30));
            for (int chunk : new int[] {2048, 65536, 1 << 20}) {
                long total = chunk == 2048 ? 256L << 20 : 1L << 30;
                long c1 = cpu();
                System.out.printf("msrp %d: %.0f MB/s", chunk, msrp(total, chunk));
                System.out.printf(" cpu %.2f ns/B%n", (cpu() - c1) / (double) total);
            }
        }
    }

    static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    static double raw(long total) throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0))) {
            CompletableFuture<Long> done = new CompletableFuture<>();
            Thread receiver = new Thread(() -> {
                try (SocketChannel in = server.accept()) {
                    ByteBuffer buffer = ByteBuffer.allocateDirect(65536);
                    long got = 0;
                    int n;
                    while ((n = in.read(buffer.clear())) > 0) {
                        got += n;
                    }
                    done.complete(got);
                } catch (Exception e) {
                    done.completeExceptionally(e);
                }
            });
            receiver.start();
            long start = System.nanoTime();
            try (SocketChannel out = SocketChannel.open(server.getLocalAddress())) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(65536);
                for (long sent = 0; sent < total; ) {
                    buffer.clear();
                    while (buffer.hasRemaining()) {
                        sent += out.write(buffer);
                    }
                }
            }
            done.get(60, TimeUnit.SECONDS);
            return total / 1e6 / ((System.nanoTime() - start) / 1e9);
        }
    }

    static double msrp(long total, int chunk) throws Exception {
        EndpointConfig config = EndpointConfig.defaults("127.0.0.1");
        try (MsrpEndpoint a =
                        MsrpEndpoint.start(config.listening(new InetSocketAddress("127.0.0.1", 0)), Optional.empty());
                MsrpEndpoint b = MsrpEndpoint.start(config, Optional.empty())) {
            MsrpSession to = a.newSession(SessionConfig.defaults().withReportWhenWhole(true), new SessionHandler() {
                @Override
                public void onMessage(MsrpSession session, IncomingMessage message) {
                    message.accept(
                            new Flow.Subscriber<>() {
                                @Override
                                public void onSubscribe(Flow.Subscription s) {
                                    s.request(Long.MAX_VALUE);
                                }

                                @Override
                                public void onNext(ByteBuffer item) {}

                                @Override
                                public void onError(Throwable t) {
                                    t.printStackTrace();
                                }

                                @Override
                                public void onComplete() {}
                            },
                            1 << 18);
                }
            });
            MsrpSession from = b.newSession(SessionConfig.defaults().withChunkOctets(chunk), (s, m) -> {});
            to.await(RemoteParty.at(from.localUri()));
            from.connect(RemoteParty.at(to.localUri())).toCompletableFuture().get(10, TimeUnit.SECONDS);
            byte[] block = new byte[65536];
            new java.util.Random(1).nextBytes(block);
            long start = System.nanoTime();
            SendOutcome outcome = from.send(
                            SendRequest.of("application/octet-stream")
                                    .size(total)
                                    .successReport(true)
                                    .priority(Priority.BULK)
                                    .build(),
                            subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
                                long left = total;

                                @Override
                                public void request(long n) {
                                    for (long i = 0; i < n && left > 0; i++) {
                                        int size = (int) Math.min(left, block.length);
                                        left -= size;
                                        subscriber.onNext(ByteBuffer.wrap(block, 0, size));
                                        if (left == 0) {
                                            subscriber.onComplete();
                                        }
                                    }
                                }

                                @Override
                                public void cancel() {
                                    left = 0;
                                }
                            }),
                            SendListener.NONE)
                    .outcome()
                    .toCompletableFuture()
                    .get(120, TimeUnit.SECONDS);
            if (outcome.kind() != SendOutcome.Kind.DELIVERED) {
                throw new IllegalStateException(outcome.toString());
            }
            return total / 1e6 / ((System.nanoTime() - start) / 1e9);
        }
    }
}
