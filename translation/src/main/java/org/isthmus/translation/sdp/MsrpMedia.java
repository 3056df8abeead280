package org.isthmus.translation.sdp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.isthmus.translation.text.Ascii;

/**
 * What a message stream says about its MSRP session (RFC 4975 §8, RFC 6135, RFC 6714, RFC 8122).
 *
 * @param path the URIs of {@code a=path}, the hop to connect to first, as written
 * @param acceptTypes what may be sent as it is
 * @param acceptWrappedTypes what may be sent inside a container that {@code acceptTypes} names
 * @param maxSize the longest message taken, in octets
 * @param setup who connects; empty: the offerer (RFC 4975 §5.4)
 * @param direction which way messages flow
 * @param cema whether the side can do without the path's address (RFC 6714 §4)
 * @param fingerprints of the certificate, for TLS without a common authority
 */
public record MsrpMedia(
        List<String> path,
        AcceptTypes acceptTypes,
        AcceptTypes acceptWrappedTypes,
        OptionalLong maxSize,
        Optional<SdpSetup> setup,
        SdpDirection direction,
        boolean cema,
        List<SdpFingerprint> fingerprints) {

    public MsrpMedia {
        path = List.copyOf(path);
        Objects.requireNonNull(acceptTypes, "acceptTypes");
        Objects.requireNonNull(acceptWrappedTypes, "acceptWrappedTypes");
        Objects.requireNonNull(maxSize, "maxSize");
        Objects.requireNonNull(setup, "setup");
        Objects.requireNonNull(direction, "direction");
        fingerprints = List.copyOf(fingerprints);
    }

    /** Whether a stream is an MSRP one. */
    public static boolean isMsrp(MediaDescription stream) {
        return stream.media().equals("message")
                && (stream.protocol().equals("TCP/MSRP") || stream.protocol().equals("TCP/TLS/MSRP"));
    }

    /**
     * Reads a stream.
     *
     * @throws SdpSyntaxException when an attribute is malformed, or a stream that is not refused has no path
     */
    public static MsrpMedia read(SessionDescription description, MediaDescription stream) throws SdpSyntaxException {
        List<String> path = stream.attribute("path")
                .map(value -> Arrays.stream(value.strip().split(" +", -1))
                        .filter(uri -> !uri.isEmpty())
                        .toList())
                .orElse(List.of());
        if (path.isEmpty() && !stream.isRefused()) {
            throw new SdpSyntaxException(0, "expected a=path with at least one URI");
        }
        List<SdpFingerprint> fingerprints = new ArrayList<>();
        List<String> written = stream.attributes("fingerprint");
        for (String value : written.isEmpty() ? description.attributes("fingerprint") : written) {
            fingerprints.add(SdpFingerprint.parse(value));
        }
        return new MsrpMedia(
                path,
                stream.attribute("accept-types").map(AcceptTypes::parse).orElse(AcceptTypes.of()),
                stream.attribute("accept-wrapped-types").map(AcceptTypes::parse).orElse(AcceptTypes.of()),
                maxSize(stream),
                stream.attribute("setup")
                        .or(() -> description.attribute("setup"))
                        .flatMap(SdpSetup::of),
                description.direction(stream),
                stream.hasAttribute("msrp-cema") || description.hasAttribute("msrp-cema"),
                fingerprints);
    }

    /** The attributes, in the usual order; a direction both ways is not written, it is the default. */
    public List<SdpLine> lines() {
        List<SdpLine> lines = new ArrayList<>();
        if (direction != SdpDirection.SENDRECV) {
            lines.add(direction.line());
        }
        if (!acceptTypes.isEmpty()) {
            lines.add(SdpLine.attribute("accept-types", acceptTypes.wire()));
        }
        if (!acceptWrappedTypes.isEmpty()) {
            lines.add(SdpLine.attribute("accept-wrapped-types", acceptWrappedTypes.wire()));
        }
        maxSize.ifPresent(octets -> lines.add(SdpLine.attribute("max-size", Long.toString(octets))));
        if (!path.isEmpty()) {
            lines.add(SdpLine.attribute("path", String.join(" ", path)));
        }
        setup.ifPresent(role -> lines.add(role.line()));
        if (cema) {
            lines.add(SdpLine.attribute("msrp-cema"));
        }
        fingerprints.forEach(fingerprint -> lines.add(fingerprint.line()));
        return lines;
    }

    /** Whether a body of that type may be sent as it is (RFC 4975 §8.6). */
    public boolean accepts(String contentType) {
        return acceptTypes.accepts(contentType);
    }

    /** Whether a body of that type may be sent inside message/cpim. */
    public boolean acceptsWrapped(String contentType) {
        return acceptTypes.accepts("message/cpim")
                && (acceptWrappedTypes.accepts(contentType) || acceptTypes.accepts(contentType));
    }

    private static OptionalLong maxSize(MediaDescription stream) throws SdpSyntaxException {
        Optional<String> value = stream.attribute("max-size").map(String::strip);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        String digits = value.get();
        if (!Ascii.isNumber(digits)) {
            throw new SdpSyntaxException(0, "max-size: expected a number of octets");
        }
        // More digits than a long has is no limit that any message reaches.
        return digits.length() > 18 ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
    }
}
