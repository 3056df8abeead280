package org.isthmus.component.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A MESSAGE to ward3@hospital.example from bob@campus.example, as text, with parts of it changed. */
public final class Requests {

    private final List<String> lines = new ArrayList<>();
    private String startLine = "MESSAGE sip:ward3@hospital.example SIP/2.0";
    private String body = "hello";
    private boolean withLength = true;

    private Requests(String transport, int port, String id) {
        lines.add("Via: SIP/2.0/" + transport + " 127.0.0.1:" + port + ";branch=z9hG4bK" + id);
        lines.add("Max-Forwards: 70");
        lines.add("From: <sip:bob@campus.example>;tag=f" + id);
        lines.add("To: <sip:ward3@hospital.example>");
        lines.add("Call-ID: " + id);
        lines.add("CSeq: 1 MESSAGE");
        lines.add("Content-Type: text/plain");
    }

    /** @param id letters and digits; makes branch, From tag and Call-ID */
    public static Requests message(SipTransport transport, int port, String id) {
        return new Requests(transport.name(), port, id);
    }

    public Requests method(String method) {
        startLine = method + startLine.substring(startLine.indexOf(' '));
        return header("CSeq", "1 " + method);
    }

    public Requests startLine(String line) {
        startLine = line;
        return this;
    }

    /** Replaces the header, or adds it. */
    public Requests header(String name, String value) {
        String line = name + ": " + value;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(name + ":")) {
                lines.set(i, line);
                return this;
            }
        }
        lines.add(line);
        return this;
    }

    /** Adds a line as it is, whatever is there. */
    public Requests line(String line) {
        lines.add(line);
        return this;
    }

    public Requests without(String name) {
        lines.removeIf(line -> line.startsWith(name + ":"));
        return this;
    }

    public Requests body(String text) {
        body = text;
        return this;
    }

    public Requests withoutLength() {
        withLength = false;
        return this;
    }

    /** The request as it goes on the wire. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(startLine).append("\r\n");
        lines.forEach(line -> out.append(line).append("\r\n"));
        if (withLength) {
            out.append("Content-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        return out.append("\r\n").append(body).toString();
    }
}
