package org.isthmus.component.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.isthmus.component.Gateway;
import org.isthmus.component.SettingsFromConfig;
import org.isthmus.component.config.GatewayConfig;
import org.isthmus.component.config.LinkConfig;
import org.isthmus.component.partner.Partner;
import org.isthmus.component.sip.route.OptionsProbe;
import org.isthmus.component.xmpp.stream.AddressLookup;
import org.isthmus.component.xmpp.stream.LinkProbe;

/** Tries each link with a handshake and each partner's route with OPTIONS, and says a line about each. */
final class ConnectionCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private ConnectionCheck() {}

    /**
     * Tries everything, also after a failure.
     *
     * @return whether everything worked
     */
    static boolean of(GatewayConfig config, PrintWriter out, PrintWriter err) {
        boolean good = true;
        ExecutorService lookups = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "lookup-io");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (LinkConfig link : config.links()) {
                good &= link(link, config, lookups, out, err);
            }
            for (Partner partner : config.partners().all()) {
                good &= route(partner, out, err);
            }
        } finally {
            lookups.shutdownNow();
        }
        out.flush();
        err.flush();
        return good;
    }

    private static boolean link(
            LinkConfig link, GatewayConfig config, ExecutorService lookups, PrintWriter out, PrintWriter err) {
        try {
            var settings = SettingsFromConfig.link(link, config.limits());
            LinkProbe.Result result =
                    LinkProbe.connect(settings, AddressLookup.on(lookups), Gateway.tlsFor(settings), PATIENCE);
            if (result.attached()) {
                out.println("link      " + result.words());
                return true;
            }
            err.println("link " + link.domain() + ": " + result.words());
        } catch (Gateway.StartException noTls) {
            err.println("link " + link.domain() + ": " + noTls.getMessage());
        }
        return false;
    }

    private static boolean route(Partner partner, PrintWriter out, PrintWriter err) {
        OptionsProbe.Result result = OptionsProbe.send(SettingsFromConfig.route(partner), PATIENCE);
        if (result instanceof OptionsProbe.Result.Answered answered) {
            Optional<String> server = answered.server();
            out.println("route     " + partner.name() + " answers OPTIONS with " + answered.status() + " "
                    + answered.reason() + server.map(name -> " (" + name + ")").orElse(""));
            return true;
        }
        err.println("partner " + partner.name() + ": route " + partner.route() + ": "
                + ((OptionsProbe.Result.Failed) result).words());
        return false;
    }
}
