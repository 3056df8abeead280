package org.isthmus.component.partner;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All partners, compiled: immutable, any thread. The narrowest network that holds a source decides; two partners never share one
 * network.
 */
public final class Partners {

    private record Network(Cidr block, Partner partner) {}

    private final Map<String, Partner> byName = new LinkedHashMap<>();
    private final List<Network> narrowestFirst = new ArrayList<>();

    private Partners(Collection<Partner> partners) {
        for (Partner partner : partners) {
            byName.put(partner.name(), partner);
            partner.from().forEach(block -> narrowestFirst.add(new Network(block, partner)));
        }
        narrowestFirst.sort(Comparator.comparingInt(network -> -network.block().prefix()));
    }

    /**
     * Compiles partners.
     *
     * @throws IllegalArgumentException when two have the same name or the same network
     */
    public static Partners of(Collection<Partner> partners) {
        Map<Object, String> seen = new LinkedHashMap<>();
        for (Partner partner : partners) {
            if (seen.put(partner.name(), partner.name()) != null) {
                throw new IllegalArgumentException("two partners are called \"" + partner.name() + "\"");
            }
            for (Cidr block : partner.from()) {
                String other = seen.put(block, partner.name());
                if (other != null && !other.equals(partner.name())) {
                    throw new IllegalArgumentException(
                            block + " is a network of partner \"" + other + "\" and of \"" + partner.name() + "\"");
                }
            }
        }
        return new Partners(partners);
    }

    /** The partner whose networks hold the address; empty for a stranger. A handful of comparisons, no look-up. */
    public Optional<Partner> find(InetAddress source) {
        for (Network network : narrowestFirst) {
            if (network.block().contains(source)) {
                return Optional.of(network.partner());
            }
        }
        return Optional.empty();
    }

    /** The partner of this name. */
    public Optional<Partner> byName(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The names in the order of the configuration. */
    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    /** All partners in the order of the configuration. */
    public List<Partner> all() {
        return List.copyOf(byName.values());
    }
}
