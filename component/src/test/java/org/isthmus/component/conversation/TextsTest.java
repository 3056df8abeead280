package org.isthmus.component.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextsTest {

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void everyRefusalHasItsWordsInBothLanguages(Refusal refusal) {
        String english = Texts.of(refusal.key(), Optional.empty(), "the detail");
        String german = Texts.of(refusal.key(), Optional.of("de-AT"), "the detail");
        assertThat(english).isNotBlank().doesNotContain("{0}");
        assertThat(german).isNotBlank().doesNotContain("{0}").isNotEqualTo(english);
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void anAbsentDetailLeavesNoHole(Refusal refusal) {
        assertThat(Texts.of(refusal.key(), Optional.of("fr"), ""))
                .doesNotContain("{")
                .doesNotContain(": .");
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void noRefusalAnswersANonInviteRequestWith408(Refusal refusal) {
        assertThat(refusal.status()).isBetween(400, 606).isNotEqualTo(408);
    }
}
