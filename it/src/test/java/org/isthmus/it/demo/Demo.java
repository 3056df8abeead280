package org.isthmus.it.demo;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.gateway.Crossing;
import org.isthmus.it.bed.sip.Linphone;
import org.isthmus.it.bed.xmpp.XmppClient;
import org.isthmus.it.bed.xmpp.XmppServer.Brand;

/**
 * What {@code bin/demo} runs: a real Prosody, a real Kamailio and Isthmus between them; romeo with an XMPP client, lina with
 * Linphone. They talk, and each line printed is what the other one's client showed.
 */
public final class Demo {

    private static final String ROMEO = "romeo@" + Crossing.HOSPITAL;
    private static final String LINA = "lina@" + Crossing.CAMPUS;

    private Demo() {}

    public static void main(String[] args) throws InterruptedException {
        boolean stay = List.of(args).contains("--stay");
        try (Bed bed = new Bed()) {
            say("Starting Prosody, Kamailio and Isthmus on free ports of 127.0.0.1 …");
            Crossing crossing = Crossing.open(bed, Brand.PROSODY);
            crossing.gateway()
                    .log()
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> say("    isthmus | " + line));
            XmppClient romeo = XmppClient.login(bed, crossing.hospital(), "romeo");
            Linphone lina = Linphone.start(bed, crossing.campus(), "lina");
            say("");
            say("romeo is " + ROMEO + ", in an XMPP client (Smack), at Prosody.");
            say("lina  is sip:" + LINA + ", in Linphone, registered at Kamailio.");
            say("");

            romeo.send(Crossing.onXmpp("lina"), "The X-ray of bed 12 is ready.");
            lina.awaitMessage(ROMEO, "The X-ray of bed 12 is ready.");
            said(
                    "romeo",
                    Crossing.onXmpp("lina"),
                    "The X-ray of bed 12 is ready.",
                    "Linphone shows it from sip:" + ROMEO);

            lina.say(Crossing.onSip("romeo"), "Thank you, I am coming.");
            String from = romeo.awaitBody("Thank you, I am coming.").from();
            said(
                    "lina ",
                    "sip:" + Crossing.onSip("romeo"),
                    "Thank you, I am coming.",
                    "romeo's client shows it from " + from);

            String id = romeo.send(Crossing.onXmpp("nobody"), "Is anybody there?");
            XmppClient.Refusal refusal = romeo.awaitRefusal(id);
            said(
                    "romeo",
                    Crossing.onXmpp("nobody"),
                    "Is anybody there?",
                    "romeo's client is told: " + refusal.condition() + ", " + refusal.text());

            say("");
            say("A message each way, and a failure that did not stay silent.");
            if (stay) {
                stay(crossing);
            }
        }
    }

    private static void stay(Crossing crossing) throws InterruptedException {
        say("");
        say("Everything stays up until Ctrl-C. To join:");
        say("    XMPP client   account juliet@" + Crossing.HOSPITAL + ", password pw, server 127.0.0.1 port "
                + crossing.hospital().clientPort() + ", no TLS");
        say("    SIP client    any user @" + Crossing.CAMPUS + ", no password, outbound proxy sip:127.0.0.1:"
                + crossing.campus().port() + " (UDP or TCP)");
        say("    then write    from XMPP to NAME@" + Crossing.CAMPUS_ON_XMPP + ", from SIP to sip:juliet@"
                + Crossing.HOSPITAL);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown));
        ended.await();
    }

    private static void said(String who, String to, String text, String seen) {
        say(who + " -> " + to + ": " + text);
        say("         " + seen);
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
