package org.isthmus.component.sip.stack;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.MessageProcessorFactory;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.isthmus.component.sip.wire.TcpPoint;
import org.isthmus.component.sip.wire.UdpPoint;

/**
 * Puts our points in the place of JAIN-SIP's own transports, whose UDP queue is unbounded, whose TCP pipe is unbounded and
 * completes half a request when its connection ends, and which close a trunk on its first malformed message. Built by JAIN-SIP.
 */
public final class StackPoints implements MessageProcessorFactory {

    @Override
    public MessageProcessor createMessageProcessor(
            SIPTransactionStack stack, InetAddress address, int port, String transport) throws IOException {
        StackHooks hooks = StackHooks.of(((SipStackImpl) stack).getStackName());
        if (transport.equalsIgnoreCase("udp")) {
            DatagramSocket socket = hooks.udp().remove();
            return new UdpPoint(stack, socket, hooks.context());
        }
        ServerSocket socket = hooks.tcp().remove();
        return new TcpPoint(stack, socket, hooks.context());
    }
}
