package org.isthmus.component.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.isthmus.component.partner.Cidr;
import org.isthmus.mappings.json.JsonCursor;
import org.isthmus.mappings.spelling.HostName;
import org.isthmus.mappings.spelling.IpLiteral;
import org.isthmus.mappings.spelling.MalformedSpelling;

/** {@code sip.listen}: addresses of this machine, as literals, because a name could change under a running gateway. */
final class ListenReader {

    private final Map<String, String> taken = new HashMap<>();

    List<ListenConfig> read(List<JsonCursor> points) {
        List<ListenConfig> out = new ArrayList<>();
        points.forEach(point -> read(point).ifPresent(out::add));
        return out;
    }

    private Optional<ListenConfig> read(JsonCursor point) {
        Optional<Transport> transport = point.text("transport").flatMap(word -> switch (word) {
            case "udp" -> Optional.of(Transport.UDP);
            case "tcp" -> Optional.of(Transport.TCP);
            case "tls" -> {
                point.problem("transport", "\"tls\" is not built yet; \"udp\" and \"tcp\" are");
                yield Optional.empty();
            }
            default -> {
                point.problem("transport", "expected \"udp\" or \"tcp\"");
                yield Optional.empty();
            }
        });
        Optional<InetAddress> address = point.text("address").flatMap(text -> {
            try {
                return Optional.of(Cidr.address(text));
            } catch (IllegalArgumentException bad) {
                point.problem("address", String.valueOf(bad.getMessage()));
                return Optional.empty();
            }
        });
        Optional<String> advertise = point.text("advertise").flatMap(text -> advertised(point, text));
        address.filter(a -> a.isAnyLocalAddress() && !point.has("advertise"))
                .ifPresent(a -> point.problem(
                        "address", "needs \"advertise\": a partner cannot answer to the wildcard address"));
        int port = point.integer("port").orElse(5060);
        if (transport.isEmpty() || address.isEmpty()) {
            return Optional.empty();
        }
        String place = transport.get() + " " + address.get().getHostAddress() + " " + port;
        String other = taken.putIfAbsent(place, point.pointer());
        if (other != null) {
            point.problem("the same transport, address and port as " + other);
        }
        return Optional.of(new ListenConfig(transport.get(), address.get(), port, advertise));
    }

    private static Optional<String> advertised(JsonCursor point, String text) {
        try {
            boolean bareIpv6 = text.indexOf(':') >= 0 && IpLiteral.parse(text).isPresent();
            return Optional.of(HostName.toAscii(bareIpv6 ? "[" + text + "]" : text));
        } catch (MalformedSpelling bad) {
            point.problem("advertise", "\"" + text + "\": " + bad.expectation());
            return Optional.empty();
        }
    }
}
