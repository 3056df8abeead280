package org.isthmus.component.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.isthmus.component.sip.auth.Credentials.Login;
import org.junit.jupiter.api.Test;

/** The examples of RFC 2617 §3.5 and RFC 7616 §3.9.1. */
class DigestAnswerTest {

    private static DigestChallenge challenge(
            String realm, String nonce, Optional<String> opaque, Optional<String> algorithm, boolean qop) {
        return new DigestChallenge("Authorization", realm, nonce, opaque, algorithm, qop, false);
    }

    @Test
    void md5WithoutNamingIt() {
        assertThat(DigestAnswer.line(
                        challenge(
                                "testrealm@host.com",
                                "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                                Optional.of("5ccc069c403ebaf9f0171e9517f40e41"),
                                Optional.empty(),
                                true),
                        new Login("Mufasa", "Circle Of Life"),
                        "GET",
                        "/dir/index.html",
                        "0a4f113b"))
                .isEqualTo("Authorization: Digest username=\"Mufasa\", realm=\"testrealm@host.com\","
                        + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\","
                        + " response=\"6629fae49393a05397450978507c4ef1\","
                        + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\", qop=auth, nc=00000001, cnonce=\"0a4f113b\"");
    }

    @Test
    void sha256AndMd5ByName() {
        for (String[] each : new String[][] {
            {"SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"},
            {"MD5", "8ca523f5e9506fed4657c9700eebdbec"}
        }) {
            assertThat(DigestAnswer.line(
                            challenge(
                                    "http-auth@example.org",
                                    "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                                    Optional.of("FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"),
                                    Optional.of(each[0]),
                                    true),
                            new Login("Mufasa", "Circle of Life"),
                            "GET",
                            "/dir/index.html",
                            "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"))
                    .contains("algorithm=" + each[0], "response=\"" + each[1] + "\"");
        }
    }

    @Test
    void withoutQopTheOldFormIsUsed() {
        assertThat(DigestAnswer.line(
                        challenge("r", "n", Optional.empty(), Optional.empty(), false),
                        new Login("u\"x", "p"),
                        "MESSAGE",
                        "sip:a@b",
                        "c"))
                .startsWith("Authorization: Digest username=\"u\\\"x\", realm=\"r\"")
                .doesNotContain("cnonce", "qop", "nc=");
    }

    @Test
    void theSecretIsNotPrinted() {
        assertThat(new Login("u", "secret").toString()).doesNotContain("secret");
    }
}
