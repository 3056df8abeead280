package org.isthmus.translation.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.isthmus.translation.vectors.Vectors;
import org.isthmus.translation.vectors.Vectors.Vector;
import org.isthmus.translation.vectors.WireText;
import org.isthmus.translation.xml.XmlElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileParsersTest {

    private static final String SELECTOR =
            "name:\"My %22cool%22 př\u00edl oha.jpg\" type:image/jpeg;a=\"b%22;c d\" size:4092"
                    + " hash:sha-1:72:24:5F:E8:65:3D:DA:F3:71:36:2F:86:D4:71:91:3E:E4:A2:CE:2E hash:x-new:AA:BB future:x\"y z\"";

    @Test
    void allOfTheGrammarIsRead() throws Exception {
        FileSelector selector = FileSelector.parse(SELECTOR);
        assertThat(selector.name()).contains("My \"cool\" příl oha.jpg");
        assertThat(selector.type()).contains("image/jpeg;a=\"b\\\";c d\"");
        assertThat(selector.size()).hasValue(4092);
        assertThat(selector.hashes())
                .containsExactly(
                        new FileHash("sha-1", "72245fe8653ddaf371362f86d471913ee4a2ce2e"),
                        new FileHash("x-new", "aabb"));
        assertThat(FileSelector.parse(selector.wire())).isEqualTo(selector);
        assertThat(selector.wire()).contains("hash:sha-1:72:24:5F:E8:").contains("name:\"My %22cool%22 příl oha.jpg\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name:\"%e9.txt\"", // a name escaped from Latin-1
                "NAME:\"é.txt\"",
                "name:\"%C3%A9.txt\"  size:1",
                "name:\"é.txt\" name:\"other\""
            })
    void namesOfOtherWritersAreRead(String value) throws Exception {
        assertThat(FileSelector.parse(value).name()).contains("é.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "name",
                "name:",
                "name:\"a",
                "name:\"a\"x",
                "size:",
                "size:+1",
                "size:9223372036854775808",
                "size:1.5",
                "type:",
                "type:text",
                "type:a/b;c=\"d",
                "hash:",
                "hash:sha-1",
                "hash:sha-1:",
                "hash:sha-1:72",
                "hash:md5:72:2",
                "name:\"%\"",
                "name:\"%4\"",
                ": x",
                "future:x"
            })
    void whatFollowsNoGrammarIsRefusedWithItsPlace(String value) {
        assertThatThrownBy(() -> FileSelector.parse(value))
                .isInstanceOfSatisfying(
                        FileSyntaxException.class, e -> assertThat(e.offset()).isBetween(0, value.length()));
    }

    @Test
    void everyNameSurvivesTheAttribute() throws Exception {
        Random random = new Random(5547);
        for (int run = 0; run < 20_000; run++) {
            StringBuilder name = new StringBuilder();
            for (int i = random.nextInt(10); i >= 0; i--) {
                name.appendCodePoint(
                        switch (random.nextInt(3)) {
                            case 0 -> random.nextInt(0x80);
                            case 1 -> 0xA0 + random.nextInt(0x2000);
                            default -> 0x1F600 + random.nextInt(0x40);
                        });
            }
            FileSelector selector =
                    new FileSelector(Optional.of(name.toString()), OptionalLong.empty(), Optional.empty(), List.of());
            String wire = selector.wire();
            assertThat(wire.substring(6, wire.length() - 1)).doesNotContain("\"", "\r", "\n", "\0", "/", "\\");
            assertThat(FileSelector.parse(wire)).isEqualTo(selector);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, passwd",
        "C:\\temp\\x.exe, x.exe",
        "C:x.exe, x.exe",
        "..hidden, hidden",
        "'a\"b.txt', 'a\"b.txt'",
        "con, _con",
        "NUL.txt, _NUL.txt",
        "'  spaced . ', spaced",
        "röntgen bild.dcm, röntgen bild.dcm",
        "přílo\u202Egpj.exe, přílogpj.exe",
        "'a\u0000\u0007b\u2028c', abc",
        "dir/, file.jpg",
        "..., file.jpg",
        "'', file.jpg"
    })
    void namesAreMadeSafe(String name, String expected) {
        assertThat(FileName.safe(Optional.of(name), Optional.of("image/jpeg; x=y")))
                .isEqualTo(expected);
    }

    @Test
    void longNamesKeepTheirExtension() {
        String name = FileName.safe(Optional.of("ř".repeat(300) + ".dcm"), Optional.empty());
        assertThat(name).endsWith("ř.dcm");
        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isBetween(250, 255);
    }

    @Test
    void aFileWithoutNameIsNamedByItsType() {
        assertThat(FileName.safe(Optional.empty(), Optional.of("application/dicom")))
                .isEqualTo("file.dcm");
        assertThat(FileName.safe(Optional.empty(), Optional.empty())).isEqualTo("file");
    }

    @ParameterizedTest
    @CsvSource({
        "creation:\"15 May 2006 15:01:31 +0300\", 2006-05-15T12:01:31Z",
        "creation:\"Tue| 15 May 2006 15:01:31 +0300\", 2006-05-15T12:01:31Z",
        "creation:\"Mon|  5 May 2006 5:01 -0130\", 2006-05-05T06:31:00Z",
        "CREATION:\"Mon| 15 may 2006 15:01:31 UT\", 2006-05-15T15:01:31Z"
    })
    void datesOfOtherWritersAreRead(String value, String expected) throws Exception {
        assertThat(FileDates.parse(value.replace('|', ',')).creation().orElseThrow())
                .hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "creation:\"\"",
                "creation:\"yesterday\"",
                "creation:\"Mon, 32 May 2006 15:01:31 +0300\"",
                "born:\"Mon, 15 May 2006 15:01:31 +0300\"",
                "creation:Mon",
                "x"
            })
    void whatIsNoDateIsRefused(String value) {
        assertThatThrownBy(() -> FileDates.parse(value)).isInstanceOf(FileSyntaxException.class);
    }

    @Test
    void rangesCount() throws Exception {
        FileRange range = FileRange.ofOffset(128, OptionalLong.of(256));
        assertThat(range.wire()).isEqualTo("129-384");
        assertThat(range.offset()).isEqualTo(128);
        assertThat(range.length(OptionalLong.empty())).hasValue(256);
        assertThat(FileRange.after(128).wire()).isEqualTo("129-*");
        assertThat(FileRange.after(128).length(OptionalLong.of(1022))).hasValue(894);
        assertThat(FileRange.after(128).length(OptionalLong.empty())).isEmpty();
        assertThat(FileRange.parse("1-*").isWhole(OptionalLong.of(5))).isTrue();
        assertThat(FileRange.parse("1-5").isWhole(OptionalLong.of(5))).isTrue();
        assertThat(FileRange.parse("1-4").isWhole(OptionalLong.of(5))).isFalse();
        assertThat(FileRange.parse("6-*").isWithin(5)).isFalse();
        assertThatThrownBy(() -> FileRange.parse("99999999999999999999-*")).isInstanceOf(FileSyntaxException.class);
        assertThatThrownBy(() -> FileRange.parse("5-4")).isInstanceOf(FileSyntaxException.class);
    }

    static List<Vector> siFiles() {
        return Vectors.of(
                "si",
                row -> row.input().isTextual()
                        && row.input().asText().contains("<file")
                        && row.input().asText().contains("type='set'"));
    }

    @ParameterizedTest
    @MethodSource("siFiles")
    void siFilesAreReadOrRefused(Vector row) throws Exception {
        XmlElement si = WireText.xml(row.input().asText())
                .child("http://jabber.org/protocol/si", "si")
                .orElseThrow();
        XmlElement file = si.child(SiFile.NAMESPACE, "file").orElseThrow();
        boolean refused = row.expect().has("error")
                && !row.id().equals("offer-other-profile")
                && !row.id().equals("offer-no-id");
        if (refused) {
            assertThatThrownBy(() -> SiFile.read(file, si.attribute("mime-type")))
                    .isInstanceOf(FileSyntaxException.class);
            return;
        }
        SiFile read = SiFile.read(file, si.attribute("mime-type"));
        FileOffer translated = SiToSdp.translate(read.offer(), "id");
        row.expect().fieldNames().forEachRemaining(field -> {
            String value = row.expect().get(field).asText();
            switch (field) {
                case "name" -> assertThat(translated.selector().name()).contains(value);
                case "sdp_name" -> assertThat(translated.selector().wire()).startsWith("name:\"" + value + "\"");
                case "size" -> assertThat(read.offer().selector().size()).hasValue(Long.parseLong(value));
                case "mime" -> assertThat(read.offer().selector().type()).contains(value);
                case "desc" -> assertThat(translated.description()).contains(value);
                case "hash_md5" ->
                    assertThat(read.offer().selector().hashes()).containsExactly(new FileHash("md5", value));
                case "range_supported" -> assertThat(read.rangeSupported()).isEqualTo(Boolean.parseBoolean(value));
                case "date" ->
                    assertThat(read.offer().dates().best().orElseThrow()).hasToString(value);
                // Stream methods, ids and policy are the byte streams' room's.
                case "si_id", "profile", "methods", "method", "accept", "accept_or_decline", "error" ->
                    assertThat(read.write()).isNotNull();
                default -> throw new AssertionError("unread expectation " + field);
            }
        });
        assertThat(SiFile.read(read.write(), read.offer().selector().type())).isEqualTo(read);
    }

    static List<Vector> siRanges() {
        return Vectors.of(
                "si", row -> row.input().isTextual() && row.input().asText().startsWith("<range"));
    }

    @ParameterizedTest
    @MethodSource("siRanges")
    void siRangesBecomeFileRanges(Vector row) throws Exception {
        XmlElement range = WireText.xml(row.input().asText());
        if (row.expect().has("error")) {
            assertThatThrownBy(() -> SiFile.readRange(range, 1022)).isInstanceOf(FileSyntaxException.class);
            return;
        }
        assertThat(SiFile.readRange(range, 1022).orElseThrow().wire())
                .isEqualTo(row.expect().get("rfc5547_file_range").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<r offset='1023'/>", "<r offset='1022' length='1'/>", "<r length='0'/>", "<r length='1023'/>"})
    void siRangesOutsideTheFileAreRefused(String range) {
        assertThatThrownBy(() -> SiFile.readRange(WireText.xml(range), 1022)).isInstanceOf(FileSyntaxException.class);
    }

    @Test
    void siRangesThatSayNothingMeanAllOfTheFile() throws Exception {
        assertThat(SiFile.readRange(WireText.xml("<r/>"), 5)).isEmpty();
        assertThat(SiFile.readRange(WireText.xml("<r offset='0'/>"), 5)).isEmpty();
    }

    @Test
    void onlyTheSyntaxExceptionEscapesFromMutatedAttributes() {
        Random random = new Random(5548);
        String dates = "creation:\"Mon, 15 May 2006 15:01:31 +0300\" read:\"Tue, 16 May 2006 09:12:27 +0300\"";
        int refused = 0;
        for (int run = 0; run < 40_000; run++) {
            String seed = run % 3 == 0 ? dates : run % 3 == 1 ? SELECTOR : "129-384";
            StringBuilder mutant = new StringBuilder(seed);
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                mutant.setCharAt(
                        random.nextInt(mutant.length()), "\":;%/= -+*,\\0A9zé\uD800".charAt(random.nextInt(18)));
            }
            try {
                switch (run % 3) {
                    case 0 -> FileDates.parse(mutant.toString()).wire();
                    case 1 ->
                        FileSelector.parse(FileSelector.parse(mutant.toString()).wire());
                    default -> FileRange.parse(mutant.toString()).length(OptionalLong.of(1000));
                }
            } catch (FileSyntaxException expected) {
                assertThat(expected.offset()).isBetween(0, seed.length());
                refused++;
            }
        }
        assertThat(refused).isBetween(10_000, 39_000);
    }
}
