package org.isthmus.component.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What a monitoring system asks: {@code /health/live}, {@code /health/ready} (200 or 503) and {@code /metrics}
 * (Prometheus text format). GET and HEAD only; no authentication, so it listens on loopback unless told otherwise.
 */
public final class OpsServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService thread;

    private OpsServer(HttpServer server, ExecutorService thread) {
        this.server = server;
        this.thread = thread;
    }

    /**
     * Starts listening.
     *
     * @throws IOException when the address is taken or not this machine's
     */
    public static OpsServer start(InetSocketAddress address, Health health, PrometheusMeterRegistry meters)
            throws IOException {
        HttpServer server = HttpServer.create(address, 16);
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "ops");
            made.setDaemon(true);
            return made;
        });
        server.setExecutor(thread);
        server.createContext("/health/live", exchange -> answer(exchange, 200, "text/plain", "alive\n"));
        server.createContext(
                "/health/ready",
                exchange -> answer(exchange, health.ready() ? 200 : 503, "application/json", health.toJson()));
        server.createContext(
                "/metrics",
                exchange -> answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", meters.scrape()));
        server.createContext("/", exchange -> answer(exchange, 404, "text/plain", "no such page\n"));
        server.start();
        return new OpsServer(server, thread);
    }

    /** Where it listens; the port when 0 was asked for. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            byte[] octets = body.getBytes(StandardCharsets.UTF_8);
            boolean get = exchange.getRequestMethod().equals("GET");
            if (!get && !exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, get ? octets.length : -1);
            if (get) {
                exchange.getResponseBody().write(octets);
            }
        }
    }
}
