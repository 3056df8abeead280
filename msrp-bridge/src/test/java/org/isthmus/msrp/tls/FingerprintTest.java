package org.isthmus.msrp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {

    @TempDir
    static Path folder;

    @Test
    void namesOneCertificateByEveryAlgorithm() throws Exception {
        KeyStore one = Certificates.selfSigned(folder, "one", "dns:one.lab");
        KeyStore two = Certificates.selfSigned(folder, "two", "dns:two.lab");
        for (String algorithm : new String[] {"sha-1", "sha-256", "sha-384", "sha-512"}) {
            Fingerprint print = Fingerprint.of(Certificates.certificate(one), algorithm);
            assertThat(print.matches(Certificates.certificate(one))).isTrue();
            assertThat(print.matches(Certificates.certificate(two))).isFalse();
            assertThat(Fingerprint.parse(print.toString())).isEqualTo(print);
            assertThat(Fingerprint.parse(print.toString().toLowerCase())).isEqualTo(print);
        }
    }

    @Test
    void readsWhatRfc4975Prints() {
        assertThat(Fingerprint.parse("SHA-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB"))
                .hasToString("sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB");
    }

    @Test
    void weakOrBrokenFingerprintsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fingerprint.parse("md5 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF"));
        assertThatIllegalArgumentException().isThrownBy(() -> Fingerprint.parse("sha-1 4A:AD"));
        assertThatIllegalArgumentException().isThrownBy(() -> Fingerprint.parse("sha-256"));
        Random random = new Random(1);
        String good = "sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB";
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder(good);
            text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
            try {
                Fingerprint.parse(text.toString());
            } catch (IllegalArgumentException expected) {
                assertThat(expected.getMessage()).contains("fingerprint");
            }
        }
    }
}
