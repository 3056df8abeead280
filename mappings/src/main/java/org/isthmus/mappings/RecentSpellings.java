package org.isthmus.mappings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.xmpp.packet.JID;

/** Spellings in memory, the least recently used forgotten first. Thread-safe; forgets everything with the process. */
public final class RecentSpellings implements UserSpelling {

    private final Map<JID, String> spellings;

    /**
     * @param capacity how many users are remembered, at least 1; about 300 octets each
     */
    public RecentSpellings(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: " + capacity + " (expected: at least 1)");
        }
        this.spellings = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<JID, String> eldest) {
                return size() > capacity;
            }
        };
    }

    @Override
    public synchronized Optional<String> lastSeen(JID sipUser) {
        return Optional.ofNullable(spellings.get(sipUser));
    }

    @Override
    public synchronized void seen(JID sipUser, String user) {
        spellings.put(sipUser, user);
    }
}
