package org.isthmus.component.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.isthmus.mappings.SipUri;
import org.isthmus.translation.composing.IsComposing;
import org.isthmus.translation.message.SipRecipient;
import org.isthmus.translation.sdp.AcceptTypes;

/**
 * What each SIP user's agents take in a MESSAGE, learnt from what they send and from what they refuse with 415; remembered
 * for a day. An agent nobody knows gets plain text, and is tried once with typing. Any thread.
 */
final class SipRecipients {

    private static final Duration MEMORY = Duration.ofHours(24);

    private static final int MAX_USERS = 100_000;

    private static final String ENVELOPE = "message/cpim";
    private static final String HTML = "text/html";

    /**
     * @param typing whether isComposing documents may be sent
     * @param envelope whether message/cpim may be sent
     * @param html whether text/html may be sent
     */
    private record Known(boolean typing, boolean envelope, boolean html) {
        static final Known NOTHING = new Known(true, false, false);
    }

    private final Cache<SipUri, Known> known = Caffeine.newBuilder()
            .maximumSize(MAX_USERS)
            .expireAfterWrite(MEMORY)
            .build();

    /** What may be sent to the user. */
    SipRecipient of(SipUri aor) {
        Known user = known.get(aor, any -> Known.NOTHING);
        AcceptTypes types = AcceptTypes.of(Stream.of(
                        Stream.of("text/plain"),
                        user.typing() ? Stream.of(IsComposing.MEDIA_TYPE) : Stream.<String>empty(),
                        user.envelope() ? Stream.of(ENVELOPE) : Stream.<String>empty(),
                        user.html() ? Stream.of(HTML) : Stream.<String>empty())
                .flatMap(type -> type)
                .toArray(String[]::new));
        return new SipRecipient(types, AcceptTypes.of());
    }

    /** The user sent a body of this type, so she can read it. */
    void sent(SipUri aor, String contentType) {
        String type = bare(contentType);
        Known before = known.get(aor, any -> Known.NOTHING);
        Known after = new Known(
                before.typing(), before.envelope() || type.equals(ENVELOPE), before.html() || type.equals(HTML));
        if (!after.equals(before)) {
            known.put(aor, after);
        }
    }

    /**
     * The user's agent refused a body of this type with 415.
     *
     * @return whether it is worth to say the same in plain text
     */
    boolean refused(SipUri aor, String contentType) {
        String type = bare(contentType);
        Known before = known.get(aor, any -> Known.NOTHING);
        known.put(
                aor,
                new Known(
                        before.typing() && !type.equals(IsComposing.MEDIA_TYPE),
                        before.envelope() && !type.equals(ENVELOPE),
                        before.html() && !type.equals(HTML)));
        return Set.of(ENVELOPE, HTML, "multipart/alternative").contains(type);
    }

    private static String bare(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(java.util.Locale.ROOT);
    }
}
