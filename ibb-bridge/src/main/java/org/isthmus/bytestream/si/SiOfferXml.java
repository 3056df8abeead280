package org.isthmus.bytestream.si;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.isthmus.bytestream.file.FileNames;
import org.isthmus.bytestream.iq.MalformedRequestException;

/** The {@code <si/>} of an offer (XEP-0095 §4, XEP-0096 §3). */
public final class SiOfferXml {

    /** Octets that any sid of a sane client stays far below; ejabberd's proxy takes 128. */
    private static final int MAX_ID = 1024;

    private static final int MAX_DESCRIPTION = 2048;

    private SiOfferXml() {}

    /** Whether this is an SI payload at all. */
    public static boolean isSi(Element payload) {
        return payload.getName().equals("si") && payload.getNamespaceURI().equals(SiNames.SI);
    }

    /**
     * Reads an offer. What is optional and unreadable (date, hash) is left out: it would be a poor reason to lose a file.
     *
     * @throws MalformedRequestException with the error to answer
     */
    public static SiOffer read(Element si) throws MalformedRequestException {
        String id = si.attributeValue("id", "");
        if (id.isEmpty() || id.length() > MAX_ID) {
            throw bad("si@id", "1 to " + MAX_ID + " characters");
        }
        if (!SiNames.FILE_TRANSFER.equals(si.attributeValue("profile"))) {
            throw new MalformedRequestException("si@profile", SiNames.FILE_TRANSFER, SiErrors.BAD_PROFILE);
        }
        Element file = si.element(SiNames.FILE);
        if (file == null) {
            throw bad("si/file", "one element");
        }
        Optional<String> mime = Optional.ofNullable(si.attributeValue("mime-type"))
                .map(String::strip)
                .filter(type -> !type.isEmpty());
        return new SiOffer(id, mime, readFile(file), StreamForm.options(si));
    }

    /** Writes an offer. */
    public static Element write(SiOffer offer) {
        Element si = DocumentHelper.createElement(SiNames.SI_ELEMENT);
        si.addAttribute("id", offer.id());
        offer.mimeType().ifPresent(type -> si.addAttribute("mime-type", type));
        si.addAttribute("profile", SiNames.FILE_TRANSFER);
        SiFile about = offer.file();
        Element file = si.addElement(SiNames.FILE)
                .addAttribute("name", about.name())
                .addAttribute("size", Long.toString(about.size()));
        about.modified()
                .ifPresent(time -> file.addAttribute(
                        "date", time.truncatedTo(ChronoUnit.SECONDS).toString()));
        about.md5().ifPresent(hex -> file.addAttribute("hash", hex));
        about.description().ifPresent(words -> file.addElement(SiNames.DESC).addText(words));
        if (about.ranges()) {
            file.addElement(SiNames.RANGE);
        }
        StreamForm.writeOptions(si, offer.methods());
        return si;
    }

    private static SiFile readFile(Element file) throws MalformedRequestException {
        String name = file.attributeValue("name", "");
        if (name.isEmpty()) {
            throw bad("file@name", "a name");
        }
        long size = Decimals.read(file, "size").orElseThrow(() -> bad("file@size", "0 to 9223372036854775807"));
        Optional<String> description = Optional.ofNullable(file.element(SiNames.DESC))
                .map(desc -> limited(desc.getText().strip()))
                .filter(words -> !words.isEmpty());
        return new SiFile(
                FileNames.clean(name),
                size,
                Optional.ofNullable(file.attributeValue("date")).flatMap(FileDates::read),
                Optional.ofNullable(file.attributeValue("hash")).flatMap(SiOfferXml::md5),
                description,
                file.element(SiNames.RANGE) != null);
    }

    private static Optional<String> md5(String hash) {
        String hex = hash.strip().toLowerCase(Locale.ROOT);
        return hex.matches("[0-9a-f]{" + SiFile.MD5_DIGITS + "}") ? Optional.of(hex) : Optional.empty();
    }

    private static String limited(String words) {
        if (words.length() <= MAX_DESCRIPTION) {
            return words;
        }
        int end = Character.isHighSurrogate(words.charAt(MAX_DESCRIPTION - 1)) ? MAX_DESCRIPTION - 1 : MAX_DESCRIPTION;
        return words.substring(0, end);
    }

    private static MalformedRequestException bad(String place, String expectation) {
        return new MalformedRequestException(place, expectation, SiErrors.BAD_REQUEST);
    }
}
