package org.isthmus.bytestream.socks5;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.dom4j.Element;
import org.isthmus.bytestream.OwnerThread;
import org.isthmus.bytestream.iq.IqAnswer;
import org.isthmus.bytestream.iq.IqExchange;
import org.isthmus.bytestream.iq.IqRequest;
import org.isthmus.bytestream.socks5.query.BytestreamXml;
import org.isthmus.bytestream.socks5.query.StreamHost;
import org.isthmus.mappings.JidSyntaxException;
import org.isthmus.mappings.Jids;
import org.xmpp.packet.JID;

/**
 * The proxies of our server (XEP-0065 §4): asks its items who is a proxy and each proxy for its address, and keeps the
 * answer for a while.
 *
 * <p>A proxy that refuses is no proxy: by default Prosody and ejabberd serve their own users only and answer a component with
 * {@code forbidden}. That is remembered like every other answer, so they are not asked for each file.
 *
 * <p>Confined to its owner's thread; {@link #find} may be called from any.
 */
public final class ProxyDirectory {

    private final IqExchange iqs;
    private final JID server;
    private final OwnerThread owner;
    private final InstantSource clock;
    private final ProxyLimits limits;
    private final List<Consumer<List<StreamHost>>> askers = new ArrayList<>();
    private List<StreamHost> known = List.of();
    private Instant knownUntil = Instant.MIN;
    private boolean asking;

    /**
     * Asks nobody yet.
     *
     * @param server the domain whose items are looked at
     */
    public ProxyDirectory(IqExchange iqs, JID server, OwnerThread owner, InstantSource clock, ProxyLimits limits) {
        this.iqs = Objects.requireNonNull(iqs, "iqs");
        this.server = Objects.requireNonNull(server, "server");
        this.owner = Objects.requireNonNull(owner, "owner");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /**
     * Finds the proxies that will serve us.
     *
     * @param asker the address of ours in whose name to ask
     * @param found told once, on this directory's thread; empty when there is none
     */
    public void find(JID asker, Consumer<List<StreamHost>> found) {
        owner.execute(() -> {
            if (clock.instant().isBefore(knownUntil) || askers.size() >= limits.waiting()) {
                found.accept(known);
                return;
            }
            askers.add(found);
            if (!asking) {
                asking = true;
                ask(asker);
            }
        });
    }

    private void ask(JID asker) {
        request(asker, server, DiscoXml.askItems(), answer -> {
            List<JID> items = new ArrayList<>();
            for (String text : payloadOf(answer, List.<String>of(), DiscoXml::items)) {
                if (items.size() < limits.items()) {
                    jid(text, items);
                }
            }
            new Round(asker, items).begin();
        });
    }

    private static void jid(String text, List<JID> into) {
        try {
            into.add(Jids.parse(text));
        } catch (JidSyntaxException notAnAddress) {
            // An item that cannot be addressed cannot be asked either.
        }
    }

    private static <T> T payloadOf(IqAnswer answer, T otherwise, Function<Element, T> reader) {
        return answer instanceof IqAnswer.Result result
                ? result.payload().map(reader).orElse(otherwise)
                : otherwise;
    }

    private void request(JID from, JID to, Element payload, Consumer<IqAnswer> answered) {
        IqRequest request = IqRequest.get(from, to, payload, limits.answer());
        iqs.request(request, answer -> owner.execute(() -> answered.accept(answer)));
    }

    /** One look at all items at the same time; their order is kept. */
    private final class Round {
        private final JID asker;
        private final List<JID> items;
        private final List<List<StreamHost>> hosts = new ArrayList<>();
        private int open;

        private Round(JID asker, List<JID> items) {
            this.asker = asker;
            this.items = items;
        }

        void begin() {
            open = items.size();
            for (int i = 0; i < items.size(); i++) {
                hosts.add(List.of());
                look(i);
            }
            endIfDone();
        }

        private void look(int i) {
            request(asker, items.get(i), DiscoXml.askInfo(), info -> {
                if (payloadOf(info, false, DiscoXml::isProxy)) {
                    request(asker, items.get(i), BytestreamXml.addressRequest(), address -> {
                        hosts.set(i, payloadOf(address, List.<StreamHost>of(), BytestreamXml::readHosts));
                        done();
                    });
                } else {
                    done();
                }
            });
        }

        private void done() {
            open--;
            endIfDone();
        }

        private void endIfDone() {
            if (open > 0) {
                return;
            }
            known = hosts.stream().flatMap(List::stream).toList();
            knownUntil = clock.instant().plus(known.isEmpty() ? limits.keepNothing() : limits.keepFound());
            asking = false;
            List<Consumer<List<StreamHost>>> told = List.copyOf(askers);
            askers.clear();
            told.forEach(asker -> asker.accept(known));
        }
    }
}
