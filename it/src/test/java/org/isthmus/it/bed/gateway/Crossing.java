package org.isthmus.it.bed.gateway;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.Ports;
import org.isthmus.it.bed.sip.Kamailio;
import org.isthmus.it.bed.sip.Sipp.Transport;
import org.isthmus.it.bed.xmpp.XmppServer;
import org.isthmus.it.bed.xmpp.XmppServer.Component;
import org.isthmus.it.bed.xmpp.XmppServer.Plan;

/**
 * The stage of most scenes: a hospital on XMPP, a campus on SIP, and the gateway between them.
 *
 * <pre>
 *   romeo@hospital.test ─ XMPP server ─ gateway ─ Kamailio ─ alice@campus.test
 *   the campus appears as campus.hospital.test     the hospital keeps its name
 * </pre>
 *
 * @param gatewayPort where the gateway listens for SIP on 127.0.0.1, UDP and TCP
 */
public record Crossing(XmppServer hospital, Kamailio campus, GatewayProcess gateway, int gatewayPort) {

    /** The XMPP domain. */
    public static final String HOSPITAL = "hospital.test";

    /** The SIP domain. */
    public static final String CAMPUS = "campus.test";

    /** The SIP domain as XMPP users see it. */
    public static final String CAMPUS_ON_XMPP = "campus.hospital.test";

    /** A component domain that the gateway does not use unless a scene wants it. */
    public static final String SPARE = "spare.hospital.test";

    /** The accounts at the hospital. */
    public static Plan plan() {
        return new Plan(
                HOSPITAL,
                List.of(new Component(CAMPUS_ON_XMPP, "a secret"), new Component(SPARE, "another secret")),
                List.of("romeo", "juliet", "nurse"));
    }

    /** Starts all three and waits until the gateway is ready. */
    public static Crossing open(Bed bed, XmppServer.Brand brand) {
        return open(bed, brand, plan(), UnaryOperator.identity());
    }

    /**
     * Starts all three and waits until the gateway is ready.
     *
     * @param change what this scene wants different in the gateway's configuration
     */
    public static Crossing open(Bed bed, XmppServer.Brand brand, Plan plan, UnaryOperator<GatewayFiles> change) {
        XmppServer hospital = brand.start(bed, plan);
        int gatewayPort = Ports.free();
        Kamailio campus =
                Kamailio.start(bed, CAMPUS, Map.of(HOSPITAL, "sip:127.0.0.1:" + gatewayPort + ";transport=tcp"));
        GatewayFiles files = change.apply(files(bed, hospital, campus.port(), gatewayPort));
        return new Crossing(hospital, campus, GatewayProcess.start(bed, files, "-Xmx512m"), gatewayPort);
    }

    /** The usual configuration: one link, one partner, one mapping. */
    public static GatewayFiles files(Bed bed, XmppServer hospital, int campusPort, int gatewayPort) {
        return new GatewayFiles(bed.folder("isthmus"))
                .link(hospital, CAMPUS_ON_XMPP)
                .listen(Transport.UDP, gatewayPort)
                .listen(Transport.TCP, gatewayPort)
                .partner("campus", List.of(CAMPUS), "127.0.0.1/32", "sip:127.0.0.1:" + campusPort + ";transport=tcp")
                .mapping("campus", "campus", CAMPUS, CAMPUS_ON_XMPP, HOSPITAL)
                .ops(Ports.free());
    }

    /** The XMPP address of a user of the campus. */
    public static String onXmpp(String sipUser) {
        return sipUser + "@" + CAMPUS_ON_XMPP;
    }

    /** The SIP address of a user of the hospital. */
    public static String onSip(String xmppUser) {
        return xmppUser + "@" + HOSPITAL;
    }
}
