package org.isthmus.it.bed.sip;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.ChildProcess;
import org.isthmus.it.bed.Ports;

/**
 * One run of SIPp (3.6). Each message sent or received leaves one line in its log, so that a test can account for all of them by
 * name.
 */
public final class Sipp implements AutoCloseable {

    /** How SIPp talks; one socket for all calls. */
    public enum Transport {
        UDP("u1"),
        TCP("t1");

        private final String option;

        Transport(String option) {
            this.option = option;
        }

        String parameter() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A message to be sent.
     *
     * @param from address of record, {@code user@domain}
     * @param to address of record, {@code user@domain}
     * @param body one line without a semicolon; unique, because results are told by it
     */
    public record Outgoing(String from, String to, String body) {

        public Outgoing {
            if ((from + to + body).matches("(?s).*[;\n].*")) {
                throw new IllegalArgumentException("SIPp cannot send a semicolon or a line end from its file: " + body);
            }
        }
    }

    /**
     * What became of a message.
     *
     * @param status of the final response
     */
    public record Answer(String body, int status) {}

    /**
     * A message that arrived.
     *
     * @param uri the Request-URI
     * @param from the URI in From
     */
    public record Incoming(String uri, String from, String body) {}

    private static final int WINDOW = 200;

    private static final String LOCALHOST = "127.0.0.1";

    /** All final responses that this project knows a reason for; 200 ends the list in the scenario. */
    private static final List<Integer> FINAL = List.of(
            202, 301, 302, 400, 401, 403, 404, 405, 406, 407, 408, 410, 413, 414, 415, 416, 420, 477, 478, 480, 481,
            482, 483, 484, 485, 486, 487, 488, 489, 491, 493, 500, 501, 502, 503, 504, 505, 513, 600, 603, 604, 606);

    private final ChildProcess process;
    private final int port;
    private final Path log;

    private Sipp(ChildProcess process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Registers users at the proxy with a contact on a port of 127.0.0.1, and waits until that is done. */
    public static void register(
            Bed bed, Kamailio proxy, Transport transport, List<String> users, int contactPort, Transport contact) {
        Path folder = bed.folder("sipp-register");
        bed.write(folder, "register.xml", Map.of());
        Sipp run = start(
                bed,
                folder,
                "register.xml",
                LOCALHOST,
                transport,
                Ports.free(),
                List.of(
                        "127.0.0.1:" + proxy.port(),
                        "-inf",
                        injection(folder, users),
                        "-m",
                        Integer.toString(users.size()),
                        "-r",
                        "500",
                        "-key",
                        "domain",
                        proxy.domain(),
                        "-key",
                        "contact_port",
                        Integer.toString(contactPort),
                        "-key",
                        "contact_transport",
                        contact.parameter()));
        int exit = run.process.awaitExit(Duration.ofSeconds(30));
        if (exit != 0) {
            throw new IllegalStateException("registration failed: " + exit + "\n" + run.process.tail(60));
        }
    }

    /**
     * Sends each message once, at most {@code rate} a second and at most {@value #WINDOW} unanswered, to the port of 127.0.0.1: so
     * a slow machine makes it slower and does not make it fail.
     */
    public static Sipp send(Bed bed, int port, Transport transport, int rate, List<Outgoing> messages) {
        return send(bed, LOCALHOST, port, transport, rate, WINDOW, messages);
    }

    /** As {@link #send}, however many are unanswered. */
    public static Sipp flood(Bed bed, int port, Transport transport, int rate, List<Outgoing> messages) {
        return send(bed, LOCALHOST, port, transport, rate, messages.size(), messages);
    }

    /** As {@link #send}, from another address of this machine. */
    public static Sipp sendFrom(
            Bed bed, String source, int port, Transport transport, int rate, List<Outgoing> messages) {
        return send(bed, source, port, transport, rate, WINDOW, messages);
    }

    private static Sipp send(
            Bed bed, String source, int port, Transport transport, int rate, int window, List<Outgoing> messages) {
        Path folder = bed.folder("sipp-send");
        bed.write(
                folder,
                "message-sender.xml",
                Map.of(
                        "ANSWERS",
                        FINAL.stream()
                                .map(status -> "  <recv response=\"%d\" optional=\"true\" next=\"end\"><action>"
                                                .formatted(status)
                                        + "<log message=\"[field2];%d\"/></action></recv>".formatted(status))
                                .collect(joining("\n"))));
        return start(
                bed,
                folder,
                "message-sender.xml",
                source,
                transport,
                Ports.free(),
                List.of(
                        "127.0.0.1:" + port,
                        "-inf",
                        injection(
                                folder,
                                messages.stream()
                                        .map(m -> m.from() + ";" + m.to() + ";" + m.body())
                                        .toList()),
                        "-m",
                        Integer.toString(messages.size()),
                        "-l",
                        Integer.toString(window),
                        "-r",
                        Integer.toString(rate)));
    }

    /**
     * Answers every MESSAGE that comes to a port of 127.0.0.1.
     *
     * @param status status code and reason, {@code 200 OK}
     */
    public static Sipp receive(Bed bed, Transport transport, int port, String status) {
        return receive(bed, transport, port, status, Duration.ZERO);
    }

    /** As {@link #receive(Bed, Transport, int, String)}, each answer after a while. */
    public static Sipp receive(Bed bed, Transport transport, int port, String status, Duration delay) {
        Path folder = bed.folder("sipp-receive");
        Path answer = bed.write(
                folder, "message-answer.xml", Map.of("STATUS", status, "DELAY", Long.toString(delay.toMillis())));
        return receive(bed, folder, transport, port, text(answer));
    }

    /** Takes every MESSAGE that comes to a port of 127.0.0.1 and never answers. */
    public static Sipp receiveInSilence(Bed bed, Transport transport, int port) {
        return receive(bed, bed.folder("sipp-silent"), transport, port, "  <pause milliseconds=\"600000\"/>");
    }

    private static Sipp receive(Bed bed, Path folder, Transport transport, int port, String answer) {
        bed.write(folder, "message-receiver.xml", Map.of("ANSWER", answer));
        Sipp run = start(bed, folder, "message-receiver.xml", LOCALHOST, transport, port, List.of());
        if (transport == Transport.UDP) {
            run.process.awaitUdp(port);
        } else {
            run.process.awaitTcp(port);
        }
        return run;
    }

    /** The local port. */
    public int port() {
        return port;
    }

    /**
     * Waits until every message had its final response or was given up.
     *
     * @return one answer for each final response, in the order of their arrival; a message without any is missing
     */
    public List<Answer> answers(Duration patience) {
        process.awaitExit(patience);
        return answersSoFar();
    }

    /** The final responses until now. */
    public List<Answer> answersSoFar() {
        return lines().stream()
                .map(line -> line.split(";"))
                .map(parts -> new Answer(parts[0], Integer.parseInt(parts[1].strip())))
                .toList();
    }

    /** What has arrived until now. */
    public List<Incoming> received() {
        return lines().stream()
                .map(line -> line.split(" ", 3))
                .map(parts -> new Incoming(parts[0], parts[1], parts[2]))
                .toList();
    }

    /** Stops, suddenly and without a word to anybody. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }

    private List<String> lines() {
        if (!Files.exists(log)) {
            return List.of();
        }
        String text = text(log);
        // SIPp may be in the middle of the last line.
        int end = text.lastIndexOf('\n');
        return end < 0 ? List.of() : text.substring(0, end).lines().toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sipp start(
            Bed bed,
            Path folder,
            String scenario,
            String source,
            Transport transport,
            int port,
            List<String> arguments) {
        Path log = folder.resolve("calls.log");
        List<String> command = new ArrayList<>(List.of(
                "sipp",
                "-sf",
                scenario,
                "-i",
                source,
                "-p",
                Integer.toString(port),
                "-t",
                transport.option,
                "-nostdin",
                "-trace_logs",
                "-log_file",
                log.toString(),
                "-trace_err",
                "-error_file",
                folder.resolve("errors.log").toString(),
                "-buff_size",
                "4000000"));
        command.addAll(arguments);
        return new Sipp(bed.start("sipp", folder, command, Map.of("TERM", "dumb")), port, log);
    }

    private static String injection(Path folder, List<String> lines) {
        try {
            return Files.writeString(
                            folder.resolve("calls.csv"),
                            "SEQUENTIAL\n"
                                    + lines.stream().map(line -> line + "\n").collect(joining()))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code count} messages between two addresses, their bodies {@code prefix-0}, {@code prefix-1} … */
    public static List<Outgoing> numbered(String from, String to, String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Outgoing(from, to, prefix + "-" + i))
                .toList();
    }
}
