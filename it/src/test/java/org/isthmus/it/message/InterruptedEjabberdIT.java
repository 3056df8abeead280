package org.isthmus.it.message;

import org.isthmus.it.bed.xmpp.XmppServer.Brand;

class InterruptedEjabberdIT extends InterruptedScenes {

    InterruptedEjabberdIT() {
        super(Brand.EJABBERD);
    }
}
