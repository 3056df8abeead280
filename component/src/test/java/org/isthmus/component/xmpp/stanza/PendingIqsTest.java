package org.isthmus.component.xmpp.stanza;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.isthmus.component.conversation.StanzaSink.Outcome;
import org.isthmus.component.xmpp.stanza.IqResponders.Verb;
import org.isthmus.component.xmpp.stanza.PendingIqs.Reply;
import org.isthmus.mappings.Jids;
import org.isthmus.translation.xml.XmlElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PendingIqsTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();

    private void ask(DispatchBed bed, Duration patience) {
        bed.pending.ask(
                Jids.parse("joe@sip.example/r"),
                Jids.parse("a@h.example/d"),
                Verb.GET,
                XmlElement.empty("urn:q", "query"),
                patience,
                replies::add);
    }

    @Test
    void asksAndTakesTheResult() {
        try (DispatchBed bed = new DispatchBed(List.of())) {
            ask(bed, LONG);
            XmlElement question = bed.out.only();
            assertThat(question.attribute("type")).contains("get");
            assertThat(question.child("urn:q", "query")).isPresent();
            bed.receive(
                    "<iq type='result' id='id-1' from='a@h.example/d' to='joe@sip.example/r'><query xmlns='urn:q'/></iq>");
            assertThat(replies)
                    .hasSize(1)
                    .first()
                    .isInstanceOfSatisfying(
                            Reply.Result.class,
                            result -> assertThat(result.payload())
                                    .hasValueSatisfying(payload -> assertThat(payload.is("urn:q", "query"))
                                            .isTrue()));
            assertThat(bed.pending.size()).isZero();
            bed.receive("<iq type='result' id='id-1' from='a@h.example/d' to='joe@sip.example/r'/>");
            assertThat(replies).hasSize(1);
            assertThat(bed.out.sent).isEmpty();
        }
    }

    @Test
    void takesTheError() {
        try (DispatchBed bed = new DispatchBed(List.of())) {
            ask(bed, LONG);
            bed.receive("<iq type='error' id='id-1' from='a@h.example/d' to='joe@sip.example/r'><error type='cancel'>"
                    + "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
            assertThat(replies.poll())
                    .isInstanceOfSatisfying(
                            Reply.Failed.class,
                            failed -> assertThat(failed.error().condition().wire())
                                    .isEqualTo("item-not-found"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<iq type='result' id='id-1' from='mallory@h.example/d' to='joe@sip.example/r'/>",
                "<iq type='result' id='id-1' from='a@h.example' to='joe@sip.example/r'/>",
                "<iq type='result' id='id-1' from='a@h.example/d' to='joe@sip.example'/>",
                "<iq type='result' id='id-2' from='a@h.example/d' to='joe@sip.example/r'/>"
            })
    void takesAnswersOnlyFromWhoWasAsked(String forged) {
        try (DispatchBed bed = new DispatchBed(List.of())) {
            ask(bed, LONG);
            bed.receive(forged);
            assertThat(replies).isEmpty();
            assertThat(bed.pending.size()).isEqualTo(1);
        }
    }

    @Test
    void saysWhenNobodyAnswersInTime() throws InterruptedException {
        try (DispatchBed bed = new DispatchBed(List.of())) {
            ask(bed, Duration.ofMillis(20));
            assertThat(replies.poll(10, TimeUnit.SECONDS)).isInstanceOf(Reply.TimedOut.class);
            bed.receive("<iq type='result' id='id-1' from='a@h.example/d' to='joe@sip.example/r'/>");
            assertThat(replies).isEmpty();
        }
    }

    @Test
    void saysWhenThereIsNoLinkOrNoLinkAnyMore() {
        try (DispatchBed bed = new DispatchBed(List.of())) {
            ask(bed, LONG);
            bed.pending.linkLost("other.example");
            assertThat(replies).isEmpty();
            bed.pending.linkLost("sip.example");
            assertThat(replies.poll()).isInstanceOf(Reply.NoLink.class);
            bed.out.refuseWith = Outcome.LINK_DOWN;
            ask(bed, LONG);
            assertThat(replies.poll()).isInstanceOf(Reply.NoLink.class);
            assertThat(bed.pending.size()).isZero();
        }
    }
}
