package org.isthmus.it.message;

import org.isthmus.it.bed.xmpp.XmppServer.Brand;

class VolumeEjabberdIT extends VolumeScenes {

    VolumeEjabberdIT() {
        super(Brand.EJABBERD);
    }
}
