package org.isthmus.mappings.spelling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.JID;

/** Host names, IP literals, telephone numbers and Nodeprep, against what their standards print. */
class SpellingTest {

    /** Samples of RFC 3492 §7.1 that fit one label, and the pairs of RFC 5892 that IDNA 2003 gets wrong. */
    @ParameterizedTest
    @CsvSource({
        "\u0644\u064a\u0647\u0645\u0627\u0628\u062a\u0643\u0644\u0645\u0648\u0634\u0639\u0631\u0628\u064a\u061f, egbpdaj6bu4bxfgehfvwxn",
        "\u4ed6\u4eec\u4e3a\u4ec0\u4e48\u4e0d\u8bf4\u4e2d\u6587, ihqwcrb4cv8a8dqg056pqjye",
        "Pro\u010dprost\u011bnemluv\u00ed\u010desky, Proprostnemluvesky-uyb24dma41a",
        "3\u5e74B\u7d44\u91d1\u516b\u5148\u751f, 3B-ww4c5e180e575a65lsy2b",
        "\u5b89\u5ba4\u5948\u7f8e\u6075-with-SUPER-MONKEYS, -with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n",
        "b\u00fccher, bcher-kva",
        "stra\u00dfe, strae-oqa",
        "\ud83c\udfe5, zm8h",
    })
    void punycodeIsThatOfItsRfc(String label, String ascii) {
        assertThat(Punycode.encode(label)).isEqualTo(ascii);
        assertThat(Punycode.decode(ascii)).isEqualTo(label);
    }

    @Test
    void punycodeComesBackForEveryLabel() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder label = new StringBuilder();
            for (int n = 1 + random.nextInt(12); n > 0; n--) {
                int c = random.nextInt(random.nextBoolean() ? 0x250 : 0x10ffff);
                label.appendCodePoint(c >= 0xd800 && c < 0xe000 ? 'x' : c);
            }
            assertThat(Punycode.decode(Punycode.encode(label.toString()))).isEqualTo(label.toString());
        }
    }

    @Test
    void onlyMalformedSpellingEscapesThePunycodeDecoder() {
        SplittableRandom random = new SplittableRandom(6);
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder ascii = new StringBuilder();
            for (int n = random.nextInt(70); n > 0; n--) {
                ascii.append((char) (random.nextInt(4) == 0 ? ' ' + random.nextInt(95) : 'a' + random.nextInt(26)));
            }
            try {
                Punycode.decode(ascii.toString());
            } catch (MalformedSpelling expected) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 49_999);
    }

    @ParameterizedTest
    @CsvSource({
        "Example.COM, example.com, example.com",
        "example.com., example.com, example.com",
        "B\u00dcCHER.example, xn--bcher-kva.example, b\u00fccher.example",
        "XN--BCHER-KVA.example, xn--bcher-kva.example, b\u00fccher.example",
        "bu\u0308cher.example, xn--bcher-kva.example, b\u00fccher.example",
        "stra\u00dfe.example, xn--strae-oqa.example, stra\u00dfe.example",
        "xn--strae-oqa.example, xn--strae-oqa.example, stra\u00dfe.example",
        "my_host, my_host, my_host",
        "10.1.2.3, 10.1.2.3, 10.1.2.3",
        "[2001:DB8:0:0::1], [2001:db8::1], [2001:db8::1]",
        "[::FFFF:10.1.2.3], [::ffff:a01:203], [::ffff:a01:203]",
    })
    void hostsHaveOneSpellingOnEachNetwork(String host, String ascii, String unicode) {
        assertThat(HostName.toAscii(host)).isEqualTo(ascii);
        assertThat(HostName.toUnicode(host)).isEqualTo(unicode);
        assertThat(HostName.toAscii(unicode)).isEqualTo(ascii);
        assertThat(HostName.toUnicode(ascii)).isEqualTo(unicode);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                ".a",
                "a b",
                "-a",
                "a-",
                "a-.b",
                "\u2603.example",
                "xn--n3h.example",
                "xn--a.example",
                "xn--.example",
                "xn--BCHER-KVa-.example",
                "xn--zckzah\u00e9.example",
                "a\u200d.example",
                "\u0301a.example",
                "a\u3002b",
                "\uff41.example",
                "a\u00b7b.example",
                "[::1",
                "[::1]x",
                "[10.1.2.3]",
                "[fe80::1%eth0]",
                "[1::2::3]",
                "[1:2:3:4:5:6:7:8:9]",
                "[12345::]",
                "a@b",
                "a/b",
                "a:1",
            })
    void refusesWhatIsNoHost(String host) {
        assertThatExceptionOfType(MalformedSpelling.class).isThrownBy(() -> HostName.toAscii(host));
        assertThatExceptionOfType(MalformedSpelling.class).isThrownBy(() -> HostName.toUnicode(host));
    }

    @Test
    void refusesHostsThatAreTooLong() {
        String label = "a".repeat(63);
        assertThat(HostName.toAscii(label)).isEqualTo(label);
        assertThatExceptionOfType(MalformedSpelling.class).isThrownBy(() -> HostName.toAscii(label + "a"));
        String name = String.join(".", label, label, label, "a".repeat(61));
        assertThat(HostName.toAscii(name)).isEqualTo(name);
        assertThatExceptionOfType(MalformedSpelling.class).isThrownBy(() -> HostName.toAscii(name + "a"));
        assertThatExceptionOfType(MalformedSpelling.class)
                .isThrownBy(() -> HostName.toAscii("\u00e9".repeat(60) + ".example"));
    }

    /** RFC 5952 §4 and its errata, and the JDK as second opinion on the octets. */
    @ParameterizedTest
    @CsvSource({
        "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8:0:0:0:0:0:0, 2001:db8::",
        "0:0:0:0:0:0:0:0, ::",
        "::1, ::1",
        "1::, 1::",
        "0:0:1::, 0:0:1::",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "192.0.2.33, 192.0.2.33",
    })
    void addressesHaveOneSpelling(String text, String canonical) throws UnknownHostException {
        byte[] octets = IpLiteral.parse(text).orElseThrow();
        assertThat(IpLiteral.format(octets)).isEqualTo(canonical);
        assertThat(InetAddress.getByName(text).getAddress()).isEqualTo(octets);
    }

    @ParameterizedTest
    @CsvSource({
        "+49-30-123, false, +4930123",
        "+1(555)123.4567, false, +15551234567",
        "030-123, false, ",
        "030-123, true, 030123",
        "7042;phone-context=+4930, true, 7042",
        "+4930;ext=7;Phone-Context=x, false, +4930;ext=7",
        "*31#, true, *31#",
        "alice, true, ",
        "+, false, ",
        "+-., false, ",
        "+49x, false, ",
        "+\u0661, false, ",
    })
    void telephoneNumbersHaveOneSpelling(String user, boolean phone, String canonical) {
        assertThat(TelephoneNumber.canonical(user, phone).orElse(null)).isEqualTo(canonical);
    }

    /** The examples that made the comparison necessary; what PRECIS makes of them stands in the mapper's tests. */
    @ParameterizedTest
    @CsvSource({
        "stra\u00dfe, strasse",
        "\u0391\u03a3, \u03b1\u03c3",
        "\u03b1\u03c2, \u03b1\u03c3",
        "F\u00dc, f\u00fc",
        "fu\u0308, f\u00fc",
        "\u212b, \u00e5",
        "\u2163, iv",
        "\uff21\uff42, ab",
        "x\\2F, x\\2f",
        "\u0130, i\u0307",
    })
    void nodeprepFoldsAsItsTables(String written, String mapped) {
        assertThat(Nodeprep.map(written)).contains(mapped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u1e9e", "\u0242", "a\u00adb", "\ud83c\udfe5", "\ud87e\udc68", "\ud800"})
    void nodeprepGivesNoAnswerBeyondUnicode32(String written) {
        assertThat(Nodeprep.map(written)).isEmpty();
    }

    /** The model library's own escaping, on the texts where it follows the standard (ADR-18 of the requirements). */
    @ParameterizedTest
    @ValueSource(strings = {"a b", "d'artagnan", "c:\\net", "x\\20y", "x\\5cy", "foo\\bar", "a&b/c@d<e>f\"", "\\3and"})
    void agreesWithTheModelLibraryWhereItIsRight(String user) {
        assertThat(LocalpartEscaping.escape(user)).isEqualTo(JID.escapeNode(user));
        assertThat(LocalpartEscaping.unescape(JID.escapeNode(user))).isEqualTo(user);
    }

    @Test
    void differsFromTheModelLibraryWhereItLoses() {
        assertThat(JID.escapeNode("a\tb")).isEqualTo("a\\20b");
        assertThat(LocalpartEscaping.escape("a\tb")).isEqualTo("a\tb");
    }
}
