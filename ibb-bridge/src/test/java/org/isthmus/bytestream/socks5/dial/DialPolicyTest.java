package org.isthmus.bytestream.socks5.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialPolicyTest {

    private static final DialPolicy HOSPITAL =
            DialPolicy.within(List.of(IpNetwork.parse("10.0.0.0/8"), IpNetwork.parse("2001:db8::/32")));
    private static final DialPolicy EVERYWHERE =
            new DialPolicy(List.of(IpNetwork.parse("0.0.0.0/0"), IpNetwork.parse("::/0")), 1);

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "10.255.255.255", "2001:db8::1", "::ffff:10.1.2.3"})
    void allowedNetworksMayBeDialled(String address) {
        assertThat(HOSPITAL.permits(address(address), 7777)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "::1", "192.168.1.1", "11.0.0.1", "8.8.8.8", "2001:db9::1", "::ffff:127.0.0.1"})
    void everythingElseMayNot(String address) {
        assertThat(HOSPITAL.permits(address(address), 7777)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "169.254.1.1",
                "224.0.0.1",
                "239.255.255.255",
                "255.255.255.255",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "::",
                "::a01:203",
                "fe80::1",
                "ff02::1",
                "fd00:ec2::254",
                "2002:a00:1::1",
                "2001:0:4136:e378::1",
                "64:ff9b::7f00:1",
                "::ffff:169.254.169.254"
            })
    void someMayNeverBeDialledWhateverTheListSays(String address) {
        assertThat(EVERYWHERE.permits(address(address), 7777)).isFalse();
        assertThat(EVERYWHERE.permitsProxy(address(address))).isFalse();
    }

    @Test
    void portsOfOtherServicesMayNot() {
        assertThat(HOSPITAL.permits(address("10.1.2.3"), 1023)).isFalse();
        assertThat(HOSPITAL.permits(address("10.1.2.3"), 1024)).isTrue();
    }

    @Test
    void loopbackIsForTestsAndForOnesOwnProxy() {
        DialPolicy tests = DialPolicy.within(List.of(IpNetwork.parse("127.0.0.0/8"), IpNetwork.parse("::1")));
        assertThat(tests.permits(address("127.0.0.1"), 7777)).isTrue();
        assertThat(tests.permits(address("::1"), 7777)).isTrue();
        assertThat(HOSPITAL.permitsProxy(address("127.0.0.1"))).isTrue();
        assertThat(HOSPITAL.permitsProxy(address("203.0.113.9"))).isTrue();
    }

    @Test
    void anEmptyListAllowsNothing() {
        assertThat(DialPolicy.within(List.of()).permits(address("10.1.2.3"), 7777))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/9, 10.128.0.1, false",
        "10.0.0.0/9, 10.127.255.255, true",
        "192.168.1.7, 192.168.1.7, true",
        "192.168.1.7, 192.168.1.6, false",
        "0.0.0.0/0, 2001:db8::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false"
    })
    void aNetworkContainsWhatSharesItsPrefix(String network, String address, boolean contains) {
        assertThat(IpNetwork.parse(network).contains(address(address))).isEqualTo(contains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0/33", "10.0.0.0/-1", "host.example/8", "10.0.0.0/", "fe80::1%eth0/64", "10.0.0/8x"})
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> IpNetwork.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ownNetworksHaveNoLoopbackAndNoLinkLocal() throws SocketException {
        assertThat(OwnNetworks.find())
                .noneMatch(network -> network.contains(address("127.0.0.1"))
                        || network.contains(address("::1"))
                        || network.contains(address("fe80::1")));
    }

    @Test
    void anAddressAsTextIsNotLookedUp() {
        List<Runnable> lookups = new ArrayList<>();
        List<List<InetAddress>> found = new ArrayList<>();
        HostResolver resolver = HostResolver.platform(lookups::add);
        resolver.resolve("10.1.2.3", found::add);
        resolver.resolve("[2001:db8::1]", found::add);
        resolver.resolve("fe80::1%eth0", found::add);
        assertThat(lookups).isEmpty();
        assertThat(found.get(0)).containsExactly(address("10.1.2.3"));
        assertThat(found.get(1)).containsExactly(address("2001:db8::1"));
        assertThat(found.get(2)).isEmpty();
        resolver.resolve("localhost", found::add);
        assertThat(lookups).hasSize(1);
        lookups.get(0).run();
        assertThat(found.get(3)).allMatch(InetAddress::isLoopbackAddress).isNotEmpty();
    }

    private static InetAddress address(String text) {
        return Addresses.literal(text).orElseThrow();
    }
}
