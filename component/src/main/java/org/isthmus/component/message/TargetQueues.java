package org.isthmus.component.message;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.isthmus.component.conversation.OwnerKey;
import org.isthmus.component.conversation.Refusals;
import org.isthmus.component.conversation.SipSender;
import org.isthmus.component.conversation.Stripe;
import org.isthmus.component.conversation.Stripes;
import org.isthmus.mappings.SipUri;
import org.isthmus.translation.message.SipMessage;

/**
 * One pending MESSAGE for each SIP address, the others in order behind it (RFC 3428 §8).
 *
 * <p>A queue belongs to the stripe of its target and is touched there alone; the map only finds it. A queue that runs
 * empty is forgotten. Messages over the bound are refused as busy, each to its own sender.
 */
final class TargetQueues {

    /** Messages that may wait for one target. */
    static final int MAX_WAITING = 1_000;

    /** Octets of bodies that may wait for one target: 1 MiB. */
    static final long MAX_OCTETS = 1 << 20;

    private record Waiting(SipMessage message, String partner, Consumer<SipSender.Outcome> outcome) {}

    private static final class Queue {
        private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
        private long octets;
        private boolean pending;
    }

    private final Map<SipUri, Queue> queues = new ConcurrentHashMap<>();
    private final Stripes stripes;
    private final SipSender sender;

    TargetQueues(Stripes stripes, SipSender sender) {
        this.stripes = stripes;
        this.sender = sender;
    }

    /**
     * Sends the message when those before it to the same target are answered. Any thread.
     *
     * @param outcome called once, on the stripe of the target
     */
    void send(SipMessage message, String partner, Consumer<SipSender.Outcome> outcome) {
        SipUri target = message.to().aor();
        Stripe stripe = stripes.of(new OwnerKey.Target(target));
        stripe.control(() -> enqueue(stripe, target, new Waiting(message, partner, outcome)));
    }

    /** Targets that are waited for, for the metrics. */
    int targets() {
        return queues.size();
    }

    private void enqueue(Stripe stripe, SipUri target, Waiting next) {
        assert stripe.inStripe();
        Queue queue = queues.computeIfAbsent(target, t -> new Queue());
        int octets = next.message().body().length();
        if (queue.waiting.size() >= MAX_WAITING || queue.octets + octets > MAX_OCTETS) {
            next.outcome().accept(new SipSender.Outcome.Busy(Refusals.RETRY_AFTER));
            return;
        }
        queue.waiting.add(next);
        queue.octets += octets;
        if (!queue.pending) {
            sendNext(stripe, target, queue);
        }
    }

    private void sendNext(Stripe stripe, SipUri target, Queue queue) {
        assert stripe.inStripe();
        Optional<Waiting> next = Optional.ofNullable(queue.waiting.poll());
        if (next.isEmpty()) {
            queues.remove(target);
            return;
        }
        Waiting one = next.get();
        queue.octets -= one.message().body().length();
        queue.pending = true;
        sender.send(
                one.message(),
                one.partner(),
                outcome -> stripe.control(() -> {
                    queue.pending = false;
                    try {
                        one.outcome().accept(outcome);
                    } finally {
                        sendNext(stripe, target, queue);
                    }
                }));
    }
}
