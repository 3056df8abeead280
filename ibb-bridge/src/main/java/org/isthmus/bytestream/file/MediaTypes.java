package org.isthmus.bytestream.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The media type of a file of which only the name and the first octets are known. What the octets say wins, since a name is
 * only a claim; where they say no more than the container, the name may say which kind of it.
 */
public final class MediaTypes {

    /** What is said of a file when nothing is known (RFC 2046 §4.5.1). */
    public static final String UNKNOWN = "application/octet-stream";

    /** How many first octets decide. */
    public static final int HEAD_OCTETS = 512;

    /**
     * A signature.
     *
     * @param at where it stands
     * @param octets what stands there, a character for each
     */
    private record Magic(int at, String octets, String type) {
        static Magic hex(int at, String hex, String type) {
            return new Magic(at, new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1), type);
        }

        static Magic text(int at, String text, String type) {
            return new Magic(at, text, type);
        }

        boolean in(ByteBuffer head) {
            if (head.remaining() < at + octets.length()) {
                return false;
            }
            for (int i = 0; i < octets.length(); i++) {
                if ((head.get(head.position() + at + i) & 0xFF) != octets.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Magic> MAGICS = List.of(
            Magic.text(128, "DICM", "application/dicom"),
            Magic.hex(0, "89504e470d0a1a0a", "image/png"),
            Magic.hex(0, "ffd8ff", "image/jpeg"),
            Magic.text(0, "GIF87a", "image/gif"),
            Magic.text(0, "GIF89a", "image/gif"),
            Magic.hex(0, "49492a00", "image/tiff"),
            Magic.hex(0, "4d4d002a", "image/tiff"),
            Magic.text(8, "WEBP", "image/webp"),
            Magic.text(0, "%PDF-", "application/pdf"),
            Magic.hex(0, "504b0304", "application/zip"),
            Magic.hex(0, "504b0506", "application/zip"),
            Magic.hex(0, "1f8b", "application/gzip"),
            Magic.hex(0, "377abcaf271c", "application/x-7z-compressed"),
            Magic.hex(0, "d0cf11e0a1b11ae1", "application/x-ole-storage"),
            Magic.text(4, "ftyp", "video/mp4"),
            Magic.text(0, "OggS", "application/ogg"),
            Magic.text(0, "fLaC", "audio/flac"),
            Magic.text(0, "ID3", "audio/mpeg"),
            Magic.text(8, "WAVE", "audio/wav"),
            Magic.text(8, "AVI ", "video/x-msvideo"),
            Magic.hex(0, "1a45dfa3", "video/x-matroska"),
            Magic.text(0, "{\\rtf", "application/rtf"),
            Magic.text(0, "<?xml", "application/xml"));

    private static final Map<String, String> EXTENSIONS = Map.ofEntries(
            Map.entry("dcm", "application/dicom"),
            Map.entry("dicom", "application/dicom"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("tif", "image/tiff"),
            Map.entry("tiff", "image/tiff"),
            Map.entry("webp", "image/webp"),
            Map.entry("bmp", "image/bmp"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("heic", "image/heic"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("txt", "text/plain"),
            Map.entry("csv", "text/csv"),
            Map.entry("htm", "text/html"),
            Map.entry("html", "text/html"),
            Map.entry("xml", "application/xml"),
            Map.entry("json", "application/json"),
            Map.entry("rtf", "application/rtf"),
            Map.entry("zip", "application/zip"),
            Map.entry("gz", "application/gzip"),
            Map.entry("tgz", "application/gzip"),
            Map.entry("7z", "application/x-7z-compressed"),
            Map.entry("doc", "application/msword"),
            Map.entry("xls", "application/vnd.ms-excel"),
            Map.entry("ppt", "application/vnd.ms-powerpoint"),
            Map.entry("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Map.entry("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
            Map.entry("odt", "application/vnd.oasis.opendocument.text"),
            Map.entry("ods", "application/vnd.oasis.opendocument.spreadsheet"),
            Map.entry("odp", "application/vnd.oasis.opendocument.presentation"),
            Map.entry("jar", "application/java-archive"),
            Map.entry("epub", "application/epub+zip"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("m4a", "audio/mp4"),
            Map.entry("wav", "audio/wav"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("flac", "audio/flac"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("mov", "video/quicktime"),
            Map.entry("avi", "video/x-msvideo"),
            Map.entry("mkv", "video/x-matroska"),
            Map.entry("webm", "video/webm"));

    /** What the first octets of these say is the container only: the types that a name may make of it. */
    private static final Map<String, Set<String>> CONTAINERS = Map.of(
            "application/zip",
            Set.of("docx", "xlsx", "pptx", "odt", "ods", "odp", "jar", "epub"),
            "application/x-ole-storage",
            Set.of("doc", "xls", "ppt"),
            "video/mp4",
            Set.of("m4a", "mov", "heic"),
            "application/ogg",
            Set.of("ogg"),
            "video/x-matroska",
            Set.of("webm"),
            "application/xml",
            Set.of("svg", "html", "htm"));

    private MediaTypes() {}

    /** By the name alone. */
    public static String ofName(String name) {
        return EXTENSIONS.getOrDefault(extension(name), UNKNOWN);
    }

    /**
     * By name and content.
     *
     * @param head the first octets, {@value #HEAD_OCTETS} are enough; position and limit are left alone
     */
    public static String of(String name, ByteBuffer head) {
        String extension = extension(name);
        for (Magic magic : MAGICS) {
            if (magic.in(head)) {
                boolean kindOf = CONTAINERS.getOrDefault(magic.type(), Set.of()).contains(extension);
                return kindOf ? EXTENSIONS.getOrDefault(extension, magic.type()) : magic.type();
            }
        }
        return ofName(name);
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
