package org.isthmus.bytestream.socks5.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.Namespace;
import org.dom4j.QName;
import org.isthmus.bytestream.StreamMethod;
import org.isthmus.bytestream.iq.MalformedRequestException;
import org.jspecify.annotations.Nullable;

/** The {@code <query/>} of XEP-0065 in its forms. */
public final class BytestreamXml {

    private static final Namespace NS = new Namespace("", StreamMethod.SOCKS5.namespace());
    private static final QName QUERY = new QName("query", NS);
    private static final QName HOST = new QName("streamhost", NS);
    private static final QName USED = new QName("streamhost-used", NS);
    private static final QName ACTIVATE = new QName("activate", NS);
    private static final int MAX_SID = 1024;
    private static final int MAX_HOSTS = 32;
    private static final int MAX_NAME = 255;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_PORT_DIGITS = 5;

    private BytestreamXml() {}

    /** Whether this payload is one of ours. */
    public static boolean isQuery(Element payload) {
        return payload.getName().equals("query") && payload.getNamespaceURI().equals(NS.getURI());
    }

    /**
     * Reads an offer. A host that cannot be read is left out; so is whatever else is inside, for example the historical
     * {@code <fast/>}.
     *
     * @throws MalformedRequestException with the error to answer
     */
    public static StreamHostOffer readOffer(Element query) throws MalformedRequestException {
        String sid = query.attributeValue("sid", "");
        if (sid.isEmpty() || sid.length() > MAX_SID) {
            throw bad("query@sid", "1 to " + MAX_SID + " characters");
        }
        if (!query.attributeValue("mode", "tcp").equals("tcp")) {
            throw new MalformedRequestException("query@mode", "tcp", BytestreamErrors.NOT_ACCEPTABLE);
        }
        Optional<String> destination = Optional.ofNullable(query.attributeValue("dstaddr"));
        if (destination.isPresent() && !destination.get().matches("[0-9a-fA-F]{40}")) {
            throw bad("query@dstaddr", "40 hexadecimal digits");
        }
        List<StreamHost> hosts = readHosts(query);
        if (hosts.isEmpty()) {
            throw bad("query/streamhost", "at least one");
        }
        return new StreamHostOffer(sid, destination, hosts);
    }

    /** The hosts in a query, in order; those that cannot be read are left out. */
    public static List<StreamHost> readHosts(Element query) {
        List<StreamHost> hosts = new ArrayList<>();
        for (Element element : query.elements(HOST)) {
            if (hosts.size() < MAX_HOSTS) {
                readHost(element).ifPresent(hosts::add);
            }
        }
        return hosts;
    }

    /** A host; empty when it has no name, no address or no possible port. */
    public static Optional<StreamHost> readHost(Element element) {
        String jid = element.attributeValue("jid", "").strip();
        String host = element.attributeValue("host", "").strip();
        Optional<Integer> port = readPort(element.attributeValue("port"));
        if (jid.isEmpty() || host.isEmpty() || host.length() > MAX_NAME || port.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StreamHost(jid, host, port.get()));
    }

    private static Optional<Integer> readPort(@Nullable String text) {
        if (text == null) {
            return Optional.of(StreamHost.DEFAULT_PORT);
        }
        String digits = text.strip();
        if (digits.isEmpty()
                || digits.length() > MAX_PORT_DIGITS
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= MAX_PORT ? Optional.of(port) : Optional.empty();
    }

    /** The host that a target has chosen; empty when the result names none. */
    public static Optional<String> readUsed(Element query) {
        return Optional.ofNullable(query.element(USED))
                .map(used -> used.attributeValue("jid", "").strip())
                .filter(jid -> !jid.isEmpty());
    }

    /** Writes an offer. */
    public static Element offer(StreamHostOffer offer) {
        Element query = DocumentHelper.createElement(QUERY)
                .addAttribute("sid", offer.sid())
                .addAttribute("mode", "tcp");
        offer.destination().ifPresent(address -> query.addAttribute("dstaddr", address));
        for (StreamHost host : offer.hosts()) {
            query.addElement(HOST)
                    .addAttribute("jid", host.jid())
                    .addAttribute("host", host.host())
                    .addAttribute("port", Integer.toString(host.port()));
        }
        return query;
    }

    /** Writes a target's choice. */
    public static Element used(String sid, StreamHost host) {
        Element query = DocumentHelper.createElement(QUERY).addAttribute("sid", sid);
        query.addElement(USED).addAttribute("jid", host.jid());
        return query;
    }

    /** Asks a proxy for its address (§4.2); a sid would be a remnant of older versions. */
    public static Element addressRequest() {
        return DocumentHelper.createElement(QUERY);
    }

    /** Asks a proxy to join the two connections (§6.3.4). */
    public static Element activate(String sid, String target) {
        Element query = DocumentHelper.createElement(QUERY).addAttribute("sid", sid);
        query.addElement(ACTIVATE).addText(target);
        return query;
    }

    private static MalformedRequestException bad(String place, String expectation) {
        return new MalformedRequestException(place, expectation, BytestreamErrors.BAD_REQUEST);
    }
}
