package org.isthmus.it.bed.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.ChildProcess;
import org.isthmus.it.bed.Ports;

/** A person with Debian's linphonec (5.1), registered at a {@link Kamailio} over UDP. Driven by its standard input. */
public final class Linphone implements AutoCloseable {

    private final ChildProcess process;

    private Linphone(ChildProcess process) {
        this.process = process;
    }

    /**
     * Starts the client and waits until it is registered.
     *
     * @param user of the proxy's domain
     */
    public static Linphone start(Bed bed, Kamailio proxy, String user) {
        Path folder = bed.folder("linphone");
        try {
            // It does not create them, and without them it has no data base and no messages.
            Files.createDirectories(folder.resolve(".local/share/linphone"));
            Files.createDirectories(folder.resolve(".config/linphone"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path config = bed.write(
                folder,
                "linphonerc",
                Map.of(
                        "SIP_PORT", Integer.toString(Ports.free()),
                        "PROXY_PORT", Integer.toString(proxy.port()),
                        "USER", user,
                        "DOMAIN", proxy.domain()));
        ChildProcess process = bed.start(
                "linphonec",
                folder,
                List.of(
                        "linphonec",
                        "-d",
                        "6",
                        "-l",
                        folder.resolve("trace.log").toString(),
                        "-c",
                        config.toString()),
                Map.of());
        process.awaitFile(folder.resolve("trace.log"), "RegistrationOk");
        return new Linphone(process);
    }

    /** Writes to an address. */
    public void say(String to, String text) {
        process.type("chat sip:" + to + " " + text);
    }

    /** Waits until a message with this text has come from the address. */
    public void awaitMessage(String from, String text) {
        process.awaitOutput("Message received from .*" + Pattern.quote(from) + ".*" + Pattern.quote(text));
    }

    @Override
    public void close() {
        process.close();
    }
}
