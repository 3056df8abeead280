package org.isthmus.component.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * Whether the gateway can do its job: each part that it needs says "up" or why not, when it is asked. Any thread.
 *
 * <p>Ready means that every part is up. A gateway with one of two links down is not ready and still serves the other:
 * what a load balancer or a watchdog makes of that is its operator's choice.
 */
public final class Health {

    /** What a part that works says. */
    public static final String UP = "up";

    private final Map<String, Supplier<String>> parts = new ConcurrentSkipListMap<>();

    /**
     * Adds a part.
     *
     * @param state {@link #UP}, or why not in words for the operator; no secret. Asked on the thread that asks for health
     */
    public void part(String name, Supplier<String> state) {
        parts.put(name, state);
    }

    /** Every part is up. */
    public boolean ready() {
        return parts.values().stream().allMatch(state -> UP.equals(state.get()));
    }

    /** {@code {"ready": …, "parts": {"link campus.example": "up", …}}}. */
    public String toJson() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode each = JsonNodeFactory.instance.objectNode();
        parts.forEach((name, state) -> each.put(name, state.get()));
        boolean ready = true;
        for (var state : each) {
            ready &= UP.equals(state.textValue());
        }
        answer.put("ready", ready);
        answer.set("parts", each);
        return answer.toPrettyString() + "\n";
    }
}
