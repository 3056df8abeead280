package org.isthmus.component.sip;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.isthmus.mappings.SipUri;

/** Partners of the tests: 127.0.0.1 and ::1 are "campus" with campus.example; 127.0.0.66 is nobody. */
public final class TestPartners implements PartnerView {

    private final Map<String, SipRoute> routes = new ConcurrentHashMap<>();

    /** Where requests to the partner go, for example {@code sip:127.0.0.1:5070;transport=tcp}. */
    public TestPartners route(String partner, String uri, boolean tcpForLarge) {
        routes.put(partner, new SipRoute(SipUri.parse(uri), tcpForLarge));
        return this;
    }

    @Override
    public Optional<String> partnerOf(InetAddress source) {
        String address = source.getHostAddress();
        return Set.of("127.0.0.1", "127.0.0.2", "0:0:0:0:0:0:0:1").contains(address)
                ? Optional.of("campus")
                : Optional.empty();
    }

    @Override
    public boolean mayClaim(String partner, String domain) {
        return domain.equals("campus.example") || domain.equals("hospital.example");
    }

    @Override
    public boolean isXmppDomain(String domain) {
        return domain.equals("hospital.example");
    }

    @Override
    public Optional<SipRoute> routeOf(String partner) {
        return Optional.ofNullable(routes.get(partner));
    }
}
