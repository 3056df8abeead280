package org.isthmus.component.sip.framing;

import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.ContentLength;
import gov.nist.javax.sip.header.ContentType;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.MaxForwards;
import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.StatusLine;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import java.util.Set;

/**
 * JAIN-SIP's parser with one way to fail. The parser as it comes skips headers it cannot read and lets run-time exceptions
 * out; its TCP channel closes the connection on the first of them.
 */
public final class SipGrammar {

    /** A framed message that is not SIP; the words say what, and repeat nothing of the message. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        public Malformed(String words) {
            super(words);
        }
    }

    /** Headers without which, or with whose garbage, a message cannot be answered or trusted; others are kept unparsed. */
    private static final Set<Class<?>> ESSENTIAL = Set.of(
            From.class,
            To.class,
            CSeq.class,
            Via.class,
            CallID.class,
            ContentLength.class,
            ContentType.class,
            MaxForwards.class,
            RequestLine.class,
            StatusLine.class);

    private static final ParseExceptionListener STRICT = new ParseExceptionListener() {
        @Override
        @SuppressWarnings("rawtypes") // JAIN-SIP's signature
        public void handleException(ParseException failure, SIPMessage message, Class header, String text, String whole)
                throws ParseException {
            if (header != null && ESSENTIAL.contains(header)) {
                throw new ParseException(header.getSimpleName() + " cannot be read", failure.getErrorOffset());
            }
            message.addUnparsed(text);
        }
    };

    private final StringMsgParser parser = new StringMsgParser();

    /**
     * Parses a framed message.
     *
     * @throws Malformed when it is not one; nothing else
     */
    public SIPMessage parse(RawHead head, byte[] headOctets, byte[] body) throws Malformed {
        if (head.defect().isPresent()) {
            throw new Malformed(head.defect().get());
        }
        SIPMessage message;
        try {
            message = parser.parseSIPMessage(headOctets, false, false, STRICT);
        } catch (ParseException notSip) {
            throw new Malformed(words(notSip));
        } catch (RuntimeException | StackOverflowError escaped) {
            throw new Malformed("cannot be read");
        }
        if (message == null) {
            throw new Malformed("empty message");
        }
        requireEssential(message);
        if (body.length > 0) {
            message.setMessageContent(body);
        }
        message.setSize(headOctets.length);
        return message;
    }

    /** JAIN-SIP's texts repeat the input; only those made above are passed on. */
    private static String words(ParseException notSip) {
        String text = notSip.getMessage();
        return text != null && text.endsWith(" cannot be read") ? text : "cannot be read";
    }

    private static void requireEssential(SIPMessage message) throws Malformed {
        if (message.getTopmostVia() == null) {
            throw new Malformed("Via is missing");
        }
        if (message.getFrom() == null) {
            throw new Malformed("From is missing");
        }
        if (message.getTo() == null) {
            throw new Malformed("To is missing");
        }
        if (message.getCallId() == null
                || message.getCallId().getCallId() == null
                || message.getCallId().getCallId().isEmpty()) {
            throw new Malformed("Call-ID is missing");
        }
        if (message.getCSeq() == null || message.getCSeq().getMethod() == null) {
            throw new Malformed("CSeq is missing");
        }
        if (message instanceof SIPRequest request
                && !request.getMethod().equals(request.getCSeq().getMethod())) {
            throw new Malformed("CSeq names another method");
        }
    }
}
