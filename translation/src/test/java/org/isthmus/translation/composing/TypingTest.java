package org.isthmus.translation.composing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.isthmus.translation.composing.IsComposing.State;
import org.isthmus.translation.xml.XmlSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypingTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void activeIsSentOnceAndRepeatedInTime() {
        TypingToSip.Step first = TypingToSip.IDLE.on(ChatState.COMPOSING, NOW);
        assertThat(first.send().orElseThrow().state()).isEqualTo(State.ACTIVE);
        assertThat(first.next().on(ChatState.COMPOSING, NOW.plusSeconds(30)).send())
                .isEmpty();
        Instant due = first.next().refreshAt().orElseThrow();
        assertThat(due).isBetween(NOW.plusSeconds(60), NOW.plus(TypingToSip.REFRESH));
        assertThat(first.next().onTimer(due.minusMillis(1)).send()).isEmpty();
        assertThat(first.next().onTimer(due).send().orElseThrow().state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void idleIsSentOnlyAfterActive() {
        assertThat(TypingToSip.IDLE.on(ChatState.PAUSED, NOW).send()).isEmpty();
        TypingToSip typing = TypingToSip.IDLE.on(ChatState.COMPOSING, NOW).next();
        TypingToSip.Step paused = typing.on(ChatState.PAUSED, NOW);
        assertThat(paused.send().orElseThrow().state()).isEqualTo(State.IDLE);
        assertThat(paused.next()).isEqualTo(TypingToSip.IDLE);
        assertThat(typing.on(ChatState.GONE, NOW)).isEqualTo(new TypingToSip.Step(TypingToSip.IDLE, Optional.empty()));
        assertThat(typing.onText().on(ChatState.ACTIVE, NOW).send()).isEmpty();
    }

    @Test
    void aClientThatNeverStopsIsNotBelievedForEver() {
        TypingToSip.Step step = TypingToSip.IDLE.on(ChatState.COMPOSING, NOW);
        int repeats = 0;
        while (step.next().refreshAt().isPresent()) {
            step = step.next().onTimer(step.next().refreshAt().get());
            repeats++;
            assertThat(repeats).isLessThan(20);
        }
        assertThat(step.send().orElseThrow().state()).isEqualTo(State.IDLE);
        assertThat(repeats).isGreaterThan(3);
    }

    @Test
    void activeEndsByIdleByTextAndByTime() {
        TypingToXmpp typing = TypingToXmpp.IDLE
                .on(IsComposing.active(Duration.ofSeconds(90)), NOW, ChatState.ACTIVE)
                .next();
        assertThat(typing.until()).contains(NOW.plusSeconds(90));
        assertThat(typing.on(IsComposing.idle(), NOW, ChatState.PAUSED).send()).contains(ChatState.PAUSED);
        assertThat(TypingToXmpp.IDLE
                        .on(IsComposing.idle(), NOW, ChatState.PAUSED)
                        .send())
                .isEmpty();
        assertThat(typing.onText()).isEqualTo(TypingToXmpp.IDLE);
        assertThat(typing.onTimer(NOW.plusSeconds(89), ChatState.ACTIVE).send()).isEmpty();
        assertThat(typing.onTimer(NOW.plusSeconds(90), ChatState.ACTIVE).send()).contains(ChatState.ACTIVE);
    }

    @Test
    void withoutRefreshActiveHoldsTwoMinutes() throws Exception {
        IsComposing document =
                read("<isComposing xmlns='urn:ietf:params:xml:ns:im-iscomposing'><state>active</state></isComposing>");
        assertThat(TypingToXmpp.IDLE.on(document, NOW, ChatState.ACTIVE).next().until())
                .contains(NOW.plusSeconds(120));
        IsComposing absurd = IsComposing.active(Duration.ofDays(1000));
        assertThat(TypingToXmpp.IDLE
                        .on(absurd, NOW, ChatState.ACTIVE)
                        .next()
                        .until()
                        .orElseThrow())
                .isBefore(NOW.plus(Duration.ofHours(1)));
    }

    @Test
    void aWrittenDocumentIsReadBack() throws Exception {
        IsComposing document = new IsComposing(
                State.ACTIVE, Optional.of(NOW), Optional.of("text/html"), Optional.of(Duration.ofSeconds(90)));
        assertThat(IsComposing.read(document.write(), Optional.empty())).isEqualTo(document);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<isComposing xmlns='urn:ietf:params:xml:ns:im-iscomposing'><state> idle\n</state><refresh>0</refresh></isComposing>",
                "<isComposing xmlns='urn:ietf:params:xml:ns:im-iscomposing'><state>thinking</state><refresh>-1</refresh></isComposing>",
                "<isComposing xmlns='urn:ietf:params:xml:ns:im-iscomposing'><lastactive>x</lastactive></isComposing>",
                "<isComposing><state>idle</state><refresh>99999999999999999999</refresh></isComposing>",
                "<c:isComposing xmlns:c='urn:ietf:params:xml:ns:im-iscomposing'><c:state>idle</c:state></c:isComposing>"
            })
    void whatIsNotActiveIsIdle(String document) throws Exception {
        assertThat(read(document))
                .isEqualTo(new IsComposing(State.IDLE, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void onlyTheSyntaxExceptionEscapesFromMutatedDocuments() {
        Random random = new Random(3994);
        byte[] seed = IsComposing.active(Duration.ofMinutes(1)).write();
        int refused = 0;
        for (int run = 0; run < 10_000; run++) {
            byte[] mutant = seed.clone();
            for (int edits = random.nextInt(3); edits >= 0; edits--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            try {
                IsComposing.read(mutant, Optional.empty()).write();
            } catch (XmlSyntaxException expected) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 9_900);
        assertThatThrownBy(() -> read("<other/>")).isInstanceOf(XmlSyntaxException.class);
    }

    private static IsComposing read(String document) throws XmlSyntaxException {
        return IsComposing.read(document.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }
}
