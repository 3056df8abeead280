package org.isthmus.component.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Whether the gateway can do its job: each part that it needs says "up" or why not. Any thread.
 *
 * <p>Ready means that every part is up. A gateway with one of two links down is not ready and still serves the other:
 * what a load balancer or a watchdog makes of that is its operator's choice.
 */
public final class Health {

    private static final String UP = "up";

    private final Map<String, String> parts = new ConcurrentSkipListMap<>();

    /** The part works. */
    public void up(String part) {
        parts.put(part, UP);
    }

    /**
     * The part does not work.
     *
     * @param why in words for the operator; no secret
     */
    public void down(String part, String why) {
        parts.put(part, why);
    }

    /** Every part is up. */
    public boolean ready() {
        return parts.values().stream().allMatch(UP::equals);
    }

    /** {@code {"ready": …, "parts": {"link campus.example": "up", …}}}. */
    public String toJson() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("ready", ready());
        ObjectNode each = answer.putObject("parts");
        parts.forEach(each::put);
        return answer.toPrettyString() + "\n";
    }
}
