package org.isthmus.it.bed.xmpp;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.isthmus.it.bed.Bed;

/**
 * A real XMPP server with one virtual host, some accounts and some places for external components (XEP-0114). It keeps its data
 * and its ports when it is started again.
 */
public interface XmppServer extends AutoCloseable {

    /** The password of every account. */
    String PASSWORD = "pw";

    /** The servers that this project is proven against. */
    enum Brand {
        PROSODY(Prosody::start),
        EJABBERD(Ejabberd::start);

        private final BiFunction<Bed, Plan, XmppServer> starter;

        Brand(BiFunction<Bed, Plan, XmppServer> starter) {
            this.starter = starter;
        }

        /** Starts a server; it accepts clients and components when this returns. */
        public XmppServer start(Bed bed, Plan plan) {
            return starter.apply(bed, plan);
        }
    }

    /**
     * A place where a component may attach.
     *
     * @param domain the component's domain
     * @param secret what it must know
     */
    record Component(String domain, String secret) {}

    /**
     * What the server shall serve.
     *
     * @param domain the virtual host
     * @param users localparts of its accounts, letters and digits only
     */
    record Plan(String domain, List<Component> components, List<String> users) {

        /** {@code prefix0}, {@code prefix1} … beside the other accounts. */
        public Plan withUsers(String prefix, int count) {
            List<String> more =
                    IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
            return new Plan(
                    domain,
                    components,
                    Stream.concat(users.stream(), more.stream()).toList());
        }
    }

    Plan plan();

    /** Where clients connect, on 127.0.0.1, without TLS. */
    int clientPort();

    /** Where components connect, on 127.0.0.1. */
    int componentPort();

    /** What this is, for reports. */
    String software();

    /** The address of an account. */
    default String jid(String user) {
        return user + "@" + plan().domain();
    }

    /** Starts the server again after {@link #stop} or {@link #kill}, and waits until it listens. */
    void start();

    /** Ends the server as its operator would. */
    void stop();

    /** Ends the server by SIGKILL. */
    void kill();

    /** Keeps the server from running, with its connections open, until {@link #resume}. */
    void pause();

    /** Lets a paused server go on. */
    void resume();

    @Override
    void close();
}
