package org.isthmus.msrp.message;

import java.util.Map;
import java.util.TreeMap;

/** A set of octet positions, as ranges that do not touch. One thread. */
final class ByteRanges {

    /** Start to end, both counted from 0, the end exclusive. */
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    void add(long from, long to) {
        if (from >= to) {
            return;
        }
        long start = from;
        long end = to;
        Map.Entry<Long, Long> before = ranges.floorEntry(from);
        if (before != null && before.getValue() >= from) {
            start = before.getKey();
            end = Math.max(end, before.getValue());
        }
        Map.Entry<Long, Long> next = ranges.ceilingEntry(start);
        while (next != null && next.getKey() <= end) {
            end = Math.max(end, next.getValue());
            ranges.remove(next.getKey());
            next = ranges.ceilingEntry(start);
        }
        ranges.put(start, end);
    }

    /** Whether every octet before {@code to} is in the set. */
    boolean coversFromStart(long to) {
        if (to == 0) {
            return true;
        }
        Map.Entry<Long, Long> first = ranges.firstEntry();
        return first != null && first.getKey() == 0 && first.getValue() >= to;
    }

    /** How many ranges there are: the memory it takes. */
    int count() {
        return ranges.size();
    }
}
