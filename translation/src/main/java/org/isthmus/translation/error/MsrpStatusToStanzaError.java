package org.isthmus.translation.error;

import java.util.Map;
import java.util.Optional;
import org.isthmus.translation.text.HeaderText;

/**
 * An MSRP response or the status of a failure REPORT (RFC 4975 §10) as a stanza error. No standard has this table; the
 * conditions follow those of the SIP codes with the same meaning.
 */
public final class MsrpStatusToStanzaError {

    private static final Map<Integer, StanzaCondition> TABLE = Map.of(
            400, StanzaCondition.BAD_REQUEST,
            403, StanzaCondition.FORBIDDEN,
            408, StanzaCondition.REMOTE_SERVER_TIMEOUT,
            413, StanzaCondition.POLICY_VIOLATION,
            415, StanzaCondition.NOT_ACCEPTABLE,
            423, StanzaCondition.RESOURCE_CONSTRAINT,
            481, StanzaCondition.ITEM_NOT_FOUND,
            501, StanzaCondition.FEATURE_NOT_IMPLEMENTED,
            506, StanzaCondition.CONFLICT);

    private MsrpStatusToStanzaError() {}

    /**
     * Translates a status.
     *
     * @param status three digits
     * @param comment the comment, as received
     * @return empty for 2xx
     */
    public static Optional<StanzaError> translate(int status, String comment) {
        if (status >= 200 && status < 300) {
            return Optional.empty();
        }
        StanzaCondition condition = TABLE.getOrDefault(
                status, status >= 500 ? StanzaCondition.INTERNAL_SERVER_ERROR : StanzaCondition.BAD_REQUEST);
        String text = HeaderText.clean(comment, 512);
        return Optional.of(new StanzaError(
                condition,
                condition.defaultType(),
                text.isEmpty() ? Optional.empty() : Optional.of(text),
                Optional.empty()));
    }
}
