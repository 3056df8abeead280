package org.isthmus.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.isthmus.mappings.Vectors.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is fed in, only the parser's own exception comes out, and it tells where without quoting. */
class MalformedAddressTest {

    private static final int RUNS = 100_000;

    @Test
    void onlySipUriSyntaxExceptionEscapesTheUriParser() {
        int accepted = feed("uri", "sip:alice:secret@[2001:db8::1]:5070;gr=urn:uuid:1;lr?Subject=hi", text -> {
            SipUri uri = SipUri.parse(text);
            if (!SipUri.parse(uri.toString()).equals(uri)) {
                throw new AssertionError(text);
            }
        });
        assertThat(accepted).isBetween(RUNS / 50, RUNS - RUNS / 50);
    }

    @Test
    void onlySipUriSyntaxExceptionEscapesTheHeaderParser() {
        int accepted =
                feed("header", "\"R. \\\"Rom\\\" <sip:x@y>\" <sip:romeo@example.net>;tag=1;gr=x", NameAddr::parse);
        assertThat(accepted).isBetween(RUNS / 100, RUNS - RUNS / 50);
    }

    @Test
    void onlyJidSyntaxExceptionEscapesTheJidParser() {
        SplittableRandom random = new SplittableRandom(11);
        List<String> seeds = seeds("jid", "juliet@b\u00fccher.example/a/b@c;d=e");
        int accepted = 0;
        for (int i = 0; i < RUNS; i++) {
            String text = text(seeds, random);
            try {
                if (!Jids.parse(Jids.parse(text).toString()).equals(Jids.parse(text))) {
                    throw new AssertionError(text);
                }
                accepted++;
            } catch (JidSyntaxException expected) {
                assertThat(expected.getMessage()).isNotEmpty();
            }
        }
        assertThat(accepted).isBetween(RUNS / 50, RUNS - RUNS / 50);
    }

    @Test
    void readingNeverThrows() {
        SplittableRandom random = new SplittableRandom(12);
        List<String> seeds = seeds("uri", "tel:+1555");
        for (int i = 0; i < RUNS; i++) {
            assertThat(SipUri.read(text(seeds, random))).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alice@sip.example | 0",
                "tel:+1555 | 0",
                "sip: | 4",
                "sip:@sip.example | 4",
                "sip:a b@sip.example | 5",
                "sip:a%4@sip.example | 5",
                "sip:a%e4@sip.example | 4",
                "sip:alice@ | 10",
                "sip:alice@sip..example | 14",
                "sip:alice@-sip.example | 10",
                "sip:alice@[::1 | 10",
                "sip:alice@[::1]x | 10",
                "sip:alice@sip.example: | 22",
                "sip:alice@sip.example:0 | 22",
                "sip:alice@sip.example:65536 | 22",
                "sip:alice@sip.example;gr=%4 | 25",
                "sip:alice@sip.example;=x | 22",
                "sip:alice@sip.example;l r | 23",
                "sip:alice@sip.example;gr=a;GR=b | 27",
                "im:a:b@im.example | 4",
            })
    void tellsTheOffset(String text, int offset) {
        assertThatExceptionOfType(SipUriSyntaxException.class)
                .isThrownBy(() -> SipUri.parse(text))
                .satisfies(bad -> assertThat(bad.offset()).isEqualTo(offset));
    }

    @Test
    void neverQuotesAPassword() {
        for (String text :
                List.of("sip:alice:secret%@a b", "sip:%:secret@x", "sip::secret@x", "sip:alice:secret@x:y")) {
            assertThatExceptionOfType(SipUriSyntaxException.class)
                    .isThrownBy(() -> SipUri.parse(text))
                    .satisfies(bad -> assertThat(bad.toString()).doesNotContain("secret"));
        }
        assertThat(SipUri.parse("sip:alice:secret@x").toString()).isEqualTo("sip:alice@x");
    }

    private static int feed(String key, String extra, Consumer<String> parser) {
        SplittableRandom random = new SplittableRandom(10);
        List<String> seeds = seeds(key, extra);
        int accepted = 0;
        for (int i = 0; i < RUNS; i++) {
            String text = text(seeds, random);
            try {
                parser.accept(text);
                accepted++;
            } catch (SipUriSyntaxException expected) {
                if (expected.offset() < 0 || expected.offset() > text.length()) {
                    throw new AssertionError(expected.getMessage() + " in " + text);
                }
            }
        }
        return accepted;
    }

    private static List<String> seeds(String key, String extra) {
        List<String> seeds = new ArrayList<>(Vectors.of("address.json").stream()
                .map(Vector::input)
                .filter(input -> input.has(key))
                .map(input -> input.path(key).asText())
                .toList());
        seeds.add(extra);
        return seeds;
    }

    private static String text(List<String> seeds, SplittableRandom random) {
        return random.nextInt(8) == 0
                ? RandomText.next(random)
                : RandomText.mutate(seeds.get(random.nextInt(seeds.size())), random);
    }
}
