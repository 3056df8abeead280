package org.isthmus.msrp.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Self-signed certificates, made by the keytool of the running Java. */
public final class Certificates {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private Certificates() {}

    /**
     * A key store with one key.
     *
     * @param san such as {@code dns:localhost,ip:127.0.0.1}
     */
    public static KeyStore selfSigned(Path folder, String name, String san) throws Exception {
        Path file = folder.resolve(name + ".p12");
        if (!Files.exists(file)) {
            Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
            List<String> command = List.of(
                    keytool.toString(),
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=" + name,
                    "-ext",
                    "SAN=" + san,
                    "-validity",
                    "30",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    new String(PASSWORD));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool: " + said);
            }
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    /** A trust store with the certificates of the given stores. */
    public static KeyStore trusting(KeyStore... stores) throws GeneralSecurityException, IOException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        for (KeyStore store : stores) {
            String alias = store.aliases().nextElement();
            trust.setCertificateEntry(alias, store.getCertificate(alias));
        }
        return trust;
    }

    public static MsrpTls tls(KeyStore own, KeyStore trust) throws GeneralSecurityException {
        return MsrpTls.of(own, PASSWORD, trust, Duration.ofSeconds(10));
    }

    public static MsrpTls tls(KeyStore own, KeyStore trust, String protocol) throws GeneralSecurityException {
        String alias = own.aliases().nextElement();
        return new MsrpTls(
                (java.security.PrivateKey) own.getKey(alias, PASSWORD),
                List.of(certificate(own)),
                trust,
                Duration.ofSeconds(10),
                List.of(protocol));
    }

    public static X509Certificate certificate(KeyStore store) throws GeneralSecurityException {
        return (X509Certificate) store.getCertificate(store.aliases().nextElement());
    }

    public static char[] password() {
        return PASSWORD.clone();
    }
}
