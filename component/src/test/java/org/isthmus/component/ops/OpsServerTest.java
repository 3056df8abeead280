package org.isthmus.component.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpsServerTest {

    private final Health health = new Health();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient client = HttpClient.newHttpClient();
    private OpsServer server;

    @BeforeEach
    void start() throws IOException {
        server = OpsServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), health, meters);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isReadyOnlyWhenEveryPartIsUpAndNamesThePartThatIsNot() throws Exception {
        String[] other = {"not-authorized"};
        health.part("link campus.example", () -> Health.UP);
        health.part("link other.example", () -> other[0]);
        HttpResponse<String> notReady = get("/health/ready");
        assertThat(notReady.statusCode()).isEqualTo(503);
        assertThat(notReady.body()).contains("\"link other.example\" : \"not-authorized\"");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        other[0] = Health.UP;
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void showsTheCounters() throws Exception {
        meters.counter("isthmus.refusals", "reason", "no-mapping", "from", "sip")
                .increment(3);
        assertThat(get("/metrics").body()).contains("isthmus_refusals_total{from=\"sip\",reason=\"no-mapping\"} 3.0");
    }

    @Test
    void answersNothingElse() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(uri("/metrics"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }
}
