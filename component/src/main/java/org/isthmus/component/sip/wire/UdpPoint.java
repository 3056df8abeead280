package org.isthmus.component.sip.wire;

import gov.nist.core.HostPort;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.framing.RawHead;
import org.isthmus.component.sip.framing.Reply;
import org.isthmus.component.sip.framing.SipGrammar;
import org.isthmus.component.sip.wire.WireHandler.Refused;

/**
 * A UDP listening point: one thread reads, parses and hands over, so requests keep the order in which the kernel had them.
 * There is no queue of ours between socket and handler; the socket's buffer is the queue, and what overflows it is
 * retransmitted (RFC 3261 §17). A datagram of a stranger is answered 403 at most a few times a second and costs one small
 * object.
 */
public final class UdpPoint extends MessageProcessor {

    private static final byte[] ANSWER = "SIP/2.0 ".getBytes(StandardCharsets.US_ASCII);

    private final DatagramSocket socket;
    private final WireContext context;
    private final Strand out;
    private final SipGrammar grammar = new SipGrammar();
    private final TokenBucket strangers;
    private final Set<InetAddress> asked =
            ConcurrentHashMap.newKeySet(); // next hops: as many as the operator has routes
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** @param socket bound already; owned by this point from now on */
    public UdpPoint(SIPTransactionStack stack, DatagramSocket socket, WireContext context) {
        super(socket.getLocalAddress(), socket.getLocalPort(), "udp", stack);
        this.socket = socket;
        this.context = context;
        this.out = new Strand(context.out(), context.log());
        this.strangers = new TokenBucket(context.limits().strangerAnswersPerSecond(), context.timers());
    }

    @Override
    public void start() {
        Thread reader = new Thread(this::read, "sip-udp-" + getPort());
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public void stop() {
        stopped.set(true);
        socket.close();
    }

    private void read() {
        byte[] buffer = new byte[65_535];
        while (!stopped.get()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (IOException closedOrIcmp) {
                continue; // closed: the loop ends; an ICMP error of an earlier send: the socket lives on
            }
            try {
                received(buffer, packet.getLength(), packet.getAddress(), packet.getPort());
            } catch (RuntimeException | StackOverflowError defect) {
                context.log().defect("sip-udp", defect);
            }
        }
    }

    private void received(byte[] buffer, int length, InetAddress source, int port) {
        int start = 0;
        while (start < length && (buffer[start] == '\r' || buffer[start] == '\n')) {
            start++; // keep-alive (RFC 5626 §4.4) or blank lines before a start line
        }
        if (start == length) {
            return;
        }
        Optional<String> partner = context.partners().partnerOf(source);
        if (partner.isEmpty() && !isAnswer(buffer, start, length, source)) {
            context.handler().onRefused(Refused.STRANGER, SipTransport.UDP, source, "source address of no partner");
            if (strangers.take()) {
                byte[] octets = Arrays.copyOfRange(buffer, start, length);
                stateless(403, "Forbidden", RawHead.of(octets, headLength(octets)), source, port);
            }
            return;
        }
        byte[] octets = Arrays.copyOfRange(buffer, start, length);
        int headLength = headLength(octets);
        RawHead head = RawHead.of(octets, headLength);
        if (length - start > context.limits().messageOctets()
                || headLength > context.limits().headOctets()) {
            context.handler()
                    .onRefused(Refused.OVERSIZED, SipTransport.UDP, source, "datagram of " + length + " octets");
            stateless(513, "Message Too Large", head, source, port);
            return;
        }
        try {
            byte[] body = body(head, octets, headLength);
            SIPMessage message = grammar.parse(head, Arrays.copyOf(octets, headLength), body);
            UdpChannel channel = new UdpChannel(this, source, port);
            channel.mark(message);
            if (message instanceof SIPRequest request) {
                if (partner.isEmpty()) {
                    throw new SipGrammar.Malformed("a request where an answer was expected");
                }
                Arrival.Way way = (reply, of) -> answer(reply, of, source, port);
                context.handler()
                        .onRequest(
                                new Arrival(partner.get(), head, request, body, source, port, SipTransport.UDP, way),
                                channel);
            } else {
                context.handler().onResponse((SIPResponse) message, channel);
            }
        } catch (SipGrammar.Malformed notSip) {
            context.handler().onRefused(Refused.MALFORMED, SipTransport.UDP, source, words(notSip));
            stateless(400, "Bad Request - " + words(notSip), head, source, port);
        }
    }

    /** A next hop outside the listed networks may answer what it was asked, and nothing else. */
    private boolean isAnswer(byte[] buffer, int start, int length, InetAddress source) {
        return length - start > ANSWER.length
                && Arrays.equals(buffer, start, start + ANSWER.length, ANSWER, 0, ANSWER.length)
                && asked.contains(source);
    }

    private static String words(Exception failure) {
        String text = failure.getMessage();
        return text == null ? "cannot be read" : text;
    }

    private void stateless(int status, String reason, RawHead head, InetAddress source, int port) {
        if (head.isAnswerable()) {
            answer(Reply.of(status, reason, context.stamp().of(head)), head, source, port);
        }
    }

    private void answer(Reply reply, RawHead request, InetAddress source, int sourcePort) {
        OptionalInt port = Reply.udpPort(request, sourcePort);
        if (port.isPresent()) {
            out.execute(() -> {
                try {
                    send(reply.octets(request, source, sourcePort), source, port.getAsInt());
                } catch (IOException unreachable) {
                    // Over UDP an answer is lost like any datagram: the sender retransmits and is answered again.
                    context.handler().onRefused(Refused.BROKEN, SipTransport.UDP, source, "answer could not be sent");
                }
            });
        }
    }

    /** Sends a request to a next hop, whose answers are welcome from now on. */
    void ask(byte[] octets, InetAddress hop, int port) throws IOException {
        asked.add(hop);
        send(octets, hop, port);
    }

    private void send(byte[] octets, InetAddress to, int port) throws IOException {
        socket.send(new DatagramPacket(octets, octets.length, to, port));
    }

    /** Length of the head with its empty line; the whole datagram when it has none. */
    private static int headLength(byte[] octets) {
        for (int i = 3; i < octets.length; i++) {
            if (octets[i] == '\n' && octets[i - 1] == '\r' && octets[i - 2] == '\n' && octets[i - 3] == '\r') {
                return i + 1;
            }
        }
        return octets.length;
    }

    /** Content-Length octets; octets behind them are dropped, a shorter datagram is an error (RFC 3261 §18.3). */
    private static byte[] body(RawHead head, byte[] octets, int headLength) throws SipGrammar.Malformed {
        int given = octets.length - headLength;
        Optional<String> declared = head.first("content-length");
        if (declared.isEmpty()) {
            return Arrays.copyOfRange(octets, headLength, octets.length);
        }
        int length;
        try {
            length = Integer.parseInt(declared.get());
        } catch (NumberFormatException notANumber) {
            throw new SipGrammar.Malformed("Content-Length is not one number");
        }
        if (length < 0) {
            throw new SipGrammar.Malformed("Content-Length is not one number");
        }
        if (length > given) {
            throw new SipGrammar.Malformed("body shorter than Content-Length");
        }
        return Arrays.copyOfRange(octets, headLength, headLength + length);
    }

    @Override
    public MessageChannel createMessageChannel(HostPort target) throws UnknownHostException {
        return new UdpChannel(this, target.getInetAddress(), target.getPort());
    }

    @Override
    public MessageChannel createMessageChannel(InetAddress host, int port) {
        return new UdpChannel(this, host, port);
    }

    @Override
    public SIPTransactionStack getSIPStack() {
        return sipStack;
    }

    @Override
    public int getDefaultTargetPort() {
        return 5060;
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public int getMaximumMessageSize() {
        return 65_507;
    }

    @Override
    public boolean inUse() {
        return !stopped.get();
    }
}
