package org.isthmus.it.message;

import org.isthmus.it.bed.xmpp.XmppServer.Brand;

class FirstMessageEjabberdIT extends FirstMessageScenes {

    FirstMessageEjabberdIT() {
        super(Brand.EJABBERD);
    }
}
