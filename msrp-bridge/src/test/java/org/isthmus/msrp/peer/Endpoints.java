package org.isthmus.msrp.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.isthmus.msrp.frame.MsrpUri;
import org.isthmus.msrp.session.EndpointConfig;
import org.isthmus.msrp.session.MsrpEndpoint;
import org.isthmus.msrp.session.MsrpSession;
import org.isthmus.msrp.session.RemoteParty;
import org.isthmus.msrp.session.SessionConfig;
import org.isthmus.msrp.session.SessionHandler;
import org.isthmus.msrp.transaction.MsrpTimers;

/** Endpoints on loopback and sessions on them that are bound to a scripted peer. */
public final class Endpoints {

    /** Where the peer says it is; nobody listens there. */
    public static final String PEER = "msrp://127.0.0.1:7654/peer;tcp";

    private Endpoints() {}

    public static MsrpEndpoint start(MsrpTimers timers) {
        return start(timers, config -> config);
    }

    public static MsrpEndpoint start(MsrpTimers timers, UnaryOperator<EndpointConfig> change) {
        EndpointConfig config = EndpointConfig.defaults("127.0.0.1").listening(new InetSocketAddress("127.0.0.1", 0));
        try {
            return MsrpEndpoint.start(change.apply(config), Optional.empty(), timers, new SecureRandom(), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A session that waits for the peer. */
    public static MsrpSession passive(MsrpEndpoint endpoint, SessionConfig config, SessionHandler handler) {
        MsrpSession session = endpoint.newSession(config, handler);
        session.await(RemoteParty.at(MsrpUri.parse(PEER)));
        return session;
    }

    /** A passive session and the peer that has bound it. */
    public static Bound bound(MsrpEndpoint endpoint, SessionConfig config, SessionHandler handler) throws IOException {
        MsrpSession session = passive(endpoint, config, handler);
        ScriptedPeer peer = ScriptedPeer.connect(endpoint.port(false));
        peer.expectNothing(session.localUri().toString(), PEER);
        return new Bound(session, peer);
    }

    /** An active session and the peer that it has connected to. */
    public static Bound dialled(
            MsrpEndpoint endpoint, SessionConfig config, SessionHandler handler, UnaryOperator<RemoteParty> change)
            throws IOException {
        try (ServerSocket server = ScriptedPeer.listen()) {
            MsrpSession session = endpoint.newSession(config, handler);
            RemoteParty party =
                    RemoteParty.at(MsrpUri.parse("msrp://127.0.0.1:" + server.getLocalPort() + "/peer;tcp"));
            session.connect(change.apply(party));
            ScriptedPeer peer = ScriptedPeer.accept(server);
            peer.ok(peer.read());
            return new Bound(session, peer);
        }
    }

    /** A session and its peer. */
    public record Bound(MsrpSession session, ScriptedPeer peer) implements AutoCloseable {

        /** Our URI. */
        public String uri() {
            return session.localUri().toString();
        }

        /** Sends a chunk to the session. */
        public void send(String id, String fields, String body, char flag) throws IOException {
            peer.send(ScriptedPeer.frame(id, uri(), PEER, fields, body, flag));
        }

        /** Asserts that nothing more was sent to the peer. */
        public void expectNothing() throws IOException {
            peer.expectNothing(uri(), PEER);
        }

        @Override
        public void close() throws IOException {
            peer.close();
        }
    }
}
