package org.isthmus.translation.sdp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.isthmus.translation.text.Ascii;

/**
 * Reads session descriptions (RFC 8866 §9). Only what a stream cannot be understood without is required: lines of the form
 * {@code letter=value} and readable {@code m=} lines. Unknown letters, missing lines, {@code s=} without a name, line feeds
 * alone and a missing last line end are accepted.
 */
public final class SdpReader {

    private final String text;
    private final Charset charset;
    private final SdpLimits limits;
    private final List<SdpLine> session = new ArrayList<>();
    private final List<MediaDescription> media = new ArrayList<>();
    private Optional<MediaDescription> openMedia = Optional.empty();
    private final List<SdpLine> openLines = new ArrayList<>();
    private int lines;

    private SdpReader(String text, Charset charset, SdpLimits limits) {
        this.text = text;
        this.charset = charset;
        this.limits = limits;
    }

    /**
     * Reads a description.
     *
     * @throws SdpSyntaxException when it is not one, or not within the limits
     */
    public static SessionDescription read(byte[] octets, SdpLimits limits) throws SdpSyntaxException {
        if (octets.length > limits.maxOctets()) {
            throw new SdpSyntaxException(limits.maxOctets(), "expected at most " + limits.maxOctets() + " octets");
        }
        // A description in another charset is kept octet by octet; only its names and texts look odd then.
        Charset charset = isUtf8(octets) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return new SdpReader(new String(octets, charset), charset, limits).read();
    }

    private SessionDescription read() throws SdpSyntaxException {
        int at = 0;
        while (at < text.length()) {
            int newline = text.indexOf('\n', at);
            int next = newline < 0 ? text.length() : newline + 1;
            int end = newline < 0 ? text.length() : newline;
            if (end > at && text.charAt(end - 1) == '\r') {
                end--;
            }
            readLine(at, end);
            at = next;
        }
        closeMedia();
        if (session.isEmpty()) {
            throw malformed(0, "expected v=0");
        }
        return new SessionDescription(session, media, charset);
    }

    private void readLine(int start, int end) throws SdpSyntaxException {
        if (start == end) {
            return; // COMPAT(several agents): empty lines, mostly at the end
        }
        if (++lines > limits.maxLines()) {
            throw malformed(start, "expected at most " + limits.maxLines() + " lines");
        }
        if (end - start < 2 || text.charAt(start + 1) != '=' || !Ascii.isLetter(text.charAt(start))) {
            throw malformed(start, "expected a letter and an equals sign");
        }
        String value = text.substring(start + 2, end);
        if (value.indexOf('\r') >= 0 || value.indexOf('\0') >= 0) {
            throw malformed(start, "expected no carriage return or NUL inside a line");
        }
        char type = text.charAt(start);
        if (type == 'm') {
            closeMedia();
            openMedia = Optional.of(readMedia(value, start));
        } else if (openMedia.isPresent()) {
            openLines.add(new SdpLine(type, value));
        } else {
            session.add(new SdpLine(type, value));
        }
    }

    private MediaDescription readMedia(String value, int start) throws SdpSyntaxException {
        if (media.size() >= limits.maxMedia()) {
            throw malformed(start, "expected at most " + limits.maxMedia() + " media descriptions");
        }
        String[] parts = value.strip().split(" +", -1);
        if (parts.length < 3) {
            throw malformed(start, "expected m=media port protocol formats");
        }
        // RFC 8866 §5.14: port/number of ports; message streams have one.
        String port = parts[1].contains("/") ? parts[1].substring(0, parts[1].indexOf('/')) : parts[1];
        if (!Ascii.isNumber(port) || port.length() > 5 || Integer.parseInt(port) > 65_535) {
            throw malformed(start, "expected a port of 0-65535");
        }
        List<String> formats =
                parts.length == 3 ? List.of("*") : Arrays.asList(parts).subList(3, parts.length);
        return new MediaDescription(parts[0], Integer.parseInt(port), parts[2], formats, List.of());
    }

    private void closeMedia() {
        openMedia.ifPresent(open ->
                media.add(new MediaDescription(open.media(), open.port(), open.protocol(), open.formats(), openLines)));
        openMedia = Optional.empty();
        openLines.clear();
    }

    private SdpSyntaxException malformed(int index, String expectation) {
        return new SdpSyntaxException(text.substring(0, index).getBytes(charset).length, expectation);
    }

    private static boolean isUtf8(byte[] octets) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return true;
        } catch (CharacterCodingException otherCharset) {
            return false;
        }
    }
}
