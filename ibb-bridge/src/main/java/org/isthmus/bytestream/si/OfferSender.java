package org.isthmus.bytestream.si;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.isthmus.bytestream.OwnerThread;
import org.isthmus.bytestream.StreamKey;
import org.isthmus.bytestream.StreamMethod;
import org.isthmus.bytestream.iq.IqAnswer;
import org.isthmus.bytestream.iq.IqExchange;
import org.isthmus.bytestream.iq.IqRequest;
import org.isthmus.bytestream.iq.MalformedRequestException;

/** Offers a file and understands the answer. Stateless; from any thread. */
public final class OfferSender {

    private final IqExchange iqs;

    public OfferSender(IqExchange iqs) {
        this.iqs = Objects.requireNonNull(iqs, "iqs");
    }

    /**
     * Sends the offer.
     *
     * @param key whose sid is the offer's id
     * @param decisionLimit how long a person may take, 10 min or more
     * @param owner runs the outcome
     * @param outcome called once
     */
    public void offer(
            StreamKey key, SiOffer offer, Duration decisionLimit, OwnerThread owner, Consumer<SiOutcome> outcome) {
        if (!key.sid().equals(offer.id())) {
            throw new IllegalArgumentException("the id of an offer is the sid of its stream (XEP-0095 §5.2)");
        }
        IqRequest request = IqRequest.set(key.local(), key.peer(), SiOfferXml.write(offer), decisionLimit);
        iqs.request(request, answer -> owner.execute(() -> outcome.accept(read(answer, offer))));
    }

    private static SiOutcome read(IqAnswer answer, SiOffer offer) {
        if (answer instanceof IqAnswer.Result result) {
            try {
                var methods = offer.methods().stream()
                        .map(StreamMethod::of)
                        .flatMap(Optional::stream)
                        .toList();
                return new SiOutcome.Accepted(
                        SiAnswerXml.read(result.payload(), methods, offer.file().size()));
            } catch (MalformedRequestException unusable) {
                return new SiOutcome.Refused(
                        SiRefusal.UNUSABLE_ANSWER, Optional.of(String.valueOf(unusable.getMessage())));
            }
        }
        if (answer instanceof IqAnswer.Refused refused) {
            return new SiOutcome.Refused(
                    SiRefusal.of(refused.error()), refused.error().text());
        }
        boolean sent = answer instanceof IqAnswer.Unanswered;
        return new SiOutcome.Refused(sent ? SiRefusal.NO_ANSWER : SiRefusal.NOT_SENT, Optional.empty());
    }
}
