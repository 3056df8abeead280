package org.isthmus.component.xmpp.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isthmus.component.xmpp.stanza.WireStanza;
import org.isthmus.component.xmpp.stream.LinkDown.Cause;
import org.isthmus.mappings.Jids;
import org.isthmus.translation.message.LangText;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.xml.XmlElement;
import org.jspecify.annotations.Nullable;

/** One session without a socket and with a clock that stands still; the test plays the server. */
final class SessionBed implements StreamSession.Owner {

    static final String DOMAIN = "sip.hospital.example";
    static final String HEADER = "<stream:stream xmlns:stream='http://etherx.jabber.org/streams'"
            + " xmlns='jabber:component:accept' from='" + DOMAIN + "' id='3BF96D32'>";

    private static final Pattern PING = Pattern.compile("<iq type=\"get\" from=\"" + Pattern.quote(DOMAIN) + "\" to=\""
            + Pattern.quote(DOMAIN) + "\" id=\"([^\"]+)\"><ping xmlns=\"urn:xmpp:ping\"/></iq>");

    final List<String> heard = new ArrayList<>();
    final List<String> outcomes = new ArrayList<>();
    final List<LinkDown> ends = new ArrayList<>();
    final EmbeddedChannel channel = new EmbeddedChannel();
    final StreamSession session;
    int settled;

    SessionBed(LinkSettings link) {
        session = new StreamSession(link, this);
        channel.freezeTime();
        channel.pipeline().addLast(session);
    }

    static LinkSettings settings() {
        return LinkSettings.of(DOMAIN, "127.0.0.1", 5347, ServerKind.PROSODY, () -> "test");
    }

    /** A session that has been through the handshake. */
    static SessionBed up() {
        SessionBed bed = new SessionBed(settings());
        bed.written();
        bed.serverSays(HEADER);
        bed.serverSays("<handshake/>");
        bed.written();
        return bed;
    }

    void serverSays(String xml) {
        channel.writeInbound(Unpooled.copiedBuffer(xml, StandardCharsets.UTF_8));
        channel.runPendingTasks();
    }

    /** What has been written since the last call. */
    String written() {
        channel.runPendingTasks();
        StringBuilder text = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            text.append(out.toString(StandardCharsets.UTF_8));
            out.release();
        }
        return text.toString();
    }

    /** Takes the id of the one ping that must have been written last. */
    static String pingIn(String written) {
        Matcher ping = PING.matcher(written);
        if (!ping.find() || ping.end() != written.length()) {
            throw new AssertionError("no ping at the end of: " + written);
        }
        return ping.group(1);
    }

    static boolean hasPing(String written) {
        return PING.matcher(written).find();
    }

    void answerPing(String id) {
        serverSays("<iq type='result' from='" + DOMAIN + "' to='" + DOMAIN + "' id='" + id + "'/>");
    }

    void send(String name) {
        session.write(message(name), outcome -> outcomes.add(name + " " + outcome));
    }

    static WireStanza message(String body) {
        return WireStanza.of(MessageStanza.builder(Jids.parse("joe@" + DOMAIN), Jids.parse("a@hospital.example"))
                .body(LangText.of(body))
                .build());
    }

    void later(Duration time) {
        channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    Cause endedBy() {
        if (ends.size() != 1) {
            throw new AssertionError("one end expected: " + ends);
        }
        return ends.get(0).cause();
    }

    @Override
    public void up(StreamSession which) {
        heard.add("up");
    }

    @Override
    public void element(StreamSession which, XmlElement element) {
        heard.add(element.local() + " " + element.attribute("id").orElse("-"));
    }

    @Override
    public void skipped(StreamSession which, @Nullable XmlElement envelope, String rule) {
        heard.add("skipped " + rule);
    }

    @Override
    public void settled(int octets) {
        settled += octets;
    }

    @Override
    public void stalled(boolean stalled) {
        heard.add("stalled " + stalled);
    }

    @Override
    public void oddity(String words) {
        heard.add("odd: " + words);
    }

    @Override
    public void ended(StreamSession which, LinkDown why) {
        ends.add(why);
    }
}
