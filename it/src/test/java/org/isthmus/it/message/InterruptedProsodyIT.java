package org.isthmus.it.message;

import org.isthmus.it.bed.xmpp.XmppServer.Brand;

class InterruptedProsodyIT extends InterruptedScenes {

    InterruptedProsodyIT() {
        super(Brand.PROSODY);
    }
}
