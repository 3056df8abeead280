package org.isthmus.component.sip.wire;

import java.io.IOException;
import java.net.InetAddress;

/** One peer address seen from one UDP point; holds no resource. */
final class UdpChannel extends PeerChannel {

    private final UdpPoint point;
    private final InetAddress peer;
    private final int port;

    UdpChannel(UdpPoint point, InetAddress peer, int port) {
        super(point, peer, port);
        this.point = point;
        this.peer = peer;
        this.port = port;
    }

    @Override
    void write(byte[] octets) throws IOException {
        point.ask(octets, peer, port);
    }

    @Override
    public void close() {
        // the socket is the point's
    }

    @Override
    public String getTransport() {
        return "UDP";
    }

    @Override
    public boolean isReliable() {
        return false;
    }
}
