package org.isthmus.bytestream.ibb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.dom4j.Element;
import org.isthmus.bytestream.ManualOwner;
import org.isthmus.bytestream.Opened;
import org.isthmus.bytestream.Reader;
import org.isthmus.bytestream.RecordedReply;
import org.isthmus.bytestream.ScriptedIqs;
import org.isthmus.bytestream.StreamEnd;
import org.isthmus.bytestream.StreamFailure;
import org.isthmus.bytestream.StreamKey;
import org.isthmus.bytestream.VectorFile;
import org.isthmus.bytestream.Writer;
import org.isthmus.mappings.Jids;
import org.xmpp.packet.JID;

/** Our side of one stream on the bench: the test is the peer, the clock and the other end of the bytes. */
final class IbbBench {

    static final JID PEER = Jids.parse("a@x.test/r");
    static final JID US = Jids.parse("b@sip.test/g");
    static final StreamKey KEY = new StreamKey(US, PEER, "s1");

    final ManualOwner owner = new ManualOwner();
    final ScriptedIqs iqs = new ScriptedIqs();
    final IbbStreams streams;
    final List<StreamEnd> ends = new ArrayList<>();
    final List<Opened<IbbSession>> outcomes = new ArrayList<>();
    Reader reader = Reader.greedy();
    final Writer writer = new Writer();

    IbbBench() {
        this(IbbLimits.defaults());
    }

    IbbBench(IbbLimits limits) {
        streams = new IbbStreams(iqs, limits);
    }

    /** We wait for the peer to open. */
    IbbBench expecting(IbbTransfer.Direction direction, OptionalLong octets) {
        streams.expect(KEY, new IbbTransfer(direction, octets, ends::add), owner, Duration.ofSeconds(30), this::opened);
        owner.run();
        return this;
    }

    /** The peer has opened a stream towards us. */
    IbbBench receiving(int blockSize) {
        expecting(IbbTransfer.Direction.RECEIVE, OptionalLong.empty());
        assertThat(in(open(blockSize)).isResult()).isTrue();
        return this;
    }

    /** We have opened a stream towards the peer. */
    IbbBench sending(OptionalLong octets) {
        streams.open(KEY, new IbbTransfer(IbbTransfer.Direction.SEND, octets, ends::add), owner, this::opened);
        owner.run();
        iqs.next("open").result();
        owner.run();
        return this;
    }

    private void opened(Opened<IbbSession> outcome) {
        outcomes.add(outcome);
        if (outcome instanceof Opened.Stream<IbbSession> open) {
            IbbSession session = open.stream();
            try {
                session.source().subscribe(reader);
            } catch (IllegalStateException sendsOnly) {
                assertThat(sendsOnly).hasMessageContaining("only sends");
            }
            try {
                writer.subscribe(session.sink());
            } catch (IllegalStateException receivesOnly) {
                assertThat(receivesOnly).hasMessageContaining("only receives");
            }
        }
    }

    /** An IQ from the peer. */
    RecordedReply in(Element payload) {
        return in(PEER, payload);
    }

    RecordedReply in(JID from, Element payload) {
        RecordedReply reply = new RecordedReply();
        streams.onIq(from, US, payload, reply);
        owner.run();
        return reply;
    }

    /** A message from the peer. */
    RecordedReply message(Element payload) {
        RecordedReply reply = new RecordedReply();
        streams.onMessage(PEER, US, payload, reply);
        owner.run();
        return reply;
    }

    IbbSession session() {
        assertThat(outcomes).hasSize(1);
        assertThat(outcomes.get(0)).isInstanceOf(Opened.Stream.class);
        return ((Opened.Stream<IbbSession>) outcomes.get(0)).stream();
    }

    StreamFailure.Reason notOpened() {
        assertThat(outcomes).hasSize(1);
        return ((Opened.Failed<IbbSession>) outcomes.get(0)).failure().reason();
    }

    /** How it ended; exactly once. */
    StreamEnd end() {
        assertThat(ends).hasSize(1);
        return ends.get(0);
    }

    StreamFailure.Reason failure() {
        return end().failure().orElseThrow().reason();
    }

    /** Nothing of the stream is left: no timer, no entry. */
    void assertNothingLeft() {
        assertThat(streams.size()).isZero();
        assertThat(owner.timers()).isZero();
        iqs.assertNothingSent();
    }

    static Element open(int blockSize) {
        return IbbXml.open("s1", blockSize);
    }

    static Element data(int seq, byte[] octets) {
        return IbbXml.data("s1", seq, Base64.getEncoder().encodeToString(octets));
    }

    static Element data(int seq, int octets) {
        return data(seq, new byte[octets]);
    }

    static Element close() {
        return IbbXml.close("s1");
    }

    static Element ibb(String payload) {
        return VectorFile.parse(payload.replaceFirst(">|/>", " xmlns='http://jabber.org/protocol/ibb'$0"));
    }
}
