package org.isthmus.component.xmpp.stanza;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.Refusals;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.xml.XmlElement;

/** A dispatcher whose surroundings write down what reaches them. */
public final class DispatchBed implements AutoCloseable {

    public final RecordingOut out = new RecordingOut();
    public final List<MessageStanza> messages = new ArrayList<>();
    public final List<String> presences = new ArrayList<>();
    public final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final EventLog log = new EventLog();
    public final Refusals refusals = new Refusals(log, meters);
    public final PendingIqs pending;
    private final StanzaDispatcher dispatcher;
    private int ids;

    public DispatchBed(List<IqResponders.Row> rows) {
        this(new IqResponders(rows));
    }

    public DispatchBed(IqResponders responders) {
        pending = new PendingIqs(() -> "id-" + ++ids, out, timers);
        dispatcher = new StanzaDispatcher(
                (stanza, trace) -> messages.add(stanza),
                (presence, from, to, trace) ->
                        presences.add(presence.attribute("type").orElse("available") + " " + from + " " + to),
                responders,
                pending,
                out,
                timers,
                () -> "trace",
                refusals,
                log);
    }

    public void receive(String xml) {
        dispatcher.dispatch(RecordingOut.stanza(xml));
    }

    public void receiveSkipped(XmlElement envelope, String rule) {
        dispatcher.dispatchSkipped(envelope, rule);
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }
}
