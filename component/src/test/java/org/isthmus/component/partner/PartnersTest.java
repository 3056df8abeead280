package org.isthmus.component.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.isthmus.mappings.SipUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartnersTest {

    @ParameterizedTest
    @CsvSource({
        "10.9.0.0/16, 10.9.255.1, true",
        "10.9.0.0/16, 10.10.0.1, false",
        "10.9.0.0/16, ::ffff:10.9.0.1, true",
        "10.9.0.0/16, ::10.9.0.1, false",
        "::ffff:10.9.0.0/112, 10.9.3.4, true",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.2, false",
        "10.1.2.2/31, 10.1.2.3, true",
        "128.0.0.0/1, 200.1.1.1, true",
        "128.0.0.0/1, 100.1.1.1, false",
        "0.0.0.0/0, 200.1.1.1, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "2001:db8::/33, 10.1.2.3, false",
        "::1, ::1, true",
    })
    void knowsWhichAddressesLieInABlock(String block, String address, boolean inside) {
        assertThat(Cidr.parse(block).contains(Cidr.address(address))).isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.9.1.0/16 | \"10.9.1.0/16\" has bits beyond its prefix (did you mean 10.9.0.0/16?)",
                "10.9.0.0/33 | \"10.9.0.0/33\": the prefix is not a number of bits (expected: 0-32)",
                "10.9.0.0/x | \"10.9.0.0/x\": the prefix is not a number of bits (expected: 0-32)",
                "10.9.0.0/ | \"10.9.0.0/\": the prefix is not a number of bits (expected: 0-32)",
                "localhost | \"localhost\" is not a network (expected: an address such as 10.1.2.3 or 10.1.0.0/16)",
                "010.1.2.3 | \"010.1.2.3\" is not a network (expected: an address such as 10.1.2.3 or 10.1.0.0/16)",
                "fe80::1%lo | \"fe80::1%lo\" is not a network (expected: an address such as 10.1.2.3 or 10.1.0.0/16)",
            })
    void tellsWhatIsNoBlock(String text, String words) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text)).withMessage(words);
    }

    @Test
    void findsThePartnerOfTheNarrowestNetwork() {
        Partners partners =
                Partners.of(List.of(partner("wide", "10.0.0.0/8"), partner("narrow", "10.9.0.0/16", "::1")));

        assertThat(partners.find(Cidr.address("10.9.1.1"))).map(Partner::name).contains("narrow");
        assertThat(partners.find(Cidr.address("10.8.1.1"))).map(Partner::name).contains("wide");
        assertThat(partners.find(Cidr.address("::1"))).map(Partner::name).contains("narrow");
        assertThat(partners.find(Cidr.address("11.0.0.1"))).isEmpty();
        assertThat(partners.byName("wide")).isPresent();
        assertThat(partners.byName("none")).isEmpty();
    }

    @Test
    void refusesOneNetworkOfTwoPartners() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Partners.of(List.of(partner("a", "10.0.0.0/8"), partner("b", "10.0.0.0/8"))))
                .withMessage("10.0.0.0/8 is a network of partner \"a\" and of \"b\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Partners.of(List.of(partner("a", "10.0.0.0/8"), partner("a", "11.0.0.0/8"))))
                .withMessage("two partners are called \"a\"");
    }

    @Test
    void speaksForItsDomainsOnly() {
        Partner campus = partner("campus", "10.0.0.0/8");
        Partner trunk = new Partner("trunk", Set.of("*"), campus.from(), campus.route(), true);

        assertThat(campus.includes("campus.example")).isTrue();
        assertThat(campus.includes("other.example")).isFalse();
        assertThat(trunk.includes("other.example")).isTrue();
    }

    private static Partner partner(String name, String... from) {
        return new Partner(
                name,
                Set.of("campus.example"),
                List.of(from).stream().map(Cidr::parse).toList(),
                SipUri.parse("sip:proxy.campus.example"),
                true);
    }
}
