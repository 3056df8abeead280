package org.isthmus.translation.message;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.isthmus.translation.TranslationRefusal;
import org.isthmus.translation.composing.IsComposing;
import org.isthmus.translation.cpim.CpimHead;
import org.isthmus.translation.cpim.CpimLimits;
import org.isthmus.translation.cpim.CpimMessage;
import org.isthmus.translation.cpim.CpimName;
import org.isthmus.translation.cpim.CpimReader;
import org.isthmus.translation.cpim.CpimSyntaxException;
import org.isthmus.translation.html.HtmlToXhtmlIm;
import org.isthmus.translation.imdn.Imdn;
import org.isthmus.translation.imdn.ImdnRequest;
import org.isthmus.translation.mime.MediaType;
import org.isthmus.translation.mime.MimeLimits;
import org.isthmus.translation.mime.MimePart;
import org.isthmus.translation.mime.Multipart;
import org.isthmus.translation.mime.MultipartSyntaxException;
import org.isthmus.translation.mime.TransferEncoding;
import org.isthmus.translation.payload.FileLink;
import org.isthmus.translation.text.HeaderText;
import org.isthmus.translation.text.LanguageTag;
import org.isthmus.translation.text.ReceivedText;
import org.isthmus.translation.text.ReceivedText.UndecodableTextException;
import org.isthmus.translation.text.XmlCharacters;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlSyntaxException;

/**
 * Reads bodies by their type; containers (message/cpim, multipart) by what is in them.
 *
 * <p>A part that has no translation refuses the whole, unless its sender said that it may be left out (RFC 3261 §20.11
 * {@code handling=optional}) or another form of it is there (multipart/alternative): nothing is lost in silence.
 */
final class SipContentReader {

    /** A container in a container in a container is as deep as agents go. */
    private static final int MAX_DEPTH = 4;

    /** Signed or encrypted: to be read or stripped by nobody between the two ends (RFC 7572 §9). */
    private static final Set<String> PROTECTED = Set.of(
            "multipart/signed",
            "multipart/encrypted",
            "application/pkcs7-mime",
            "application/x-pkcs7-mime",
            "application/pkcs7-signature",
            "application/x-pkcs7-signature",
            "application/pgp-encrypted",
            "application/pgp-signature");

    /** Envelope headers that are understood when Require names them. */
    private static final Set<CpimName> UNDERSTOOD = Set.of(
            CpimName.FROM,
            CpimName.TO,
            CpimName.CC,
            CpimName.DATE_TIME,
            CpimName.SUBJECT,
            CpimName.NS,
            CpimName.REQUIRE,
            ImdnRequest.MESSAGE_ID,
            ImdnRequest.DISPOSITION_NOTIFICATION,
            ImdnRequest.IMDN_ROUTE,
            new CpimName(CpimName.IMDN, "IMDN-Record-Route"),
            new CpimName(CpimName.IMDN, "Original-To"));

    private SipContentReader() {}

    /** Thrown inside when a body has no translation. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final TranslationRefusal reason;

        Refused(TranslationRefusal reason, String words) {
            super(words);
            this.reason = reason;
        }

        TranslationRefusal reason() {
            return reason;
        }
    }

    static SipContent read(SipBody body) throws Refused {
        return read(body.contentType(), body.octets(), 1);
    }

    private static SipContent read(String contentType, byte[] octets, int depth) throws Refused {
        if (octets.length == 0) {
            return new SipContent.Nothing();
        }
        MediaType type = MediaType.parse(contentType)
                .orElseThrow(() -> new Refused(TranslationRefusal.UNSUPPORTED_TYPE, "the body has no media type"));
        if (PROTECTED.contains(type.essence())) {
            throw new Refused(
                    TranslationRefusal.END_TO_END_PROTECTED, "signed or encrypted messages cannot be translated");
        }
        if (depth > MAX_DEPTH) {
            throw new Refused(TranslationRefusal.MALFORMED_BODY, "the body is nested too deep");
        }
        switch (type.essence()) {
            case "text/plain" -> {
                String text = XmlCharacters.cleanLines(text(octets, type));
                return text.isBlank() ? new SipContent.Nothing() : SipContent.Words.of(text, List.of());
            }
            case "text/html", "application/xhtml+xml" -> {
                HtmlToXhtmlIm.Result result = HtmlToXhtmlIm.translate(text(octets, type));
                return result.plain().isBlank()
                        ? new SipContent.Nothing()
                        : SipContent.Words.of(
                                result.plain(), result.extension().stream().toList());
            }
            case "message/cpim" -> {
                return envelope(octets, depth);
            }
            case IsComposing.MEDIA_TYPE -> {
                return typing(octets, type);
            }
            case Imdn.MEDIA_TYPE -> {
                return notification(octets, type);
            }
            case "message/external-body", FileLink.RCS_TYPE -> {
                return link(octets, type);
            }
            case "multipart/alternative" -> {
                return alternative(parts(contentType, octets), depth);
            }
            default -> {
                if (type.type().equals("multipart")) {
                    return mixed(parts(contentType, octets), depth);
                }
                throw new Refused(
                        TranslationRefusal.UNSUPPORTED_TYPE, HeaderText.clean(type.essence(), 80) + " is not carried");
            }
        }
    }

    private static SipContent envelope(byte[] octets, int depth) throws Refused {
        CpimMessage message;
        try {
            message = CpimReader.read(octets, CpimLimits.defaults());
        } catch (CpimSyntaxException malformed) {
            throw new Refused(TranslationRefusal.MALFORMED_BODY, "message/cpim: " + malformed.getMessage());
        }
        CpimHead head = message.head();
        Set<CpimName> unknown = new HashSet<>(head.required());
        unknown.removeAll(UNDERSTOOD);
        if (!unknown.isEmpty()) {
            throw new Refused(TranslationRefusal.UNSUPPORTED_TYPE, "the message requires what is not understood here");
        }
        byte[] content = TransferEncoding.decode(message.content(), head.mime("content-transfer-encoding"));
        SipContent inner = read(head.contentType().orElse("text/plain"), content, depth + 1);
        if (!(inner instanceof SipContent.Words words)) {
            return inner;
        }
        List<LangText> subjects = head.subjects().stream()
                .map(subject ->
                        new LangText(subject.lang().flatMap(LanguageTag::of), HeaderText.clean(subject.value(), 1024)))
                .filter(subject -> !subject.text().isEmpty())
                .toList();
        return new SipContent.Words(
                words.text(),
                subjects.isEmpty() ? words.subjects() : subjects,
                words.payloads(),
                head.dateTime().or(words::written),
                ImdnRequest.of(head).or(words::receipt));
    }

    private static SipContent typing(byte[] octets, MediaType type) throws Refused {
        try {
            return new SipContent.Typing(IsComposing.read(octets, type.param("charset")));
        } catch (XmlSyntaxException malformed) {
            throw new Refused(TranslationRefusal.MALFORMED_BODY, "isComposing: " + malformed.getMessage());
        }
    }

    private static SipContent notification(byte[] octets, MediaType type) throws Refused {
        try {
            return new SipContent.Notifications(List.of(Imdn.read(octets, type.param("charset"))));
        } catch (XmlSyntaxException malformed) {
            throw new Refused(TranslationRefusal.MALFORMED_BODY, "imdn: " + malformed.getMessage());
        }
    }

    private static SipContent link(byte[] octets, MediaType type) throws Refused {
        return FileLink.read(octets, type)
                .<SipContent>map(link -> SipContent.Words.of(link.url(), List.of(link.element())))
                .orElseThrow(
                        () -> new Refused(TranslationRefusal.UNSUPPORTED_TYPE, "the link cannot be followed here"));
    }

    /** All forms say the same: the last that can be read (RFC 2046 §5.1.4), with the plain text of its own form. */
    private static SipContent alternative(List<MimePart> parts, int depth) throws Refused {
        Optional<Refused> why = Optional.empty();
        Optional<SipContent> best = Optional.empty();
        Optional<String> plain = Optional.empty();
        for (MimePart part : parts) {
            try {
                SipContent content = read(part.contentType(), part.content(), depth + 1);
                if (!(content instanceof SipContent.Nothing)) {
                    best = Optional.of(content);
                }
                if (content instanceof SipContent.Words words
                        && words.payloads().isEmpty()) {
                    plain = Optional.of(words.text());
                }
            } catch (Refused refused) {
                why = why.or(() -> Optional.of(refused));
            }
        }
        if (best.isEmpty() && why.isPresent()) {
            throw why.get();
        }
        if (best.isPresent() && best.get() instanceof SipContent.Words words && plain.isPresent()) {
            return new SipContent.Words(
                    plain.get(), words.subjects(), words.payloads(), words.written(), words.receipt());
        }
        return best.orElseGet(SipContent.Nothing::new);
    }

    /** Each part says something of its own: texts one below the other, notifications together. */
    private static SipContent mixed(List<MimePart> parts, int depth) throws Refused {
        List<String> texts = new ArrayList<>();
        List<XmlElement> payloads = new ArrayList<>();
        List<Imdn> notifications = new ArrayList<>();
        Optional<SipContent> other = Optional.empty();
        for (MimePart part : parts) {
            SipContent content;
            try {
                content = read(part.contentType(), part.content(), depth + 1);
            } catch (Refused refused) {
                if (part.isOptional()) {
                    continue;
                }
                throw refused;
            }
            if (content instanceof SipContent.Words words) {
                texts.add(words.text());
                payloads.addAll(words.payloads());
            } else if (content instanceof SipContent.Notifications several) {
                notifications.addAll(several.notifications());
            } else if (content instanceof SipContent.Typing) {
                other = Optional.of(content);
            }
        }
        if (!texts.isEmpty()) {
            // XHTML-IM would replace the whole text in clients that show it, so it goes along only with a text alone.
            List<XmlElement> shown = texts.size() == 1
                    ? payloads
                    : payloads.stream()
                            .filter(payload -> !payload.local().equals("html"))
                            .toList();
            return SipContent.Words.of(String.join("\n", texts), shown);
        }
        if (!notifications.isEmpty()) {
            return new SipContent.Notifications(notifications);
        }
        return other.orElseGet(SipContent.Nothing::new);
    }

    private static List<MimePart> parts(String contentType, byte[] octets) throws Refused {
        try {
            return Multipart.read(octets, contentType, MimeLimits.defaults());
        } catch (MultipartSyntaxException malformed) {
            throw new Refused(TranslationRefusal.MALFORMED_BODY, "multipart: " + malformed.getMessage());
        }
    }

    private static String text(byte[] octets, MediaType type) throws Refused {
        try {
            return ReceivedText.decode(octets, type.param("charset"));
        } catch (UndecodableTextException undecodable) {
            throw new Refused(
                    undecodable.fault() == ReceivedText.Fault.UNKNOWN_CHARSET
                            ? TranslationRefusal.UNSUPPORTED_CHARSET
                            : TranslationRefusal.MALFORMED_BODY,
                    String.valueOf(undecodable.getMessage()));
        }
    }
}
