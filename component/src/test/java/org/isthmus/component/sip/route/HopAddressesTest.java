package org.isthmus.component.sip.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.isthmus.component.sip.Limits;
import org.isthmus.component.sip.ManualTimers;
import org.isthmus.component.sip.SipLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HopAddressesTest {

    private final ManualTimers clock = new ManualTimers();
    private final ExecutorService lookupIo = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void stop() {
        lookupIo.shutdownNow();
    }

    private HopAddresses addresses(SipLimits limits, HopAddresses.Lookup lookup) {
        return new HopAddresses(
                host -> {
                    asked.incrementAndGet();
                    return lookup.all(host);
                },
                lookupIo,
                limits,
                clock);
    }

    @Test
    void aNameIsAskedForOnceInHalfAMinute() throws Exception {
        List<InetAddress> found = List.of(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("2001:db8::1"));
        HopAddresses addresses = addresses(SipLimits.DEFAULTS, host -> found);
        assertThat(addresses.of("proxy.example")).isEqualTo(found);
        assertThat(addresses.of("proxy.example")).isEqualTo(found);
        assertThat(asked).hasValue(1);
        clock.advance(Duration.ofSeconds(31));
        addresses.of("proxy.example");
        assertThat(asked).hasValue(2);
    }

    @Test
    void anAddressIsNotAskedFor() throws Exception {
        HopAddresses addresses = addresses(SipLimits.DEFAULTS, host -> List.of());
        assertThat(addresses.of("192.0.2.7")).containsExactly(InetAddress.getByName("192.0.2.7"));
        assertThat(addresses.of("[2001:db8::7]")).containsExactly(InetAddress.getByName("2001:db8::7"));
        assertThat(asked).hasValue(0);
    }

    @Test
    void aNameWithoutAddressIsTold() {
        HopAddresses addresses = addresses(SipLimits.DEFAULTS, host -> {
            throw new UnknownHostException(host);
        });
        assertThatThrownBy(() -> addresses.of("nowhere.example"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("no address for nowhere.example");
    }

    @Test
    void aResolverThatHangsIsGivenUpAndHoldsOneThreadOnly() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        HopAddresses addresses = addresses(Limits.with(Map.of("lookup", Duration.ofMillis(100))), host -> {
            try {
                hanging.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            return List.of(InetAddress.getByName("192.0.2.1"));
        });
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> addresses.of("slow.example"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("slow.example was not resolved in");
        }
        assertThat(asked).hasValue(1);
        hanging.countDown();
    }
}
