package org.isthmus.component.sip;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** The default limits with some of them changed, by name. */
public final class Limits {

    private Limits() {}

    public static SipLimits with(Map<String, Object> changed) {
        RecordComponent[] parts = SipLimits.class.getRecordComponents();
        Object[] values = Arrays.stream(parts)
                .map(part -> {
                    try {
                        return changed.containsKey(part.getName())
                                ? changed.get(part.getName())
                                : part.getAccessor().invoke(SipLimits.DEFAULTS);
                    } catch (ReflectiveOperationException impossible) {
                        throw new AssertionError(impossible);
                    }
                })
                .toArray();
        try {
            return (SipLimits) SipLimits.class.getDeclaredConstructors()[0].newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public static SipLimits unanswered(int most) {
        return with(Map.of("unanswered", most));
    }

    public static SipLimits write(Duration most) {
        return with(Map.of("write", most));
    }
}
