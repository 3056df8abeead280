package org.isthmus.component.xmpp.xml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlTreeWriter;
import org.jspecify.annotations.Nullable;

/** Writes down what a decoder says, one line an event. */
final class Decoded implements StreamDecoder.Sink {

    static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns:stream='http://etherx.jabber.org/streams'"
            + " xmlns='jabber:component:accept' id='1'>";

    final List<String> events = new ArrayList<>();

    @Override
    public void opened(XmlElement header) {
        events.add("opened " + header.local() + " " + header.attribute("id").orElse("-"));
    }

    @Override
    public void element(XmlElement element) {
        events.add(XmlTreeWriter.write(element, "jabber:component:accept"));
    }

    @Override
    public void skipped(@Nullable XmlElement envelope, String rule) {
        events.add("skipped " + (envelope == null ? "-" : XmlTreeWriter.write(envelope, "jabber:component:accept"))
                + " " + rule);
    }

    @Override
    public void closed() {
        events.add("closed");
    }

    static Decoded of(StreamLimits limits, String... pieces) throws XmlFault {
        Decoded decoded = new Decoded();
        StreamDecoder decoder = new StreamDecoder(limits, decoded);
        for (String piece : pieces) {
            byte[] octets = piece.getBytes(StandardCharsets.UTF_8);
            decoder.feed(octets, 0, octets.length);
        }
        return decoded;
    }
}
