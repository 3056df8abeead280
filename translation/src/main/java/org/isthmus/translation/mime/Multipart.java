package org.isthmus.translation.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.isthmus.translation.text.HeaderText;

/** Reads multipart bodies (RFC 2046 §5.1), one level: a part that is a multipart itself is a part. */
public final class Multipart {

    private Multipart() {}

    /**
     * Reads the parts.
     *
     * @param body the body
     * @param contentType its Content-Type, with the boundary
     * @throws MultipartSyntaxException when it has no boundary or no part, or is not within the limits
     */
    public static List<MimePart> read(byte[] body, String contentType, MimeLimits limits)
            throws MultipartSyntaxException {
        if (body.length > limits.maxOctets()) {
            throw new MultipartSyntaxException(0, "expected at most " + limits.maxOctets() + " octets");
        }
        if (MediaType.parse(contentType)
                .flatMap(type -> type.param("boundary"))
                .filter(boundary -> !boundary.isEmpty())
                .isEmpty()) {
            throw new MultipartSyntaxException(0, "expected a boundary parameter");
        }
        MimeTokenStream stream = new MimeTokenStream(MimeConfig.custom()
                .setMaxHeaderLen(limits.maxHeaderOctets())
                .setMaxLineLen(-1)
                .setMaxHeaderCount(50)
                .setMaxContentLen(limits.maxOctets())
                .build());
        stream.setRecursionMode(RecursionMode.M_RECURSE);
        List<MimePart> parts = new ArrayList<>();
        try {
            stream.parseHeadless(new ByteArrayInputStream(body), HeaderText.clean(contentType));
            readParts(stream, parts, limits);
        } catch (MimeException | IOException malformed) {
            throw new MultipartSyntaxException(parts.size(), "expected a part");
        } catch (RuntimeException parserDefect) {
            // COMPAT(mime4j 0.8): a few malformed headers end in unchecked exceptions of the parser.
            throw new MultipartSyntaxException(parts.size(), "expected a readable part");
        }
        if (parts.isEmpty()) {
            throw new MultipartSyntaxException(0, "expected a part");
        }
        return parts;
    }

    private static void readParts(MimeTokenStream stream, List<MimePart> parts, MimeLimits limits)
            throws MimeException, IOException, MultipartSyntaxException {
        Map<String, String> headers = new LinkedHashMap<>();
        int depth = 0;
        for (EntityState state = stream.getState(); state != EntityState.T_END_OF_STREAM; state = stream.next()) {
            switch (state) {
                case T_START_MULTIPART -> depth++;
                case T_START_BODYPART -> {
                    headers.clear();
                    // A part's own parts are read when it is asked for, from its octets.
                    stream.setRecursionMode(RecursionMode.M_FLAT);
                }
                case T_FIELD -> {
                    if (depth > 0) {
                        headers.putIfAbsent(
                                stream.getField().getName().toLowerCase(Locale.ROOT),
                                HeaderText.clean(stream.getField().getBody()));
                    }
                }
                case T_BODY -> {
                    if (depth > 0) {
                        if (parts.size() == limits.maxParts()) {
                            throw new MultipartSyntaxException(
                                    parts.size(), "expected at most " + limits.maxParts() + " parts");
                        }
                        parts.add(new MimePart(
                                headers, stream.getDecodedInputStream().readAllBytes()));
                    }
                }
                default -> {
                    // preamble, epilogue and the ends of things
                }
            }
        }
    }
}
