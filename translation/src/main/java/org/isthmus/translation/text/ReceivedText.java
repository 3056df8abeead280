package org.isthmus.translation.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

/**
 * Octets of a {@code text/*} body as characters. The default is UTF-8 (RFC 3261 §7.4.1), never the platform's. Octets that
 * are not what the label says are refused, never replaced: a dose with a damaged unit is worse than a message that its
 * sender knows to be undelivered.
 */
public final class ReceivedText {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private ReceivedText() {}

    /** Why octets did not become text. */
    public enum Fault {
        /** The label names no charset that this platform knows. */
        UNKNOWN_CHARSET,
        /** The octets are not in the charset that the label names. */
        NOT_IN_CHARSET
    }

    /** Thrown when octets are not the text that their label says; never carries any of it. */
    public static final class UndecodableTextException extends Exception {

        private static final long serialVersionUID = 1L;

        private final Fault fault;

        UndecodableTextException(Fault fault, String words) {
            super(words);
            this.fault = fault;
        }

        /** Which of the two rules. */
        public Fault fault() {
            return fault;
        }
    }

    /**
     * Decodes strictly.
     *
     * @param label the {@code charset} parameter; empty: UTF-8
     * @return the text without a byte order mark
     * @throws UndecodableTextException when the charset is unknown or the octets are not in it
     */
    public static String decode(byte[] octets, Optional<String> label) throws UndecodableTextException {
        String text = decode(octets, charset(label), label);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String decode(byte[] octets, Charset charset, Optional<String> label)
            throws UndecodableTextException {
        try {
            return strictly(octets, charset);
        } catch (CharacterCodingException notInCharset) {
            if (charset.equals(WINDOWS_1252)) {
                return new String(octets, StandardCharsets.ISO_8859_1);
            }
            throw new UndecodableTextException(
                    Fault.NOT_IN_CHARSET,
                    "octets are not " + label.map(HeaderText::clean).orElse("UTF-8"));
        }
    }

    /** The charset that a label means. */
    static Charset charset(Optional<String> label) throws UndecodableTextException {
        String name = label.map(value -> value.strip().toLowerCase(Locale.ROOT)).orElse("");
        switch (name) {
            // COMPAT(sipsimple 5.5 and others): charset="utf8" is what they write for UTF-8.
            case "", "utf8", "utf-8", "utf_8" -> {
                return StandardCharsets.UTF_8;
            }
            // COMPAT(agents with a fixed label, any): UTF-8 sent as US-ASCII; it is a superset, so nothing is misread.
            case "us-ascii", "ascii" -> {
                return StandardCharsets.UTF_8;
            }
            // COMPAT(Windows agents, any): 0x80-0x9F in "Latin-1" are the quotes and dashes of windows-1252.
            case "iso-8859-1", "latin1", "iso8859-1", "iso_8859-1" -> {
                return WINDOWS_1252;
            }
            default -> {
                try {
                    return Charset.forName(name);
                } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
                    throw new UndecodableTextException(
                            Fault.UNKNOWN_CHARSET, "charset \"" + HeaderText.clean(name, 64) + "\" is not known");
                }
            }
        }
    }

    private static String strictly(byte[] octets, Charset charset) throws CharacterCodingException {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(octets))
                .toString();
    }
}
