package org.isthmus.it.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import org.isthmus.component.xmpp.stream.LinkProbe;
import org.isthmus.it.bed.xmpp.XmppServer.Brand;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

class LinkEjabberdIT extends LinkScenes {

    LinkEjabberdIT() {
        super(Brand.EJABBERD);
    }

    @Override
    String wrongSecret() {
        return "password";
    }

    @Override
    String unknownDomain() {
        return "has no nobody.test under \"hosts\"";
    }

    @Override
    boolean deliversEmojiResources() {
        return false;
    }

    @Test
    @Order(5)
    void aProbeBesideARunningLinkIsLetInAndLeavesItAlone() {
        LinkProbe.Result second = probe(GATEWAY, SECRET);
        assertThat(second.attached()).isTrue();
        assertThat(gateway.up()).isTrue();
        assertThat(probe(GATEWAY, "wrong").words()).contains("password");
    }
}
