package org.isthmus.component.xmpp.service;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;
import org.isthmus.component.xmpp.stanza.IqResponder;
import org.isthmus.component.xmpp.stanza.IqResponders;
import org.isthmus.component.xmpp.stanza.IqResponders.Row;
import org.isthmus.component.xmpp.stanza.IqResponders.Verb;
import org.isthmus.component.xmpp.stanza.IqTarget;
import org.isthmus.component.xmpp.stanza.Stanzas;
import org.isthmus.translation.error.StanzaCondition;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlName;

/** Questions whose answer is a line: ping (XEP-0199), version (XEP-0092), last activity (XEP-0012). */
final class Trivia {

    static final String VERSION = "jabber:iq:version";
    static final String LAST = "jabber:iq:last";

    private Trivia() {}

    /**
     * The rows.
     *
     * @param name of the software
     * @param version of the software; the operating system is nobody's business
     * @param uptime of the gateway
     */
    static List<Row> rows(String name, String version, Supplier<Duration> uptime) {
        EnumSet<Verb> get = EnumSet.of(Verb.GET);
        EnumSet<IqTarget> all = EnumSet.allOf(IqTarget.class);
        IqResponder versionOf = (request, answer) -> answer.result(XmlElement.builder(VERSION, "query")
                .child("name", name)
                .child("version", version)
                .build());
        IqResponder last = (request, answer) -> {
            if (request.target() == IqTarget.COMPONENT) {
                answer.result(XmlElement.builder(LAST, "query")
                        .attribute("seconds", Long.toString(uptime.get().toSeconds()))
                        .build());
            } else {
                // Nobody has been authorised to see when a SIP user was last there.
                answer.error(StanzaCondition.FORBIDDEN);
            }
        };
        return List.of(
                Row.of(Stanzas.PING, "ping", get, all, (request, answer) -> answer.result()),
                Row.of(VERSION, "query", get, all, versionOf),
                new Row(new XmlName(LAST, "query"), get, all, IqResponders.PATIENCE, List.of(), last));
    }
}
