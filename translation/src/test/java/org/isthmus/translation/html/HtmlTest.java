package org.isthmus.translation.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.isthmus.translation.vectors.WireText;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlTreeWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<p>Hello <b>you</b></p><script>x()</script> | Hello you",
                "plain | plain",
                "a<br>b<br><br>c | a\\nb\\n\\nc",
                "<p>one</p><p>two</p> | one\\ntwo",
                "<div>a  b\\n c</div> | a b c",
                "<ul><li>x<li>y</ul>z | - x\\n- y\\nz",
                "<ol><li>x</li><li>y</li></ol> | 1. x\\n2. y",
                "<blockquote>a<br>b</blockquote>c | > a\\n> b\\nc",
                "<a href='https://x.test/y'>here</a> | here (https://x.test/y)",
                "<a href='https://x.test/y'>https://x.test/y</a> | https://x.test/y",
                "<a href='mailto:a@b.test'>a@b.test</a> | a@b.test",
                "<a href='javascript:x()'>here</a> | here",
                "<img src='https://x.test/i.png' alt='X-ray'> | X-ray (https://x.test/i.png)",
                "<img src='data:x' alt='X-ray'> | [X-ray]",
                "<pre>a  b\\n  c</pre> | a  b\\n  c",
                "<h1>T</h1>x | T\\nx",
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table> | ab\\nc",
                "<style>p{}</style><title>t</title>x | x",
                "&lt;b&gt; &amp; &eacute;&#x17e; | <b> & éž",
                "<b></b> | ''"
            })
    void htmlReadsAsText(String html, String text) {
        HtmlToXhtmlIm.Result result = HtmlToXhtmlIm.translate(html.replace("\\n", "\n"));
        assertThat(result.plain()).isEqualTo(text.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<b>x</b> | <strong>x</strong>",
                "<i>x</i><u>y</u> | <em>x</em><span style=\"text-decoration: underline\">y</span>",
                "<font color='#f00' onclick='x()'>r</font> | <span style=\"color: #f00\">r</span>",
                "<p style='color:red;position:fixed;background:url(x)'>a</p> | <p style=\"color: red\">a</p>",
                "<span style='color: expression(x)'>a</span><b>b</b> | <span>a</span><strong>b</strong>",
                "<a href=' HTTPS://x.test/ ' target=_blank>l</a> | <a href=\"HTTPS://x.test/\">l</a>",
                "<a href='vbscript:x'>l</a><b>b</b> | l<strong>b</strong>",
                "<form><b>x</b></form><em>y</em> | <em>y</em>",
                "<custom><em>y</em></custom> | <em>y</em>",
                "<b>a<p>b</b>c | <strong>a</strong><p><strong>b</strong>c</p>"
            })
    void onlyTheProfilePasses(String html, String xhtml) {
        XmlElement extension = HtmlToXhtmlIm.translate(html).extension().orElseThrow();
        String written = XmlTreeWriter.write(extension);
        assertThat(written)
                .isEqualTo(
                        "<html xmlns=\"http://jabber.org/protocol/xhtml-im\"><body xmlns=\"http://www.w3.org/1999/xhtml\">"
                                + xhtml + "</body></html>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "<p>a</p><p>b<br>c</p>", "", "<script>alert(1)</script>"})
    void textWithoutMarkupNeedsNoExtension(String html) {
        assertThat(HtmlToXhtmlIm.translate(html).extension()).isEmpty();
    }

    @Test
    void xhtmlOfAStanzaIsAsHarmlessAsHtml() {
        XmlElement body = WireText.xml("<body xmlns='http://www.w3.org/1999/xhtml'><p onclick='x()'>a &lt; "
                + "<strong>b</strong><br/><script>x()</script><iframe src='https://x'/></p></body>");
        assertThat(XhtmlImToHtml.translate(body))
                .isEqualTo("<!DOCTYPE html><html><body><p>a &lt; <strong>b</strong><br/></p></body></html>");
        assertThat(XhtmlImToHtml.plainText(body)).isEqualTo("a < b");
        XmlElement empty = WireText.xml("<body xmlns='http://www.w3.org/1999/xhtml'/>");
        assertThat(XhtmlImToHtml.translate(empty)).isEqualTo("<!DOCTYPE html><html><body></body></html>");
    }

    @Test
    void whatIsTranslatedTwiceStaysAsItIs() {
        String html = "<p style='color: red'>a <b>b</b> <a href='https://x.test'>c</a></p><ul><li>d</li></ul>";
        HtmlToXhtmlIm.Result first = HtmlToXhtmlIm.translate(html);
        XmlElement body = first.extension().orElseThrow().elements().get(0);
        HtmlToXhtmlIm.Result second = HtmlToXhtmlIm.translate(XhtmlImToHtml.translate(body));
        assertThat(second).isEqualTo(first);
    }

    @Test
    void nestingWithoutEndIsCut() {
        HtmlToXhtmlIm.Result result = HtmlToXhtmlIm.translate("<b><i>".repeat(20_000) + "x");
        assertThat(result.plain().length()).isLessThan(2);
        assertThat(HtmlToXhtmlIm.translate("<b>y</b>".repeat(20_000)).plain()).startsWith("yyy");
    }

    @Test
    void nothingHarmfulPassesFromMutatedDocuments() {
        Random random = new Random(71);
        String seed = "<p style=\"color: red\" onclick=\"x()\">a<img src=javascript:y() alt=z>"
                + "<a href=\"java\tscript:x()\">b</a><script>x()</script><svg onload=x()></p>";
        for (int run = 0; run < 20_000; run++) {
            StringBuilder mutant = new StringBuilder(seed);
            for (int edits = random.nextInt(6); edits >= 0; edits--) {
                mutant.setCharAt(
                        random.nextInt(mutant.length()), "<>\"'=/ &;:\u0000aS\uD800".charAt(random.nextInt(14)));
            }
            HtmlToXhtmlIm.Result result = HtmlToXhtmlIm.translate(mutant.toString());
            result.extension().ifPresent(extension -> {
                String written = XmlTreeWriter.write(extension);
                assertThat(WireText.xml(written)).isNotNull();
                assertHarmless(extension);
            });
        }
    }

    private static void assertHarmless(XmlElement element) {
        assertThat(element.local())
                .isIn("html", "body", "a", "blockquote", "br", "cite", "em", "li", "ol", "p", "span", "strong", "ul");
        element.attributes().forEach((name, value) -> {
            assertThat(name.local()).isIn("href", "style");
            if (name.local().equals("href")) {
                assertThat(value.toLowerCase(Locale.ROOT)).matches("(https?|mailto|xmpp|sips?|tel|im|geo):.*");
            } else {
                assertThat(value).doesNotContain("url(", "expression", "\\");
            }
        });
        element.elements().forEach(HtmlTest::assertHarmless);
    }
}
