package org.isthmus.it.bed.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.ChildProcess;
import org.isthmus.it.bed.Ports;

/**
 * A person with Debian's baresip (1.0), registered at a {@link Kamailio} over TCP. Driven through its console port, where typed
 * commands go in and received messages come out; {@code ctrl_tcp} does not tell about messages.
 *
 * <p>Its {@code /message} writes to the current contact, so each of these has exactly one.
 */
public final class Baresip implements AutoCloseable {

    private final ChildProcess process;
    private final Socket console;
    private final Heard heard = new Heard();

    private Baresip(ChildProcess process, Socket console) {
        this.process = process;
        this.console = console;
        Thread reader = new Thread(this::listen, "baresip-console");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts the client and waits until it is registered.
     *
     * @param user of the proxy's domain
     * @param contact the address that {@link #say} writes to, {@code user@domain}
     */
    public static Baresip start(Bed bed, Kamailio proxy, String user, String contact) {
        Path folder = bed.folder("baresip");
        int sipPort = Ports.freeBlock(2); // it takes the next one for TLS
        int consolePort = Ports.free();
        try {
            Files.move(
                    bed.write(
                            folder,
                            "baresip.config",
                            Map.of(
                                    "SIP_PORT", Integer.toString(sipPort),
                                    "CONSOLE_PORT", Integer.toString(consolePort))),
                    folder.resolve("config"));
            Files.writeString(
                    folder.resolve("accounts"),
                    "<sip:%s>;auth_pass=pw;outbound=\"sip:127.0.0.1:%d;transport=tcp\";regint=300%n"
                            .formatted(proxy.address(user), proxy.port()));
            Files.writeString(folder.resolve("contacts"), "<sip:%s>%n".formatted(contact));
            ChildProcess process =
                    bed.start("baresip", folder, List.of("baresip", "-4", "-f", folder.toString(), "-v"), Map.of());
            process.awaitTcp(consolePort).awaitOutput(user + "@\\S+ \\{\\S+\\} 200 OK");
            return bed.own(new Baresip(process, new Socket(InetAddress.getLoopbackAddress(), consolePort)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes to the contact. */
    public void say(String text) {
        try {
            console.getOutputStream().write(("/message " + text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(process.tail(40), e);
        }
    }

    /** Waits until a message with this text has come from the address, whatever its URI parameters. */
    public void awaitMessage(String from, String text) {
        heard.await("sip:" + Pattern.quote(from) + "(;\\S*)?: \"" + Pattern.quote(text) + "\"", process);
    }

    /** Waits until a message of ours was refused with this status. */
    public void awaitRefusal(int status) {
        process.awaitOutput("\\s" + status + " \\w");
    }

    @Override
    public void close() {
        try {
            console.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            process.close();
        }
    }

    private void listen() {
        try {
            byte[] some = new byte[4096];
            for (int n = console.getInputStream().read(some);
                    n >= 0;
                    n = console.getInputStream().read(some)) {
                heard.add(new String(some, 0, n, StandardCharsets.UTF_8));
            }
        } catch (IOException closed) {
            heard.add("\n(console closed: " + closed.getMessage() + ")\n");
        }
    }
}
