package org.isthmus.component;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.isthmus.component.conversation.ErrorReports;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.Ids;
import org.isthmus.component.conversation.InboundRouter;
import org.isthmus.component.conversation.Refusals;
import org.isthmus.component.conversation.SipSender;
import org.isthmus.component.conversation.StripeThreads;
import org.isthmus.component.message.Pager;
import org.isthmus.component.ops.Health;
import org.isthmus.component.ops.OpsServer;
import org.isthmus.component.sip.stack.SipEndpoint;
import org.isthmus.component.store.Database;
import org.isthmus.component.store.LedgerStore;
import org.isthmus.component.store.StateFolder;
import org.isthmus.component.xmpp.XmppEdge;
import org.isthmus.component.xmpp.stanza.PendingIqs;
import org.isthmus.component.xmpp.stanza.StanzaDispatcher;
import org.isthmus.component.xmpp.stream.AddressLookup;
import org.isthmus.component.xmpp.stream.ComponentLink;
import org.isthmus.component.xmpp.stream.LinkSettings;
import org.isthmus.component.xmpp.stream.LinkTls;
import org.isthmus.component.xmpp.stream.TlsMode;
import org.isthmus.mappings.AddressMapper;
import org.isthmus.mappings.RecentSpellings;
import org.isthmus.translation.message.SipMessage;
import org.jspecify.annotations.Nullable;

/**
 * The running gateway: makes every part, by plain constructors, and is the only one who names them all.
 *
 * <pre>
 *   XMPP server ─ XmppEdge ─┐                       ┌─ SipEndpoint ─ SIP partners
 *                           ├─ InboundRouter ─ Pager┤
 *                           └─ StanzaSink  SipSender┘
 *                     LedgerStore     Refusals, EventLog, meters
 * </pre>
 *
 * <p><b>Start.</b> State first (locked, migrated), then what the process before left open, then the SIP points, then the
 * links. A failure closes what was opened and throws.
 *
 * <p><b>Stop.</b> New messages are refused, pending ones get the configured time, the rest are reported to their senders,
 * then links, SIP points, stripes and the store close in that order.
 */
public final class Gateway implements AutoCloseable {

    /** SIP users whose spelling is remembered. */
    private static final int SPELLINGS = 100_000;

    /** How long closing one part may take. */
    private static final Duration CLOSING = Duration.ofSeconds(5);

    /** Something outside the gateway keeps it from starting; the message is for the operator. */
    public static final class StartException extends Exception {
        private static final long serialVersionUID = 1L;

        StartException(String words, Throwable cause) {
            super(words, cause);
        }
    }

    private final GatewaySettings settings;
    private final StateFolder folder;
    private final LedgerStore ledger;
    private final StripeThreads stripes;
    private final InboundRouter router;
    private final Pager pager;
    private final ErrorReports reports;
    private final XmppEdge xmpp;
    private final SipEndpoint sip;
    private final Optional<OpsServer> ops;
    private final EventLog log;
    private final int leftOver;

    private Gateway(GatewaySettings settings, Closing opened) throws StartException {
        this.settings = settings;
        this.log = new EventLog();
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        this.folder = lock(settings, opened);
        this.ledger = ledger(folder, log, opened);
        this.stripes = opened.add(
                new StripeThreads(Runtime.getRuntime().availableProcessors(), settings.stripes(), log::defect));
        Refusals refusals = new Refusals(log, meters);
        this.xmpp = new XmppEdge(
                settings.links(),
                AddressLookup.on(opened.add(new LookUpThreads())),
                tls(settings),
                new SecureRandom(),
                log,
                meters);
        opened.add(() -> closeLinks(xmpp));
        this.reports = new ErrorReports(xmpp, log);
        // The relay needs the sender, the endpoint needs the router, the router needs the relay.
        LateSender sender = new LateSender();
        Ids ids = new Ids();
        this.pager = new Pager(
                stripes,
                xmpp,
                sender,
                reports,
                refusals,
                ledger,
                ids,
                settings.turns(),
                System::nanoTime,
                Clock.systemUTC(),
                meters,
                log);
        AddressMapper mapper = new AddressMapper(settings.mappings(), new RecentSpellings(SPELLINGS));
        this.router = new InboundRouter(() -> mapper, stripes, pager, reports, refusals, ledger, log);
        this.leftOver = pager.endLeftOver();
        this.sip = endpoint(settings, router, log, meters, opened);
        sender.endpoint = sip.sender();
        this.ops = monitoring(settings, xmpp, meters, opened);
        gauges(meters);
        PendingIqs questions = new PendingIqs(ids, xmpp, xmpp.timers());
        StanzaDispatcher dispatcher = XmppServices.dispatcher(
                settings.version(),
                router,
                questions,
                xmpp,
                xmpp.timers(),
                () -> mapper,
                settings::mappings,
                ids,
                refusals,
                log);
        xmpp.start(dispatcher, questions);
    }

    /**
     * Starts; the links connect in the background.
     *
     * @throws StartException when the state cannot be opened or an address cannot be listened on
     */
    public static Gateway start(GatewaySettings settings) throws StartException {
        Closing opened = new Closing();
        try {
            return new Gateway(settings, opened);
        } catch (StartException | RuntimeException failed) {
            opened.closeAll();
            throw failed;
        }
    }

    /** Messages that the process before this one left unanswered; each is being reported. */
    public int leftOver() {
        return leftOver;
    }

    /** The bound port of the n-th SIP point, which the system chose when the settings said 0. */
    public int sipPort(int point) {
        return sip.port(point);
    }

    /** Where health and metrics listen. */
    public Optional<InetSocketAddress> opsAddress() {
        return ops.map(OpsServer::address);
    }

    /**
     * Waits until every link is up.
     *
     * @return whether that came to pass within the patience
     */
    public boolean awaitReady(Duration patience) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(1);
        var look = xmpp.timers()
                .scheduleAtFixedRate(
                        () -> {
                            if (xmpp.allUp()) {
                                ready.countDown();
                            }
                        },
                        0,
                        10,
                        TimeUnit.MILLISECONDS);
        try {
            return ready.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            look.cancel(false);
        }
    }

    /** Stops in order, as the class comment says. */
    @Override
    public void close() {
        router.drain();
        log.info(
                "draining",
                "unanswered",
                ledger.unanswered().size(),
                "patience_s",
                settings.drain().toSeconds());
        try {
            if (!ledger.awaitAnswered(settings.drain())) {
                pager.reportUnanswered();
                if (!ledger.awaitAnswered(CLOSING)) {
                    log.info(
                            "left-for-next-start",
                            "unanswered",
                            ledger.unanswered().size());
                }
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        closeLinks(xmpp);
        sip.close();
        stripes.close(CLOSING);
        ops.ifPresent(OpsServer::close);
        closeLedger(ledger, log);
        closeFolder(folder, log);
        log.info("stopped");
    }

    private void gauges(PrometheusMeterRegistry meters) {
        Gauge.builder(
                        "isthmus.messages.unanswered",
                        ledger,
                        open -> open.unanswered().size())
                .description("messages whose sender waits for an answer")
                .register(meters);
        Gauge.builder("isthmus.reports.waiting", reports, ErrorReports::waiting)
                .description("error reports that wait for a link")
                .register(meters);
        Gauge.builder("isthmus.stripes.waiting", stripes, StripeThreads::waiting)
                .description("tasks queued on the stripes")
                .register(meters);
    }

    /** The SIP edge once it is there; before that, and that is before anything is received, it is busy. */
    private static final class LateSender implements SipSender {

        private volatile @Nullable SipSender endpoint;

        @Override
        public void send(SipMessage message, String partner, Consumer<Outcome> outcome) {
            SipSender present = endpoint;
            if (present == null) {
                outcome.accept(new Outcome.Busy(Refusals.RETRY_AFTER));
            } else {
                present.send(message, partner, outcome);
            }
        }
    }

    private static Optional<SslContext> tls(GatewaySettings settings) throws StartException {
        for (LinkSettings link : settings.links()) {
            Optional<SslContext> context = tlsFor(link);
            if (context.isPresent()) {
                return context;
            }
        }
        return Optional.empty();
    }

    /**
     * The platform's trust for a link that uses TLS; empty for one that does not.
     *
     * @throws StartException when this Java has no usable TLS
     */
    public static Optional<SslContext> tlsFor(LinkSettings link) throws StartException {
        if (link.tls() == TlsMode.OFF) {
            return Optional.empty();
        }
        try {
            return Optional.of(LinkTls.platform());
        } catch (SSLException unusable) {
            throw new StartException("this Java has no usable TLS: " + unusable.getMessage(), unusable);
        }
    }

    private static StateFolder lock(GatewaySettings settings, Closing opened) throws StartException {
        try {
            StateFolder folder = StateFolder.lock(settings.state());
            opened.add(folder);
            return folder;
        } catch (IOException refused) {
            throw new StartException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private static LedgerStore ledger(StateFolder folder, EventLog log, Closing opened) throws StartException {
        try {
            LedgerStore ledger = new LedgerStore(Database.open(Database.embeddedUrl(folder), "sa", ""), log::defect);
            opened.add(ledger);
            return ledger;
        } catch (SQLException | org.flywaydb.core.api.FlywayException failed) {
            throw new StartException("the state cannot be opened: " + failed.getMessage(), failed);
        }
    }

    private static SipEndpoint endpoint(
            GatewaySettings settings,
            InboundRouter router,
            EventLog log,
            PrometheusMeterRegistry meters,
            Closing opened)
            throws StartException {
        try {
            return opened.add(SipEndpoint.start(settings.sip(), settings.partners(), router, log, meters));
        } catch (SipEndpoint.StartException failed) {
            throw new StartException(String.valueOf(failed.getMessage()), failed);
        }
    }

    private static Optional<OpsServer> monitoring(
            GatewaySettings settings, XmppEdge xmpp, PrometheusMeterRegistry meters, Closing opened)
            throws StartException {
        if (settings.ops().isEmpty()) {
            return Optional.empty();
        }
        Health health = new Health();
        for (ComponentLink link : xmpp.links()) {
            health.part(
                    "link " + link.settings().domain(),
                    () -> link.state() == ComponentLink.State.UP
                            ? Health.UP
                            : link.state().name().toLowerCase(java.util.Locale.ROOT));
        }
        InetSocketAddress address = settings.ops().get();
        try {
            return Optional.of(opened.add(OpsServer.start(address, health, meters)));
        } catch (IOException refused) {
            throw new StartException("cannot listen on ops " + address + ": " + refused.getMessage(), refused);
        }
    }

    private static void closeLinks(XmppEdge xmpp) {
        try {
            xmpp.close().toCompletableFuture().get(CLOSING.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            // The process ends all the same; what was not confirmed is in the ledger.
        }
    }

    private static void closeLedger(LedgerStore ledger, EventLog log) {
        try {
            ledger.close();
        } catch (SQLException failed) {
            log.defect("closing the ledger", failed);
        }
    }

    private static void closeFolder(StateFolder folder, EventLog log) {
        try {
            folder.close();
        } catch (IOException failed) {
            log.defect("closing the state folder", failed);
        }
    }
}
