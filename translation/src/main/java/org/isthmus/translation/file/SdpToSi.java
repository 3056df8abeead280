package org.isthmus.translation.file;

import java.util.List;
import java.util.Optional;
import org.isthmus.translation.Translated;
import org.isthmus.translation.TranslationRefusal;
import org.isthmus.translation.text.HeaderText;

/**
 * A file that a SIP user pushes (RFC 5547 §8.2.1) as an XEP-0096 offer: name made safe or made from the type, modification
 * else creation date, description. Its hash is left out: XEP-0096 knows MD5 alone.
 */
public final class SdpToSi {

    /** Longest description, in octets. */
    private static final int MAX_DESCRIPTION_OCTETS = 1024;

    private SdpToSi() {}

    /**
     * Translates an offer.
     *
     * @return refused without a size, which XEP-0096 requires, and for a part of a file, which could not be told from the
     *     whole
     */
    public static Translated<SiFile> translate(FileOffer offer) {
        FileSelector known = offer.selector();
        if (known.size().isEmpty()) {
            return Translated.refused(TranslationRefusal.FILE_NOT_OFFERABLE, "the file has no size");
        }
        if (offer.range().isPresent() && !offer.range().get().isWhole(known.size())) {
            return Translated.refused(TranslationRefusal.FILE_NOT_OFFERABLE, "only a part of the file is offered");
        }
        FileSelector selector = new FileSelector(
                Optional.of(FileName.safe(known.name(), known.type())),
                known.size(),
                known.type().or(() -> Optional.of("application/octet-stream")),
                List.of());
        return Translated.ok(new SiFile(
                FileOffer.of(selector)
                        .withDates(FileDates.modified(offer.dates().best()))
                        .withDescription(offer.description()
                                .map(words -> HeaderText.clean(words, MAX_DESCRIPTION_OCTETS))
                                .filter(words -> !words.isEmpty())),
                false));
    }
}
