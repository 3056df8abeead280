package org.isthmus.translation.file;

import java.util.Optional;
import java.util.OptionalLong;
import org.isthmus.translation.text.HeaderText;

/**
 * A file that an XMPP user offers (XEP-0096) as the file of an SDP offer (RFC 5547 §8.2.1): name made safe, type, size,
 * the date as modification date, the description on one line. Its MD5 is left out: no peer reads one there, and none of
 * the hashes can be made from another.
 */
public final class SiToSdp {

    /** Longest description, in octets. */
    private static final int MAX_DESCRIPTION_OCTETS = 512;

    private SiToSdp() {}

    /**
     * Translates an offer.
     *
     * @param transferId new and not guessable, 32 characters of a token (RFC 5547 §8.1)
     */
    public static FileOffer translate(FileOffer offer, String transferId) {
        FileSelector known = offer.selector();
        FileSelector selector = new FileSelector(
                Optional.of(FileName.safe(known.name(), known.type())),
                known.size(),
                known.type().or(() -> Optional.of("application/octet-stream")),
                known.hashes().stream()
                        .filter(hash -> !hash.algorithm().equals("md5"))
                        .toList());
        return new FileOffer(
                selector,
                Optional.of(transferId),
                Optional.of("attachment"),
                FileDates.modified(offer.dates().best()),
                Optional.empty(),
                offer.range().filter(range -> !range.isWhole(OptionalLong.empty())),
                offer.description()
                        .map(words -> HeaderText.clean(words, MAX_DESCRIPTION_OCTETS))
                        .filter(words -> !words.isEmpty()));
    }
}
