package org.isthmus.translation.sdp;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A session description (RFC 8866 §5), immutable: all lines in their order, those that nobody here understands included.
 *
 * @param lines the lines before the first {@code m=}
 * @param media the media descriptions
 * @param charset how octets and characters correspond: UTF-8, or ISO-8859-1 for a description that is not UTF-8
 */
public record SessionDescription(List<SdpLine> lines, List<MediaDescription> media, Charset charset) {

    public SessionDescription {
        lines = List.copyOf(lines);
        media = List.copyOf(media);
        Objects.requireNonNull(charset, "charset");
    }

    /** A description of our own: version, origin, {@code s=-}, time, and what is added. */
    public static Builder builder(SdpOrigin origin) {
        return new Builder(origin);
    }

    /** The origin; empty when it is missing or malformed. */
    public Optional<SdpOrigin> origin() {
        return SdpLines.first(lines, 'o').flatMap(SdpOrigin::parse);
    }

    /** The connection of all streams that have none of their own. */
    public Optional<SdpConnection> connection() {
        return SdpLines.first(lines, 'c').flatMap(SdpConnection::parse);
    }

    /** The connection of a stream: its own, else the session's. */
    public Optional<SdpConnection> connection(MediaDescription stream) {
        return stream.connection().or(this::connection);
    }

    /** The direction of a stream: its own, else the session's, else both ways (RFC 8866 §6.7). */
    public SdpDirection direction(MediaDescription stream) {
        return stream.direction().or(() -> SdpLines.direction(lines)).orElse(SdpDirection.SENDRECV);
    }

    /** The first value of an attribute at session level. */
    public Optional<String> attribute(String name) {
        return SdpLines.attribute(lines, name).flatMap(SdpLine::attributeValue);
    }

    /** Whether there is an attribute of that name at session level. */
    public boolean hasAttribute(String name) {
        return SdpLines.attribute(lines, name).isPresent();
    }

    /** All values of an attribute at session level. */
    public List<String> attributes(String name) {
        return SdpLines.attributes(lines, name);
    }

    /** The same description with one media description replaced. */
    public SessionDescription withMedia(int index, MediaDescription replacement) {
        List<MediaDescription> changed = new ArrayList<>(media);
        changed.set(index, replacement);
        return new SessionDescription(lines, changed, charset);
    }

    /** The octets for the wire: every line ended by CRLF. */
    public byte[] write() {
        return toString().getBytes(charset);
    }

    /** The text, every line ended by CRLF. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        lines.forEach(line -> out.append(line).append("\r\n"));
        for (MediaDescription stream : media) {
            out.append(stream.line()).append("\r\n");
            stream.lines().forEach(line -> out.append(line).append("\r\n"));
        }
        return out.toString();
    }

    /** Collects lines; {@link #build} puts them into the order of RFC 8866 §9. Not thread-safe. */
    public static final class Builder {
        private final List<SdpLine> lines = new ArrayList<>();
        private final List<MediaDescription> media = new ArrayList<>();

        private Builder(SdpOrigin origin) {
            lines.add(new SdpLine('v', "0"));
            lines.add(origin.line());
            lines.add(new SdpLine('s', "-"));
            lines.add(new SdpLine('t', "0 0"));
        }

        public Builder connection(SdpConnection value) {
            lines.add(value.line());
            return this;
        }

        public Builder line(SdpLine value) {
            lines.add(value);
            return this;
        }

        public Builder media(MediaDescription value) {
            media.add(value);
            return this;
        }

        public SessionDescription build() {
            return new SessionDescription(SdpLines.inSessionOrder(lines), media, StandardCharsets.UTF_8);
        }
    }
}
