package org.isthmus.it.message;

import org.isthmus.it.bed.xmpp.XmppServer.Brand;

class VolumeProsodyIT extends VolumeScenes {

    VolumeProsodyIT() {
        super(Brand.PROSODY);
    }
}
