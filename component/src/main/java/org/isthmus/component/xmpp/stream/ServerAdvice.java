package org.isthmus.component.xmpp.stream;

import java.util.List;
import java.util.Optional;
import org.isthmus.component.xmpp.stream.LinkDown.Cause;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has to look at when a link fails, by server: one table, first matching row.
 *
 * <p>{@code {domain}}, {@code {host}} and {@code {port}} are filled in. A row without a server fits all.
 */
final class ServerAdvice {

    /** Null stands for any. */
    private record Row(
            Cause cause,
            @Nullable String condition,
            @Nullable ServerKind server,
            @Nullable Boolean wasUp,
            String words) {

        boolean fits(Cause what, @Nullable String named, ServerKind kind, boolean up) {
            return cause == what
                    && (condition == null || condition.equals(named))
                    && (server == null || server == kind)
                    && (wasUp == null || wasUp == up);
        }
    }

    private static final List<Row> ROWS = List.of(
            row(Cause.UNRESOLVED, "the host {host} has no address; check \"host\" of this link"),
            row(
                    Cause.UNREACHABLE,
                    ServerKind.PROSODY,
                    "nobody answers at {host}:{port}; is Prosody running, and do component_ports and"
                            + " component_interfaces (global section) say this port and address?"),
            row(
                    Cause.UNREACHABLE,
                    ServerKind.EJABBERD,
                    "nobody answers at {host}:{port}; is ejabberd running, and has \"listen\" an entry with this port"
                            + " and module: ejabberd_service?"),
            row(
                    Cause.UNREACHABLE,
                    ServerKind.OPENFIRE,
                    "nobody answers at {host}:{port}; is Openfire running, and is the service enabled under Server"
                            + " Settings > External Components (xmpp.component.socket.active, port 5275)?"),
            row(Cause.UNREACHABLE, "nobody answers at {host}:{port}; is the server's component port open there?"),
            row(
                    Cause.TLS_FAILED,
                    ServerKind.PROSODY,
                    "TLS failed at {host}:{port}; Prosody has no TLS on component ports: set \"tls\" to \"off\""),
            row(
                    Cause.TLS_FAILED,
                    ServerKind.EJABBERD,
                    "TLS failed at {host}:{port}; has the ejabberd_service listener tls: true, and certfile (it does not"
                            + " take those of certfiles) with a certificate for {host} that this host trusts?"),
            row(
                    Cause.TLS_FAILED,
                    ServerKind.OPENFIRE,
                    "TLS failed at {host}:{port}; direct TLS is on its own port (5276, xmpp.component.ssl.active), with a"
                            + " certificate for {host} that this host trusts"),
            row(
                    Cause.TLS_FAILED,
                    "TLS failed at {host}:{port}; does the port speak TLS from the start, with a certificate for {host}"
                            + " that this host trusts?"),
            row(Cause.NO_SECRET, "the secret of this link is empty or cannot be read"),
            row(
                    Cause.NO_HANDSHAKE,
                    "something listens at {host}:{port} but does not answer as a component port; is it the port for"
                            + " clients, or one that expects TLS?"),
            row(
                    Cause.STREAM_ERROR,
                    "not-authorized",
                    ServerKind.PROSODY,
                    "the secret is wrong: compare it with component_secret below Component \"{domain}\""),
            row(
                    Cause.STREAM_ERROR,
                    "not-authorized",
                    ServerKind.EJABBERD,
                    "ejabberd refused {domain}: either its ejabberd_service listener has no {domain} under \"hosts\", or"
                            + " the password there is not our secret (it does not say which)"),
            row(
                    Cause.STREAM_ERROR,
                    "not-authorized",
                    ServerKind.OPENFIRE,
                    "the secret is wrong: compare it with the one for {domain}, or the default one, under Server"
                            + " Settings > External Components"),
            row(Cause.STREAM_ERROR, "not-authorized", null, "the server refused the secret for {domain}"),
            row(
                    Cause.STREAM_ERROR,
                    "host-unknown",
                    ServerKind.PROSODY,
                    "Prosody has no Component \"{domain}\" in its configuration, or was not reloaded since"),
            row(
                    Cause.STREAM_ERROR,
                    "host-unknown",
                    ServerKind.EJABBERD,
                    "the ejabberd_service listener has no {domain} under \"hosts\""),
            row(
                    Cause.STREAM_ERROR,
                    "host-unknown",
                    ServerKind.OPENFIRE,
                    "Openfire's policy lets only listed components connect: add {domain} under Server Settings >"
                            + " External Components"),
            row(Cause.STREAM_ERROR, "host-unknown", null, "the server knows no component {domain}"),
            row(
                    Cause.STREAM_ERROR,
                    "conflict",
                    ServerKind.PROSODY,
                    "another connection holds {domain}: a second gateway, or an old connection that Prosody has not yet"
                            + " given up (component_conflict_resolve = \"kick_old\" lets the new one win)"),
            row(
                    Cause.STREAM_ERROR,
                    "conflict",
                    ServerKind.EJABBERD,
                    "{domain} is one of ejabberd's own \"hosts\"; a component needs a name that the server does not"
                            + " serve itself"),
            row(
                    Cause.STREAM_ERROR,
                    "conflict",
                    null,
                    "another connection holds {domain}: is a second gateway running?"),
            row(
                    Cause.STREAM_ERROR,
                    "internal-server-error",
                    ServerKind.OPENFIRE,
                    "Openfire failed; when no shared secret is set under Server Settings > External Components, it"
                            + " answers like this"),
            row(
                    Cause.STREAM_ERROR,
                    "improper-addressing",
                    null,
                    "the server could not make sense of an address of ours; its own words, if any, follow"),
            row(
                    Cause.STREAM_ERROR,
                    "invalid-from",
                    ServerKind.EJABBERD,
                    "a stanza came from a domain that the listener's \"hosts\" does not name"),
            row(Cause.STREAM_ERROR, "invalid-from", null, "a stanza came from another domain than {domain}"),
            row(
                    Cause.STREAM_ERROR,
                    "not-well-formed",
                    ServerKind.PROSODY,
                    "Prosody refused a stanza of ours; it says so of stanzas over component_stanza_size_limit (global"
                            + " section, default 512 KiB), too"),
            row(
                    Cause.STREAM_ERROR,
                    "policy-violation",
                    ServerKind.EJABBERD,
                    "ejabberd refused a stanza of ours; is max_stanza_size of the ejabberd_service listener smaller than"
                            + " this link's?"),
            row(
                    Cause.STREAM_ERROR,
                    "policy-violation",
                    ServerKind.OPENFIRE,
                    "Openfire refused a stanza of ours; is xmpp.parser.buffer.size smaller than this link's limit?"),
            row(
                    Cause.STREAM_ERROR,
                    "connection-timeout",
                    ServerKind.OPENFIRE,
                    "Openfire heard nothing for xmpp.component.idle (6 minutes); the keep-alive did not reach it"),
            row(Cause.STREAM_ERROR, "connection-timeout", null, "the server heard nothing from us for too long"),
            row(Cause.STREAM_ERROR, "system-shutdown", null, "the server is shutting down"),
            row(Cause.STREAM_ERROR, "see-other-host", null, "the server points to another host, which is not followed"),
            row(Cause.STREAM_ERROR, "the server ended the stream"),
            row(
                    Cause.CLOSED_AT_SECRET,
                    "the server closed the connection at our secret, without a word; is the secret for {domain} right?"),
            new Row(
                    Cause.CLOSED_BY_SERVER,
                    null,
                    ServerKind.OPENFIRE,
                    false,
                    "Openfire closed the connection before the handshake; it does so when another connection holds"
                            + " {domain}, or when {port} is not its port for components"),
            new Row(
                    Cause.CLOSED_BY_SERVER,
                    null,
                    null,
                    false,
                    "{host}:{port} closed the connection before the handshake; is it the port for clients, or one that"
                            + " expects TLS?"),
            row(Cause.CLOSED_BY_SERVER, "the server closed the connection"),
            row(
                    Cause.NO_ANSWER,
                    ServerKind.EJABBERD,
                    "two pings got no answer: the server hangs, the path is cut, or a second connection for {domain}"
                            + " takes a part of the stanzas (ejabberd accepts several and spreads them)"),
            row(Cause.NO_ANSWER, "two pings got no answer: the server hangs or the path is cut"),
            row(Cause.BAD_INPUT, "what came from {host}:{port} is no component stream"),
            row(Cause.BROKEN, "the connection broke"),
            row(Cause.CLOSED, "closed by the gateway"));

    private ServerAdvice() {}

    /**
     * The end of a link in words.
     *
     * @param detail what the server or the system said about it; controls are removed
     */
    static LinkDown explain(
            LinkSettings link, Cause cause, Optional<String> condition, boolean wasUp, Optional<String> detail) {
        String row = ROWS.stream()
                .filter(candidate -> candidate.fits(cause, condition.orElse(null), link.server(), wasUp))
                .findFirst()
                .map(Row::words)
                .orElse("");
        StringBuilder words = new StringBuilder(row.replace("{domain}", link.domain())
                .replace("{host}", link.host())
                .replace("{port}", Integer.toString(link.port())));
        String said = Optional.of(condition.orElse(""))
                .filter(name -> !name.isEmpty())
                .orElse("");
        detail.map(ServerAdvice::printable)
                .filter(text -> !text.isEmpty())
                .ifPresentOrElse(
                        text -> words.append(" (")
                                .append(said.isEmpty() ? "" : said + ": ")
                                .append(text)
                                .append(')'),
                        () -> words.append(said.isEmpty() ? "" : " (" + said + ")"));
        return new LinkDown(cause, condition, wasUp, words.toString());
    }

    /** One line, at most 200 characters, no controls: it goes to logs. */
    private static String printable(String text) {
        String line = text.strip().replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    private static Row row(Cause cause, String words) {
        return new Row(cause, null, null, null, words);
    }

    private static Row row(Cause cause, ServerKind server, String words) {
        return new Row(cause, null, server, null, words);
    }

    private static Row row(Cause cause, String condition, @Nullable ServerKind server, String words) {
        return new Row(cause, condition, server, null, words);
    }
}
