package org.isthmus.translation.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/** Undoes a Content-Transfer-Encoding (RFC 2045 §6) where a MIME header names one. */
public final class TransferEncoding {

    private TransferEncoding() {}

    /** The octets as they were before; as they are when the encoding is none or unknown. */
    public static byte[] decode(byte[] octets, Optional<String> encoding) {
        try {
            return switch (encoding.orElse("").strip().toLowerCase(Locale.ROOT)) {
                case "base64" -> new Base64InputStream(new ByteArrayInputStream(octets)).readAllBytes();
                case "quoted-printable" ->
                    new QuotedPrintableInputStream(new ByteArrayInputStream(octets)).readAllBytes();
                default -> octets.clone();
            };
        } catch (IOException undecodable) {
            return octets.clone();
        }
    }
}
