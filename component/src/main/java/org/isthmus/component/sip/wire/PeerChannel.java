package org.isthmus.component.sip.wire;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.RawMessageChannel;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.InetAddress;

/** What UDP and TCP channels share of JAIN-SIP's channel contract: one peer address and one point. */
abstract class PeerChannel extends MessageChannel implements RawMessageChannel {

    private final InetAddress peer;
    private final int peerPort;

    PeerChannel(MessageProcessor point, InetAddress peer, int peerPort) {
        this.messageProcessor = point;
        this.peer = peer;
        this.peerPort = peerPort;
    }

    /** Writes the octets; may block when connecting or when the peer does not read. */
    abstract void write(byte[] octets) throws IOException;

    /** Notes on a message where it came from, as the transaction layer expects. */
    final void mark(SIPMessage message) {
        message.setRemoteAddress(peer);
        message.setRemotePort(peerPort);
        message.setLocalAddress(messageProcessor.getIpAddress());
        message.setLocalPort(messageProcessor.getPort());
        message.setPeerPacketSourceAddress(peer);
        message.setPeerPacketSourcePort(peerPort);
        if (message instanceof SIPRequest request) {
            request.setMessageChannel(this);
        }
    }

    @Override
    public void sendMessage(SIPMessage message) throws IOException {
        write(message.encodeAsBytes(getTransport()));
        mark(message);
    }

    @Override
    protected void sendMessage(byte[] octets, InetAddress receiver, int port, boolean reconnect) throws IOException {
        write(octets);
    }

    /** JAIN-SIP's short cut for messages to itself; a route to our own address is refused before anything is sent. */
    @Override
    public void processMessage(SIPMessage message) throws IOException {
        throw new IOException("route points back to this gateway");
    }

    @Override
    public SIPTransactionStack getSIPStack() {
        return messageProcessor.getSIPStack();
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public String getPeerAddress() {
        return peer.getHostAddress();
    }

    @Override
    protected InetAddress getPeerInetAddress() {
        return peer;
    }

    @Override
    protected String getPeerProtocol() {
        return getTransport();
    }

    @Override
    public int getPeerPort() {
        return peerPort;
    }

    @Override
    public int getPeerPacketSourcePort() {
        return peerPort;
    }

    @Override
    public InetAddress getPeerPacketSourceAddress() {
        return peer;
    }

    @Override
    public String getKey() {
        return getKey(peer, peerPort, getTransport());
    }

    @Override
    public String getViaHost() {
        return messageProcessor.getIpAddress().getHostAddress();
    }

    @Override
    public int getViaPort() {
        return messageProcessor.getPort();
    }
}
