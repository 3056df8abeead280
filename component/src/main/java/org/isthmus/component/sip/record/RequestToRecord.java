package org.isthmus.component.sip.record;

import gov.nist.javax.sip.message.SIPRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sip.address.Address;
import org.isthmus.component.sip.framing.RawHead;
import org.isthmus.mappings.SipUri;
import org.isthmus.mappings.SipUriSyntaxException;
import org.isthmus.translation.message.SipBody;
import org.isthmus.translation.message.SipMessage;

/** A received MESSAGE as a value. */
public final class RequestToRecord {

    /** JAIN-SIP takes the quotes off a display name but leaves its quoted pairs (RFC 3261 §25.1). */
    private static final Pattern QUOTED_PAIR = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    private RequestToRecord() {}

    /**
     * Reads the request on the receiving thread.
     *
     * @throws SipUriSyntaxException when Request-URI or From is not a SIP, SIPS, IM or PRES URI
     */
    public static SipMessage message(SIPRequest request, RawHead head, byte[] body) {
        Address from = request.getFrom().getAddress();
        SipUri requestUri = SipUri.parse(request.getRequestURI().toString());
        SipMessage.Builder out = SipMessage.builder(
                        uri(from),
                        addressee(request, requestUri),
                        new SipBody(text(head, "content-type").orElse("text/plain;charset=UTF-8"), body))
                .requestUri(requestUri)
                .callId(request.getCallId().getCallId());
        Optional.ofNullable(from.getDisplayName())
                .map(name -> QUOTED_PAIR.matcher(name.strip()).replaceAll("$1"))
                .filter(name -> !name.isEmpty())
                .ifPresent(out::fromDisplayName);
        text(head, "subject").filter(subject -> !subject.isEmpty()).ifPresent(out::subject);
        text(head, "content-language").filter(language -> !language.isEmpty()).ifPresent(out::contentLanguage);
        text(head, "expires").flatMap(RequestToRecord::seconds).ifPresent(out::expires);
        text(head, "content-encoding")
                .map(encoding -> encoding.toLowerCase(Locale.ROOT))
                .filter(encoding -> !encoding.isEmpty())
                .ifPresent(out::contentEncoding);
        text(head, "date").flatMap(RequestToRecord::date).ifPresent(out::date);
        return out.build();
    }

    /** COMPAT(SBCs): To may name a telephone number while the Request-URI says who is meant. */
    private static SipUri addressee(SIPRequest request, SipUri requestUri) {
        try {
            return uri(request.getTo().getAddress());
        } catch (SipUriSyntaxException notSip) {
            return requestUri;
        }
    }

    /**
     * The URI of an address.
     *
     * @throws SipUriSyntaxException when it is of another scheme or cannot be read
     */
    public static SipUri uri(Address address) {
        return SipUri.parse(address.getURI().toString());
    }

    /** A header as text: UTF-8 on the wire (RFC 3261 §7.3.1). */
    public static Optional<String> text(RawHead head, String name) {
        return head.first(name)
                .map(octets -> new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    private static Optional<Duration> seconds(String text) {
        try {
            return Optional.of(Duration.ofSeconds(Integer.parseUnsignedInt(text) & 0xffff_ffffL));
        } catch (NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    /** RFC 3261 §20.17 wants GMT in the form of RFC 1123; a Date that says otherwise is no reason to lose the message. */
    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
