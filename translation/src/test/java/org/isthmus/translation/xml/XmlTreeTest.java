package org.isthmus.translation.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTreeTest {

    private static final XmlLimits LIMITS = XmlLimits.defaults();

    private static final String DOCUMENT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- c --><a:x xmlns:a="urn:a" xmlns="urn:b" a:k="1" k="2" xml:lang="cs">
              text &amp; <![CDATA[<raw>]]> &#x17e;
              <y><z xmlns="" q='"&lt;'/></y><?pi data?>
            </a:x>""";

    @Test
    void namesAreResolvedAndTextUnescaped() throws Exception {
        XmlElement root = XmlTreeReader.read(DOCUMENT, LIMITS);
        assertThat(root.is("urn:a", "x")).isTrue();
        assertThat(root.attribute("k")).contains("2");
        assertThat(root.attributes()).containsEntry(new XmlName("urn:a", "k"), "1");
        assertThat(root.lang()).contains("cs");
        assertThat(root.text().strip()).startsWith("text & <raw> ž");
        XmlElement z = root.child("urn:b", "y").orElseThrow().child("", "z").orElseThrow();
        assertThat(z.attribute("q")).contains("\"<");
    }

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        XmlElement root = XmlTreeReader.read(DOCUMENT, LIMITS);
        XmlElement again = XmlTreeReader.read(XmlTreeWriter.document(root), LIMITS);
        assertThat(XmlTreeWriter.write(again)).isEqualTo(XmlTreeWriter.write(root));
        assertThat(again.attributes()).isEqualTo(root.attributes());
        assertThat(again.text()).isEqualTo(root.text());
    }

    @Test
    void aNamespaceDeclaredAroundTheElementIsNotDeclaredAgain() {
        XmlElement element = XmlElement.builder("urn:stream", "a")
                .child(XmlElement.empty("urn:other", "b"))
                .child(XmlElement.empty("urn:stream", "c"))
                .build();
        assertThat(XmlTreeWriter.write(element, "urn:stream")).isEqualTo("<a><b xmlns=\"urn:other\"/><c/></a>");
        assertThat(XmlTreeWriter.write(element, "urn:else"))
                .isEqualTo("<a xmlns=\"urn:stream\"><b xmlns=\"urn:other\"/><c/></a>");
    }

    @Test
    void prefixesAreDeclaredAtTheRootAndUsed() {
        XmlElement element = XmlElement.builder("urn:a", "a")
                .child(XmlElement.builder("urn:p", "b")
                        .child(XmlElement.empty("urn:a", "c"))
                        .build())
                .build();
        assertThat(XmlTreeWriter.document(element, java.util.Map.of("urn:p", "p")))
                .endsWith("<a xmlns=\"urn:a\" xmlns:p=\"urn:p\"><p:b><c/></p:b></a>");
    }

    @Test
    void writingReplacesWhatXmlCannotCarry() throws Exception {
        XmlElement element = XmlElement.builder("urn:a", "x")
                .attribute("k", "a\u0000\n\"<")
                .text("\uFFFE\r]]>\uD800")
                .build();
        XmlElement again = XmlTreeReader.read(XmlTreeWriter.write(element), LIMITS);
        assertThat(again.attribute("k")).contains("a\uFFFD\n\"<");
        assertThat(again.text()).isEqualTo("\uFFFD\r]]>\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "<a>",
                "<a></b>",
                "<a/><b/>",
                "<a/>x",
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
                "<!DOCTYPE a SYSTEM 'http://127.0.0.1/x'><a/>",
                "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
                "<a>&e;</a>",
                "<a k='&e;'/>",
                "<p:a/>",
                "<a k='1' k='2'/>",
                "<a>\u0001</a>",
                "<a>&#1;</a>",
                "<a b='<'/>",
                "<?xml version='9.9'?><a/>"
            })
    void whatIsNotAPlainDocumentIsRefused(String document) {
        assertThatThrownBy(() -> XmlTreeReader.read(document, LIMITS)).isInstanceOf(XmlSyntaxException.class);
        assertThatThrownBy(
                        () -> XmlTreeReader.read(document.getBytes(StandardCharsets.UTF_8), Optional.empty(), LIMITS))
                .isInstanceOf(XmlSyntaxException.class);
    }

    @Test
    void limitsHold() {
        assertRefused("<a>" + "x".repeat(LIMITS.maxChars()) + "</a>", "characters");
        assertRefused("<a>".repeat(65) + "</a>".repeat(65), "levels");
        assertRefused("<a>" + "<b/>".repeat(10_000) + "</a>", "elements");
        StringBuilder attributes = new StringBuilder("<a");
        for (int i = 0; i < 65; i++) {
            attributes.append(" k").append(i).append("='v'");
        }
        assertRefused(attributes.append("/>").toString(), "attributes");
    }

    @Test
    void theDeclaredEncodingCountsForOctets() throws Exception {
        assertThat(XmlTreeReader.read("<a>ž</a>".getBytes(StandardCharsets.UTF_8), Optional.empty(), LIMITS)
                        .text())
                .isEqualTo("ž");
        byte[] latin1 = "<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>".getBytes(StandardCharsets.ISO_8859_1);
        byte[] mislabelled = "<?xml version='1.0' encoding='us-ascii'?><a>é</a>".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(XmlTreeReader.read(mislabelled, Optional.of("iso-8859-1"), LIMITS)
                        .text())
                .isEqualTo("é");
        assertThat(XmlTreeReader.read(latin1, Optional.empty(), LIMITS).text()).isEqualTo("é");
        assertThat(XmlTreeReader.read("<a>ž</a>".getBytes(StandardCharsets.UTF_16), Optional.empty(), LIMITS)
                        .text())
                .isEqualTo("ž");
    }

    @Test
    void anUnknownEncodingIsRefused() {
        byte[] document = "<?xml version='1.0' encoding='no-such'?><a/>".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> XmlTreeReader.read(document, Optional.empty(), LIMITS))
                .isInstanceOf(XmlSyntaxException.class);
    }

    @Test
    void whiteSpaceBeforeTheDeclarationIsTolerated() throws Exception {
        assertThat(XmlTreeReader.read("\r\n <?xml version='1.0'?><a/>", LIMITS).is("", "a"))
                .isTrue();
    }

    @Test
    void onlyTheSyntaxExceptionEscapesFromMutatedDocuments() {
        Random random = new Random(1863);
        byte[] seed = DOCUMENT.getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int run = 0; run < 20_000; run++) {
            byte[] mutant = seed.clone();
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            try {
                XmlTreeReader.read(mutant, Optional.empty(), LIMITS);
                XmlTreeReader.read(new String(mutant, StandardCharsets.ISO_8859_1), LIMITS);
            } catch (XmlSyntaxException expected) {
                assertThat(expected.offset()).isNotNegative();
                refused++;
            }
        }
        assertThat(refused).isBetween(5_000, 19_999);
    }

    private static void assertRefused(String document, String limit) {
        assertThatThrownBy(() -> XmlTreeReader.read(document, LIMITS))
                .isInstanceOf(XmlSyntaxException.class)
                .hasMessageContaining(limit);
    }
}
