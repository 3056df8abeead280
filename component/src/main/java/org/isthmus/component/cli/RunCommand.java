package org.isthmus.component.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.isthmus.component.Gateway;
import org.isthmus.component.GatewaySettings;
import org.isthmus.component.SettingsFromConfig;
import org.isthmus.component.config.GatewayConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code isthmus run}: starts the gateway and stays until SIGTERM or SIGINT. */
@Command(name = "run", description = "Runs the gateway until it is told to stop.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption option = new ConfigOption();

    @Override
    public Integer call() throws InterruptedException {
        long began = System.nanoTime();
        Optional<GatewayConfig> loaded = option.load(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        if (loaded.isEmpty()) {
            return ExitCodes.CONFIGURATION;
        }
        GatewayConfig config = loaded.get();
        System.out.println("isthmus   " + Version.text());
        ConfigSummary.of(config).forEach(System.out::println);
        GatewaySettings settings = SettingsFromConfig.of(config, Version.text());
        Gateway gateway;
        try {
            gateway = Gateway.start(settings);
        } catch (Gateway.StartException refused) {
            System.err.println("isthmus: " + refused.getMessage());
            return ExitCodes.UNAVAILABLE;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            gateway.close();
                            stopped.countDown();
                        },
                        "drain"));
        if (gateway.leftOver() > 0) {
            System.out.println(gateway.leftOver()
                    + " messages were left unanswered by the process before; their senders" + " are being told");
        }
        while (!gateway.awaitReady(Duration.ofSeconds(10))) {
            System.out.println("not ready yet: a link is not up; the log lines above say why");
        }
        System.out.printf(
                Locale.ROOT,
                "ready in %.1f s%n",
                (System.nanoTime() - began) / (double) Duration.ofSeconds(1).toNanos());
        stopped.await();
        return ExitCodes.OK;
    }
}
