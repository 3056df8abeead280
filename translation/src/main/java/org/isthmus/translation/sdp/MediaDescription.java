package org.isthmus.translation.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One {@code m=} line and the lines up to the next (RFC 8866 §5.14).
 *
 * @param media the kind, for example {@code message}
 * @param port 0-65535; 0 refuses or ends the stream (RFC 3264 §5.1)
 * @param protocol for example {@code TCP/MSRP} or {@code TCP/TLS/MSRP}
 * @param formats the formats; {@code *} for messages
 * @param lines the lines after it, in order
 */
public record MediaDescription(String media, int port, String protocol, List<String> formats, List<SdpLine> lines) {

    public MediaDescription {
        Objects.requireNonNull(media, "media");
        Objects.requireNonNull(protocol, "protocol");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0-65535)");
        }
        formats = List.copyOf(formats);
        lines = List.copyOf(lines);
    }

    public static Builder builder(String media, int port, String protocol) {
        return new Builder(media, port, protocol);
    }

    /** Whether the stream is refused or ended. */
    public boolean isRefused() {
        return port == 0;
    }

    /** The same stream refused: port 0 with its lines kept, as an answer mirrors it (RFC 3264 §6). */
    public MediaDescription refused() {
        return withPort(0);
    }

    /** The same stream at another port. */
    public MediaDescription withPort(int other) {
        return new MediaDescription(media, other, protocol, formats, lines);
    }

    /** The description for a person ({@code i=}). */
    public Optional<String> information() {
        return SdpLines.first(lines, 'i');
    }

    /** The connection of this stream alone. */
    public Optional<SdpConnection> connection() {
        return SdpLines.first(lines, 'c').flatMap(SdpConnection::parse);
    }

    /** Whether there is an attribute of that name, with or without value. */
    public boolean hasAttribute(String name) {
        return SdpLines.attribute(lines, name).isPresent();
    }

    /** The value of the first attribute of that name. */
    public Optional<String> attribute(String name) {
        return SdpLines.attribute(lines, name).flatMap(SdpLine::attributeValue);
    }

    /** The values of all attributes of that name, in order. */
    public List<String> attributes(String name) {
        return SdpLines.attributes(lines, name);
    }

    /** The direction of this stream alone. */
    public Optional<SdpDirection> direction() {
        return SdpLines.direction(lines);
    }

    /** The {@code m=} line. */
    public SdpLine line() {
        return new SdpLine('m', media + " " + port + " " + protocol + " " + String.join(" ", formats));
    }

    /** Collects lines; {@link #build} puts them into the order of RFC 8866 §9. Not thread-safe. */
    public static final class Builder {
        private final String media;
        private final int port;
        private final String protocol;
        private final List<String> formats = new ArrayList<>();
        private final List<SdpLine> lines = new ArrayList<>();

        private Builder(String media, int port, String protocol) {
            this.media = media;
            this.port = port;
            this.protocol = protocol;
        }

        public Builder format(String value) {
            formats.add(value);
            return this;
        }

        public Builder line(SdpLine value) {
            lines.add(value);
            return this;
        }

        public Builder lines(List<SdpLine> values) {
            lines.addAll(values);
            return this;
        }

        public MediaDescription build() {
            List<String> all = formats.isEmpty() ? List.of("*") : formats;
            return new MediaDescription(media, port, protocol, all, SdpLines.inMediaOrder(lines));
        }
    }
}
