package org.isthmus.it.message;

import org.isthmus.it.bed.xmpp.XmppServer.Brand;

class FirstMessageProsodyIT extends FirstMessageScenes {

    FirstMessageProsodyIT() {
        super(Brand.PROSODY);
    }
}
