package org.isthmus.translation;

/** Why something said on one network cannot be said on the other. The only list of such reasons. */
public enum TranslationRefusal {
    /** Nothing that the other network would show: to be dropped without a report, since nothing was said. */
    NOTHING_TO_SAY,
    /** A stanza of type error; errors are never answered (RFC 6120 §8.3.1). */
    IS_AN_ERROR,
    /** Group chat outside a group chat session (RFC 7702). */
    GROUP_CHAT,
    /** A media type that has no translation: 415 with Accept. */
    UNSUPPORTED_TYPE,
    /** A charset that cannot be decoded: 415. */
    UNSUPPORTED_CHARSET,
    /** A body that is not what its headers say: 400. */
    MALFORMED_BODY,
    /** End-to-end encrypted or signed; an intermediate can neither read nor alter it (RFC 7572 §9). */
    END_TO_END_PROTECTED,
    /** Larger than the form allows (RFC 3428 §8). */
    TOO_LARGE,
    /** A file that the other side's offer cannot describe: without a size, or only a part of one: 488. */
    FILE_NOT_OFFERABLE
}
