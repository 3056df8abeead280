package org.isthmus.it.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import org.isthmus.component.xmpp.stream.LinkProbe;
import org.isthmus.it.bed.xmpp.XmppServer.Brand;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

class LinkProsodyIT extends LinkScenes {

    LinkProsodyIT() {
        super(Brand.PROSODY);
    }

    @Override
    String wrongSecret() {
        return "component_secret";
    }

    @Override
    String unknownDomain() {
        return "Component \"nobody.test\"";
    }

    @Override
    boolean deliversEmojiResources() {
        return true;
    }

    @Test
    @Order(5)
    void aSecondConnectionIsRefusedAndTheFirstStays() {
        LinkProbe.Result second = probe(GATEWAY, SECRET);
        assertThat(second.attached()).isFalse();
        assertThat(second.words()).contains("another connection holds " + GATEWAY);
        assertThat(gateway.up()).isTrue();
    }
}
