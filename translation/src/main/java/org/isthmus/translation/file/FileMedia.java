package org.isthmus.translation.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.isthmus.translation.sdp.MediaDescription;
import org.isthmus.translation.sdp.MsrpMedia;
import org.isthmus.translation.sdp.SdpDirection;
import org.isthmus.translation.sdp.SdpLine;

/** The file in a media description (RFC 5547 §6, §8). */
public final class FileMedia {

    private FileMedia() {}

    /** Whether a stream is a file transfer at all. */
    public static boolean isFile(MediaDescription stream) {
        return stream.hasAttribute("file-selector");
    }

    /**
     * Reads the file of a stream.
     *
     * @throws FileSyntaxException when its selector, range or transfer id is malformed; malformed dates, which only
     *     inform, are left out
     */
    public static FileOffer read(MediaDescription stream) throws FileSyntaxException {
        Optional<String> selector = stream.attribute("file-selector");
        Optional<String> range = stream.attribute("file-range");
        return new FileOffer(
                selector.isPresent() ? FileSelector.parse(selector.get()) : FileSelector.NONE,
                stream.attribute("file-transfer-id").map(String::strip).filter(id -> !id.isEmpty()),
                stream.attribute("file-disposition").map(String::strip).filter(word -> !word.isEmpty()),
                dates(stream),
                stream.attribute("file-icon").map(String::strip).filter(url -> !url.isEmpty()),
                range.isPresent() ? Optional.of(FileRange.parse(range.get())) : Optional.empty(),
                stream.information().filter(words -> !words.isBlank()));
    }

    /** The attributes of a file, in the usual order; its description is a line of its own, {@code i=}. */
    public static List<SdpLine> lines(FileOffer file) {
        List<SdpLine> lines = new ArrayList<>();
        file.description().ifPresent(words -> lines.add(new SdpLine('i', words)));
        lines.add(
                file.selector().isEmpty()
                        ? SdpLine.attribute("file-selector")
                        : SdpLine.attribute("file-selector", file.selector().wire()));
        file.transferId().ifPresent(id -> lines.add(SdpLine.attribute("file-transfer-id", id)));
        file.disposition().ifPresent(word -> lines.add(SdpLine.attribute("file-disposition", word)));
        if (!file.dates().isEmpty()) {
            lines.add(SdpLine.attribute("file-date", file.dates().wire()));
        }
        file.icon().ifPresent(url -> lines.add(SdpLine.attribute("file-icon", url)));
        file.range().ifPresent(part -> lines.add(SdpLine.attribute("file-range", part.wire())));
        return lines;
    }

    /**
     * A stream for one file.
     *
     * @param port of the session's path, or 9 for a side that only connects
     * @param protocol {@code TCP/MSRP} or {@code TCP/TLS/MSRP}
     * @param msrp the session; its direction says who sends: send-only offers the file, receive-only takes it
     */
    public static MediaDescription write(FileOffer file, int port, String protocol, MsrpMedia msrp) {
        if (msrp.direction() != SdpDirection.SENDONLY && msrp.direction() != SdpDirection.RECVONLY) {
            throw new IllegalArgumentException("direction: " + msrp.direction() + " (expected: SENDONLY or RECVONLY)");
        }
        return MediaDescription.builder("message", port, protocol)
                .lines(msrp.lines())
                .lines(lines(file))
                .build();
    }

    private static FileDates dates(MediaDescription stream) {
        try {
            Optional<String> value = stream.attribute("file-date");
            return value.isPresent() ? FileDates.parse(value.get()) : FileDates.NONE;
        } catch (FileSyntaxException onlyInforms) {
            return FileDates.NONE;
        }
    }
}
