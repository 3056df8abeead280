package org.isthmus.it.bed.xmpp;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.isthmus.it.bed.Bed;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.filter.StanzaTypeFilter;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.MessageBuilder;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.StanzaFactory;
import org.jivesoftware.smack.roster.Roster;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/**
 * A person with an XMPP client (Smack). What arrives is kept in order of arrival until it is asked for.
 *
 * <p>Subscriptions are never answered by the library itself, and a lost connection stays lost: the test decides.
 */
public final class XmppClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /**
     * A message stanza that arrived.
     *
     * @param body empty when it has none
     * @param error defined condition and text, of type error
     */
    public record Arrival(String from, String to, String id, Message.Type type, String body, Optional<Refusal> error) {

        static Arrival of(Message message) {
            return new Arrival(
                    String.valueOf(message.getFrom()),
                    String.valueOf(message.getTo()),
                    String.valueOf(message.getStanzaId()),
                    message.getType(),
                    message.getBody() == null ? "" : message.getBody(),
                    Optional.ofNullable(message.getError()).map(Refusal::of));
        }
    }

    /**
     * A stanza error.
     *
     * @param condition as on the wire, {@code item-not-found}
     * @param text for a person, maybe empty
     */
    public record Refusal(String type, String condition, String text) {

        static Refusal of(StanzaError error) {
            return new Refusal(
                    error.getType().toString(),
                    error.getCondition().toString(),
                    error.getDescriptiveText() == null ? "" : error.getDescriptiveText());
        }
    }

    private final XMPPTCPConnection connection;
    private final StanzaFactory stanzas;
    private final BlockingQueue<Arrival> inbox = new LinkedBlockingQueue<>();

    private XmppClient(XMPPTCPConnection connection) {
        this.connection = connection;
        this.stanzas = connection.getStanzaFactory();
        connection.addSyncStanzaListener(stanza -> inbox.add(Arrival.of((Message) stanza)), StanzaTypeFilter.MESSAGE);
    }

    /** Logs in and sends initial presence. */
    public static XmppClient login(Bed bed, XmppServer server, String user) {
        return login(bed, server, user, "smack");
    }

    /** Logs in with the resource asked for and sends initial presence. */
    public static XmppClient login(Bed bed, XmppServer server, String user, String resource) {
        try {
            XMPPTCPConnection connection = new XMPPTCPConnection(XMPPTCPConnectionConfiguration.builder()
                    .setXmppDomain(JidCreate.domainBareFrom(server.plan().domain()))
                    .setHostAddress(InetAddress.getLoopbackAddress())
                    .setPort(server.clientPort())
                    .setSecurityMode(SecurityMode.disabled)
                    .setResource(resource)
                    .setUsernameAndPassword(user, XmppServer.PASSWORD)
                    .build());
            connection.setUseStreamManagement(false);
            connection.setReplyTimeout(PATIENCE.toMillis());
            Roster.getInstanceFor(connection).setSubscriptionMode(Roster.SubscriptionMode.manual);
            XmppClient client = bed.own(new XmppClient(connection));
            connection.connect();
            connection.login();
            return client;
        } catch (SmackException | XMPPException | IOException e) {
            throw new IllegalStateException(user + " could not log in at " + server.software() + "\n" + bed.tails(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The full address. */
    public String jid() {
        return connection.getUser().toString();
    }

    /**
     * Sends a chat message.
     *
     * @return its stanza id
     */
    public String send(String to, String body) {
        try {
            MessageBuilder message = stanzas.buildMessageStanza()
                    .ofType(Message.Type.chat)
                    .to(JidCreate.from(to))
                    .setBody(body);
            Message built = message.build();
            connection.sendStanza(built);
            return built.getStanzaId();
        } catch (XmppStringprepException | SmackException.NotConnectedException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Takes the first arrival that fits; what came before it is dropped. Fails after 20 s with what did come. */
    public Arrival await(String what, Predicate<Arrival> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<Arrival> others = new ArrayList<>();
        try {
            for (long left = PATIENCE.toNanos(); left > 0; left = end - System.nanoTime()) {
                Arrival arrival = inbox.poll(left, TimeUnit.NANOSECONDS);
                if (arrival != null && wanted.test(arrival)) {
                    return arrival;
                }
                if (arrival != null) {
                    others.add(arrival);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        throw new AssertionError(jid() + " got no " + what + " but "
                + others.toString().replace("\n", "\\n").replace("\r", "\\r"));
    }

    /** The next message with a body that is not an error. */
    public Arrival awaitBody(String body) {
        return await(
                "message \"" + body + "\"",
                arrival -> arrival.error().isEmpty() && arrival.body().equals(body));
    }

    /** The error that answers the stanza of this id. */
    public Refusal awaitRefusal(String id) {
        return await(
                        "error for " + id,
                        arrival -> arrival.error().isPresent() && arrival.id().equals(id))
                .error()
                .orElseThrow();
    }

    /** Takes all that has arrived so far, without waiting. */
    public List<Arrival> drain() {
        List<Arrival> all = new ArrayList<>();
        inbox.drainTo(all);
        return all;
    }

    public boolean connected() {
        return connection.isConnected();
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
