package org.isthmus.msrp.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isthmus.msrp.frame.MsrpSyntaxException;
import org.isthmus.msrp.frame.MsrpUri;

/**
 * The paths that a connection has seen last, by their octets, so that the same two URIs are not parsed for every chunk.
 * A few slots by hash: as many sessions as usually share a connection. One thread.
 */
final class PathCache {

    private static final int SLOTS = 8;
    /** Longer values are read but not kept: the cache stays within a few KiB whatever a peer sends. */
    private static final int LONGEST_KEPT = 512;

    private final int maxUris;
    private final Entry[] slots = new Entry[SLOTS];
    private Entry latest = new Entry(new byte[0], List.of());

    private static final class Entry {
        final byte[] key;
        final List<MsrpUri> path;

        Entry(byte[] key, List<MsrpUri> path) {
            this.key = key;
            this.path = path;
        }

        boolean is(byte[] octets, int from, int to) {
            return to > from && Arrays.equals(key, 0, key.length, octets, from, to);
        }
    }

    PathCache(int maxUris) {
        this.maxUris = maxUris;
        Arrays.fill(slots, new Entry(new byte[0], List.of()));
    }

    /** @throws MsrpSyntaxException when the octets are not URIs separated by spaces */
    List<MsrpUri> path(byte[] octets, int from, int to) {
        if (latest.is(octets, from, to)) {
            return latest.path;
        }
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + octets[i];
        }
        int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
        Entry kept = slots[slot];
        if (kept.is(octets, from, to)) {
            latest = kept;
            return kept.path;
        }
        List<MsrpUri> path = parse(new String(octets, from, to - from, StandardCharsets.ISO_8859_1));
        if (to - from <= LONGEST_KEPT) {
            latest = new Entry(Arrays.copyOfRange(octets, from, to), path);
            slots[slot] = latest;
        }
        return path;
    }

    private List<MsrpUri> parse(String text) {
        List<MsrpUri> path = new ArrayList<>(2);
        int start = 0;
        while (start < text.length()) {
            int space = text.indexOf(' ', start);
            int end = space < 0 ? text.length() : space;
            if (end > start) {
                if (path.size() == maxUris) {
                    throw new MsrpSyntaxException(start, "expected at most " + maxUris + " URIs in a path");
                }
                path.add(uri(text, start, end));
            }
            start = end + 1;
        }
        if (path.isEmpty()) {
            throw new MsrpSyntaxException(0, "expected a URI in a path");
        }
        return List.copyOf(path);
    }

    private static MsrpUri uri(String text, int start, int end) {
        try {
            return MsrpUri.parse(text.substring(start, end));
        } catch (MsrpSyntaxException bad) {
            throw bad.at(start, "URI: ");
        }
    }
}
