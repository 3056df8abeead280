package org.isthmus.bytestream.negotiation;

import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.isthmus.bytestream.ByteStreamSink;
import org.isthmus.bytestream.ByteStreamSource;
import org.isthmus.bytestream.Opened;
import org.isthmus.bytestream.OwnerThread;
import org.isthmus.bytestream.StreamEnd;
import org.isthmus.bytestream.StreamFailure;
import org.isthmus.bytestream.StreamKey;
import org.isthmus.bytestream.StreamMethod;
import org.isthmus.bytestream.ibb.IbbLimits;
import org.isthmus.bytestream.ibb.IbbStreams;
import org.isthmus.bytestream.ibb.IbbXml;
import org.isthmus.bytestream.iq.IqError;
import org.isthmus.bytestream.iq.IqExchange;
import org.isthmus.bytestream.iq.IqRequest;
import org.isthmus.bytestream.iq.MalformedRequestException;
import org.isthmus.bytestream.iq.Reply;
import org.isthmus.bytestream.si.OfferSender;
import org.isthmus.bytestream.si.SiAnswer;
import org.isthmus.bytestream.si.SiAnswerXml;
import org.isthmus.bytestream.si.SiErrors;
import org.isthmus.bytestream.si.SiOffer;
import org.isthmus.bytestream.si.SiOfferXml;
import org.isthmus.bytestream.si.SiOutcome;
import org.isthmus.bytestream.socks5.Announcement;
import org.isthmus.bytestream.socks5.LoopOwner;
import org.isthmus.bytestream.socks5.ProxyDirectory;
import org.isthmus.bytestream.socks5.Socks5Limits;
import org.isthmus.bytestream.socks5.Socks5Requester;
import org.isthmus.bytestream.socks5.Socks5Targets;
import org.isthmus.bytestream.socks5.dial.CandidateRace;
import org.isthmus.bytestream.socks5.dial.DialLimits;
import org.isthmus.bytestream.socks5.dial.DialPolicy;
import org.isthmus.bytestream.socks5.dial.HostResolver;
import org.isthmus.bytestream.socks5.dial.IpNetwork;
import org.isthmus.bytestream.socks5.dial.Socks5Dialer;
import org.isthmus.bytestream.socks5.query.BytestreamXml;
import org.isthmus.translation.error.StanzaCondition;
import org.xmpp.packet.JID;

/** Everything of this library put together as a gateway would: sends and receives files at one address. */
public final class Party implements Bus.Station {

    /** A file that somebody offers, and where it shall go. */
    public interface Inbox {
        /** The stream is open: subscribe to it. Tell it when the whole is right. */
        void onFile(SiOffer offer, ByteStreamSource source);
    }

    public final JID address;
    public final OwnerThread owner;
    public final MethodMemory memory = new MethodMemory(InstantSource.system(), MethodMemory.DAY, 1_000);
    public final IbbStreams ibb;
    public final Socks5Targets targets;
    private final OfferSender offers;
    private final SendNegotiation sending;
    private final ReceiveNegotiation receiving;
    private final Inbox inbox;
    private final Consumer<StreamEnd> onReceived;
    private final Consumer<StreamFailure> onNotOpened;

    public Party(
            JID address,
            IqExchange iqs,
            EventLoopGroup loops,
            Optional<Announcement> host,
            Optional<ProxyDirectory> proxies,
            IbbLimits ibbLimits,
            Inbox inbox,
            Consumer<StreamEnd> onReceived,
            Consumer<StreamFailure> onNotOpened) {
        this.address = address;
        this.owner = new LoopOwner(loops.next());
        this.inbox = inbox;
        this.onReceived = onReceived;
        this.onNotOpened = onNotOpened;
        CandidateRace race = new CandidateRace(
                new Socks5Dialer(loops, DialLimits.defaults()),
                HostResolver.platform(Runnable::run),
                DialPolicy.within(List.of(IpNetwork.parse("127.0.0.0/8"))),
                DialLimits.defaults());
        ibb = new IbbStreams(iqs, ibbLimits);
        targets = new Socks5Targets(race, Socks5Limits.defaults());
        offers = new OfferSender(iqs);
        sending = new SendNegotiation(
                new Socks5Requester(iqs, host, proxies, race, Socks5Limits.defaults()), ibb, memory);
        receiving = new ReceiveNegotiation(targets, ibb, memory, Duration.ofSeconds(60));
    }

    /**
     * Offers a file and, when it was accepted, opens the stream.
     *
     * @param opened told the method that the peer chose, and the sink
     */
    public CompletableFuture<StreamEnd> send(JID to, SiOffer offer, BiConsumer<StreamMethod, ByteStreamSink> opened) {
        CompletableFuture<StreamEnd> end = new CompletableFuture<>();
        StreamKey key = new StreamKey(address, to, offer.id());
        offers.offer(key, offer, Duration.ofMinutes(10), owner, outcome -> {
            if (outcome instanceof SiOutcome.Accepted accepted) {
                open(key, offer, accepted.answer(), opened, end);
            } else {
                end.completeExceptionally(new IllegalStateException(String.valueOf(outcome)));
            }
        });
        return end;
    }

    private void open(
            StreamKey key,
            SiOffer offer,
            SiAnswer answer,
            BiConsumer<StreamMethod, ByteStreamSink> opened,
            CompletableFuture<StreamEnd> end) {
        OptionalLong octets = OptionalLong.of(offer.file().size());
        sending.open(key, answer.method(), methodsOf(offer), octets, owner, end::complete, outcome -> {
            if (outcome instanceof Opened.Stream<ByteStreamSink> stream) {
                opened.accept(answer.method(), stream.stream());
            } else if (outcome instanceof Opened.Failed<ByteStreamSink> failed) {
                end.complete(new StreamEnd(0, Optional.of(failed.failure())));
            }
        });
    }

    private static List<StreamMethod> methodsOf(SiOffer offer) {
        return offer.methods().stream()
                .map(StreamMethod::of)
                .flatMap(Optional::stream)
                .toList();
    }

    /** An IQ of type set to us. */
    @Override
    public void onIq(IqRequest request, Reply reply) {
        if (SiOfferXml.isSi(request.payload())) {
            onOffer(request, reply);
        } else if (IbbXml.isIbb(request.payload())) {
            ibb.onIq(request.from(), request.to(), request.payload(), reply);
        } else if (BytestreamXml.isQuery(request.payload())) {
            targets.onIq(request.from(), request.to(), request.payload(), reply);
        } else {
            reply.error(IqError.of(StanzaCondition.SERVICE_UNAVAILABLE, StanzaCondition.Type.CANCEL));
        }
    }

    private void onOffer(IqRequest request, Reply reply) {
        SiOffer offer;
        try {
            offer = SiOfferXml.read(request.payload());
        } catch (MalformedRequestException malformed) {
            reply.error(malformed.answer());
            return;
        }
        List<StreamMethod> usable = offer.usable(memory.methodsFor(request.from()));
        if (usable.isEmpty()) {
            reply.error(SiErrors.NO_VALID_STREAMS);
            return;
        }
        owner.execute(() -> {
            StreamKey key = new StreamKey(address, request.from(), offer.id());
            OptionalLong octets = OptionalLong.of(offer.file().size());
            receiving.expect(key, usable.get(0), methodsOf(offer), octets, owner, onReceived, opened -> {
                if (opened instanceof Opened.Stream<ByteStreamSource> stream) {
                    inbox.onFile(offer, stream.stream());
                } else if (opened instanceof Opened.Failed<ByteStreamSource> failed) {
                    onNotOpened.accept(failed.failure());
                }
            });
            reply.result(Optional.of(SiAnswerXml.write(SiAnswer.of(usable.get(0)))));
        });
    }
}
