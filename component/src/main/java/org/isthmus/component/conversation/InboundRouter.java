package org.isthmus.component.conversation;

import java.util.function.Supplier;
import org.isthmus.mappings.AddressMapper;
import org.isthmus.mappings.AddressRefusal;
import org.isthmus.mappings.Crossing;
import org.isthmus.translation.error.StanzaError;
import org.isthmus.translation.message.LangText;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.message.SipMessage;

/**
 * Brings everything received to its owner: addresses are mapped on the receiving thread (a pure computation), the pair
 * is found, the record is queued on the pair's stripe. What cannot be queued is refused here and now.
 *
 * <p>Any thread; calls for one link or one connection come in their order of arrival and keep it.
 */
public final class InboundRouter implements StanzaInbound, SipInbound {

    /** What a queued record weighs besides its text. */
    private static final int RECORD_OCTETS = 256;

    private final Supplier<AddressMapper> mapper;
    private final Stripes stripes;
    private final MessageRelay relay;
    private final ErrorReports reports;
    private final Refusals refusals;
    private final WorkLedger ledger;
    private final EventLog log;
    private volatile boolean draining;

    /**
     * @param mapper the mapping in force; swapped whole when the operator changes it
     * @param relay runs on the stripe of the pair
     */
    public InboundRouter(
            Supplier<AddressMapper> mapper,
            Stripes stripes,
            MessageRelay relay,
            ErrorReports reports,
            Refusals refusals,
            WorkLedger ledger,
            EventLog log) {
        this.mapper = mapper;
        this.stripes = stripes;
        this.relay = relay;
        this.reports = reports;
        this.refusals = refusals;
        this.ledger = ledger;
        this.log = log;
    }

    /** From now on new messages are refused with words that say to try again; answers still arrive. */
    public void drain() {
        draining = true;
    }

    @Override
    public void onMessage(MessageStanza stanza, String trace) {
        boolean error = stanza.type() == MessageStanza.Type.ERROR;
        mapper.get()
                .xmppToSip(stanza.from(), stanza.to())
                .fold(
                        crossing -> {
                            if (error) {
                                bounce(crossing, stanza, trace);
                            } else {
                                message(crossing, stanza, trace);
                            }
                            return null;
                        },
                        (reason, detail) -> {
                            if (error) {
                                log.problem("bounce-ignored", reason.name(), "trace", trace, "reason", reason);
                            } else {
                                refuse(stanza, Refusal.of(reason), detail, trace, keyOf(stanza));
                            }
                            return null;
                        });
    }

    private void bounce(Crossing crossing, MessageStanza stanza, String trace) {
        stripes.of(OwnerKey.Pair.of(crossing)).control(() -> relay.bounceFromXmpp(crossing, stanza, trace));
    }

    private void message(Crossing crossing, MessageStanza stanza, String trace) {
        OwnerKey pair = OwnerKey.Pair.of(crossing);
        if (draining) {
            refuseWhileDraining(stanza, trace, pair);
        } else if (!stripes.of(pair).work(pair, weight(stanza), () -> relay.fromXmpp(crossing, stanza, trace))) {
            refuse(stanza, Refusal.TOO_MUCH_WAITING, "", trace, pair);
        }
    }

    /**
     * A server goes on sending until it has seen our end of the stream, and by then nothing more can be written: what it
     * sent in that moment goes into the ledger, so that the next start reports it.
     */
    private void refuseWhileDraining(MessageStanza stanza, String trace, OwnerKey pair) {
        OpenWork entry = ledger.open(
                OpenWork.Direction.XMPP_TO_SIP,
                stanza.from().toString(),
                stanza.to().toString(),
                stanza.id().orElse(""),
                stanza.lang().orElse(""));
        StanzaError error = refusals.toXmpp(Refusal.DRAINING, stanza.lang(), trace, "");
        reports.send(stanza.toError(error), stripes.of(pair), () -> ledger.close(entry));
    }

    private void refuse(MessageStanza stanza, Refusal refusal, String detail, String trace, OwnerKey key) {
        StanzaError error = refusals.toXmpp(refusal, stanza.lang(), trace, detail);
        reports.send(stanza.toError(error), stripes.of(key), () -> {});
    }

    @Override
    public void onMessage(
            SipMessage message, String partner, SipTransaction transaction, String trace, SipAnswer answer) {
        if (message.requestUri().scheme().equals("sips")
                || message.to().scheme().equals("sips")) {
            answer.respond(refusals.toSip(Refusal.of(AddressRefusal.SECURE_URI), message.contentLanguage(), trace, ""));
            return;
        }
        mapper.get()
                .sipToXmpp(partner, message.from(), message.requestUri())
                .fold(
                        crossing -> {
                            OwnerKey pair = OwnerKey.Pair.of(crossing);
                            if (draining) {
                                refuse(message, Refusal.DRAINING, "", trace, answer);
                            } else if (!stripes.of(pair)
                                    .work(
                                            pair,
                                            RECORD_OCTETS + message.body().length(),
                                            () -> relay.fromSip(crossing, message, transaction, trace, answer))) {
                                refuse(message, Refusal.TOO_MUCH_WAITING, "", trace, answer);
                            }
                            return null;
                        },
                        (reason, detail) -> {
                            refuse(message, Refusal.of(reason), detail, trace, answer);
                            return null;
                        });
    }

    private void refuse(SipMessage message, Refusal refusal, String detail, String trace, SipAnswer answer) {
        answer.respond(refusals.toSip(refusal, message.contentLanguage(), trace, detail));
    }

    private static int weight(MessageStanza stanza) {
        int characters = 0;
        for (LangText body : stanza.bodies()) {
            characters += body.text().length();
        }
        return RECORD_OCTETS + 2 * characters;
    }

    /** A stanza without a pair still needs a stripe for its report: any will do, the same one for one sender. */
    private static OwnerKey keyOf(MessageStanza stanza) {
        return new OwnerKey.Presentity(stanza.from().asBareJID());
    }
}
