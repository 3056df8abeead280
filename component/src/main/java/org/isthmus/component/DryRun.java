package org.isthmus.component;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.isthmus.component.conversation.ErrorReports;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.InboundRouter;
import org.isthmus.component.conversation.OpenWork;
import org.isthmus.component.conversation.Refusals;
import org.isthmus.component.conversation.SipSender;
import org.isthmus.component.conversation.StanzaSink;
import org.isthmus.component.conversation.WorkLedger;
import org.isthmus.component.message.Pager;
import org.isthmus.component.sip.SipTimers;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.framing.Reply;
import org.isthmus.component.sip.framing.TagStamp;
import org.isthmus.component.sip.receive.Inbound;
import org.isthmus.component.sip.record.LoopMark;
import org.isthmus.component.sip.record.RecordToRequest;
import org.isthmus.component.sip.wire.WireText;
import org.isthmus.component.xmpp.stanza.PendingIqs;
import org.isthmus.component.xmpp.stanza.StanzaDispatcher;
import org.isthmus.component.xmpp.stanza.StanzaOut;
import org.isthmus.component.xmpp.stanza.Stanzas;
import org.isthmus.component.xmpp.stanza.WireStanza;
import org.isthmus.mappings.AddressMapper;
import org.isthmus.mappings.RecentSpellings;
import org.isthmus.mappings.SipUri;
import org.isthmus.mappings.SipUriSyntaxException;
import org.isthmus.translation.message.SipMessage;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlLimits;
import org.isthmus.translation.xml.XmlSyntaxException;
import org.isthmus.translation.xml.XmlTreeReader;

/**
 * The gateway with recording ports: one stanza or one SIP request in, everything that would leave out. The parts are those of
 * {@link Gateway}; only sockets, threads, the store, the clock and random ids are others. Each question is answered by a
 * gateway that has just started, whose neighbours accept everything. Not thread-safe.
 */
public final class DryRun implements AutoCloseable {

    /**
     * What would leave.
     *
     * @param stanzas on the XMPP side, as text, in order
     * @param requests on the SIP side, as text, in order
     * @param status the final answer to the SIP request that was given; empty for a stanza
     * @param reason its reason phrase
     */
    public record Leaving(List<String> stanzas, List<String> requests, Optional<Integer> status, String reason) {}

    private final GatewaySettings settings;
    private final EventLog log = new EventLog();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dry-run");
        thread.setDaemon(true);
        return thread;
    });

    public DryRun(GatewaySettings settings) {
        this.settings = settings;
    }

    /**
     * A stanza from the XMPP server.
     *
     * @throws XmlSyntaxException when it is not XML
     * @throws IllegalArgumentException when it is not one element
     */
    public Leaving stanza(String text) throws XmlSyntaxException {
        XmlElement stream = XmlTreeReader.read(
                "<stream xmlns='" + Stanzas.NAMESPACE + "'>" + asOnComponentStream(text) + "</stream>",
                XmlLimits.defaults());
        if (stream.elements().size() != 1) {
            throw new IllegalArgumentException("stanzas: " + stream.elements().size() + " (expected: one)");
        }
        XmlElement stanza = stream.elements().get(0);
        Once once = new Once();
        once.dispatcher.dispatch(stanza);
        once.stripes.runAll();
        return once.leaving();
    }

    /**
     * A request from a SIP partner: the one that may speak for the domain of From, else the first.
     *
     * @param partners names of the partners, in the order of the configuration
     */
    public Leaving sip(String text, List<String> partners) {
        Once once = new Once();
        try {
            once.inbound.onRequest(
                    WireText.request(text, partner(text, partners), (reply, request) -> once.answer(reply)));
            once.stripes.runAll();
        } catch (WireText.Unreadable unreadable) {
            once.answer(Reply.of(400, "Bad Request - " + unreadable.getMessage(), ""));
        }
        once.inbound.stop();
        return once.leaving();
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }

    private String partner(String request, List<String> partners) {
        String from = request.lines()
                .filter(line -> line.matches("(?i)(from|f)\\s*:.*"))
                .map(line -> line.replaceFirst("^[^:]*:\\s*", ""))
                .findFirst()
                .orElse("");
        int open = from.indexOf('<');
        String uri = open < 0
                ? from.replaceFirst(";.*", "")
                : from.substring(open + 1).replaceFirst(">.*", "");
        String host;
        try {
            host = SipUri.parse(uri.strip()).host();
        } catch (SipUriSyntaxException unreadable) {
            return partners.get(0);
        }
        return partners.stream()
                .filter(name -> settings.partners().mayClaim(name, host))
                .findFirst()
                .orElse(partners.get(0));
    }

    /** Printed stanzas are in the namespace of clients, or in none; a server hands them over in the component's. */
    private static String asOnComponentStream(String stanza) {
        return stanza.replaceFirst("xmlns\\s*=\\s*(['\"])jabber:client\\1", "");
    }

    /** A gateway for one question. */
    private final class Once {

        private final DryRunStripes stripes = new DryRunStripes();
        private final List<String> stanzas = new ArrayList<>();
        private final List<String> requests = new ArrayList<>();
        private final StanzaDispatcher dispatcher;
        private final Inbound inbound;
        private final LoopMark random = new LoopMark(new SecureRandom());
        private Optional<Reply> answer = Optional.empty();
        private int ids;

        Once() {
            Refusals refusals = new Refusals(log, meters);
            StanzaSink sink = (stanza, outcome) -> {
                record(WireStanza.of(stanza));
                outcome.accept(StanzaSink.Outcome.CONSUMED);
            };
            StanzaOut out = (stanza, refused) -> record(stanza);
            SipSender sender = this::record;
            ErrorReports reports = new ErrorReports(sink, log);
            Supplier<String> nextId = () -> "isthmus-" + ++ids;
            Pager pager = new Pager(
                    stripes,
                    sink,
                    sender,
                    reports,
                    refusals,
                    new NoLedger(),
                    nextId,
                    settings.turns(),
                    () -> 0,
                    Clock.systemUTC(),
                    meters,
                    log);
            AddressMapper mapper = new AddressMapper(settings.mappings(), new RecentSpellings(100));
            InboundRouter router =
                    new InboundRouter(() -> mapper, stripes, pager, reports, refusals, new NoLedger(), log);
            this.dispatcher = XmppServices.dispatcher(
                    settings.version(),
                    router,
                    new PendingIqs(nextId, out, timers),
                    out,
                    timers,
                    () -> mapper,
                    settings::mappings,
                    nextId,
                    refusals,
                    log);
            this.inbound = new Inbound(
                    router,
                    settings.partners(),
                    settings.sip(),
                    new NoTimers(),
                    random,
                    new TagStamp(new SecureRandom()),
                    log,
                    meters);
        }

        private void record(WireStanza stanza) {
            stanzas.add(new String(stanza.octets(), java.nio.charset.StandardCharsets.UTF_8));
        }

        private void record(SipMessage message, String partner, Consumer<SipSender.Outcome> outcome) {
            requests.add(RecordToRequest.text(
                    message,
                    new RecordToRequest.SentBy(SipTransport.TCP, "gateway.invalid", 5060),
                    random,
                    settings.sip().agent()));
            outcome.accept(new SipSender.Outcome.Response(
                    202, "Accepted", Optional.empty(), Optional.empty(), Optional.empty()));
        }

        private void answer(Reply reply) {
            answer = Optional.of(reply);
        }

        private Leaving leaving() {
            return new Leaving(
                    List.copyOf(stanzas),
                    List.copyOf(requests),
                    answer.map(Reply::status),
                    answer.map(Reply::reason).orElse(""));
        }
    }

    /** Nothing survives a dry run. */
    private static final class NoLedger implements WorkLedger {

        @Override
        public OpenWork open(OpenWork.Direction direction, String from, String to, String id, String lang) {
            return new OpenWork(0, direction, from, to, id, lang);
        }

        @Override
        public void close(OpenWork entry) {}

        @Override
        public List<OpenWork> leftOver() {
            return List.of();
        }

        @Override
        public List<OpenWork> unanswered() {
            return List.of();
        }
    }

    /** Time stands still. */
    private static final class NoTimers implements SipTimers {

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Task after(Duration delay, Runnable task) {
            return () -> true;
        }

        @Override
        public Task every(Duration delay, Duration period, Runnable task) {
            return () -> true;
        }
    }
}
