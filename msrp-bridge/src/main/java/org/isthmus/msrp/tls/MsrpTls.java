package org.isthmus.msrp.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Our side of TLS: certificate, trust store, versions. TLS 1.3 and 1.2 only, with forward secrecy and authenticated
 * encryption (RFC 8996, RFC 9325 §4.2); the suite that RFC 4975 §14.2 names is not among them. Any thread.
 */
public final class MsrpTls {

    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
    private static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");

    private final X509Certificate certificate;
    private final SslContext server;
    private final PrivateKey key;
    private final X509Certificate[] chain;
    private final X509ExtendedTrustManager trust;
    private final List<String> protocols;
    private final Duration handshakeTimeout;

    /**
     * @param key of our certificate
     * @param chain our certificate first
     * @param trustStore of certification authorities, or null for those of the Java installation
     * @throws GeneralSecurityException when key, chain or trust store cannot be used
     */
    public MsrpTls(
            PrivateKey key, List<X509Certificate> chain, @Nullable KeyStore trustStore, Duration handshakeTimeout)
            throws GeneralSecurityException {
        this(key, chain, trustStore, handshakeTimeout, PROTOCOLS);
    }

    /** @param protocols a part of TLSv1.3 and TLSv1.2 */
    public MsrpTls(
            PrivateKey key,
            List<X509Certificate> chain,
            @Nullable KeyStore trustStore,
            Duration handshakeTimeout,
            List<String> protocols)
            throws GeneralSecurityException {
        if (!PROTOCOLS.containsAll(protocols) || protocols.isEmpty()) {
            throw new IllegalArgumentException("protocols: " + protocols + " (expected: some of " + PROTOCOLS + ")");
        }
        this.key = key;
        this.chain = chain.toArray(X509Certificate[]::new);
        this.certificate = chain.get(0);
        this.protocols = List.copyOf(protocols);
        this.handshakeTimeout = handshakeTimeout;
        this.trust = trustManager(trustStore);
        try {
            // Who the client is, is decided when a request names the session; the handshake takes any certificate.
            this.server = SslContextBuilder.forServer(key, this.chain)
                    .sslProvider(SslProvider.JDK)
                    .protocols(protocols)
                    .ciphers(SUITES, io.netty.handler.ssl.SupportedCipherSuiteFilter.INSTANCE)
                    .clientAuth(ClientAuth.OPTIONAL)
                    .trustManager(new AnyCertificate())
                    .build();
        } catch (SSLException e) {
            throw new GeneralSecurityException("TLS for accepted connections cannot be set up", e);
        }
    }

    /** From a PKCS#12 or JKS store that holds one key. */
    public static MsrpTls of(KeyStore keys, char[] password, @Nullable KeyStore trustStore, Duration handshakeTimeout)
            throws GeneralSecurityException {
        for (var alias : java.util.Collections.list(keys.aliases())) {
            if (keys.getKey(alias, password) instanceof PrivateKey found) {
                List<X509Certificate> chain = Arrays.stream(keys.getCertificateChain(alias))
                        .map(X509Certificate.class::cast)
                        .toList();
                return new MsrpTls(found, chain, trustStore, handshakeTimeout);
            }
        }
        throw new GeneralSecurityException("key store: no private key");
    }

    /** What goes into {@code a=fingerprint} of our session descriptions. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(certificate);
    }

    /** For a connection that was accepted. */
    public SslHandler serverHandler(ByteBufAllocator allocator) {
        SslHandler handler = server.newHandler(allocator);
        handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        return handler;
    }

    /**
     * For a connection that we open.
     *
     * @param host of the peer's URI: sent as SNI and, for {@link PeerVerification.ByTrustStore}, compared with the
     *     certificate
     */
    public SslHandler clientHandler(ByteBufAllocator allocator, String host, int port, PeerVerification verification)
            throws SSLException {
        boolean byName = verification instanceof PeerVerification.ByTrustStore;
        TrustManager manager = verification instanceof PeerVerification.ByFingerprint known
                ? new ThisCertificate(known)
                : byName ? trust : new AnyCertificate();
        SslContext client = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols(protocols)
                .ciphers(SUITES, io.netty.handler.ssl.SupportedCipherSuiteFilter.INSTANCE)
                .keyManager(key, chain)
                .trustManager(manager)
                .endpointIdentificationAlgorithm(byName ? "HTTPS" : null)
                .build();
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        SslHandler handler = client.newHandler(allocator, name, port);
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(byName ? "HTTPS" : "");
        handler.engine().setSSLParameters(parameters);
        handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        return handler;
    }

    private static X509ExtendedTrustManager trustManager(@Nullable KeyStore trustStore)
            throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trustStore);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("trust store: no X.509 trust manager");
    }

    /** Takes every certificate: where the check comes later, or where an operator wrote "unverified". */
    private static class AnyCertificate extends X509ExtendedTrustManager {

        void check(X509Certificate[] shown) throws CertificateException {
            if (shown.length == 0) {
                throw new CertificateException("no certificate");
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type, Socket socket)
                throws CertificateException {
            check(shown);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type, Socket socket)
                throws CertificateException {
            check(shown);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type, SSLEngine engine)
                throws CertificateException {
            check(shown);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type, SSLEngine engine)
                throws CertificateException {
            check(shown);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type) throws CertificateException {
            check(shown);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type) throws CertificateException {
            check(shown);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Takes the certificate with the fingerprint, whoever signed it. */
    private static final class ThisCertificate extends AnyCertificate {

        private final PeerVerification.ByFingerprint known;

        ThisCertificate(PeerVerification.ByFingerprint known) {
            this.known = known;
        }

        @Override
        void check(X509Certificate[] shown) throws CertificateException {
            super.check(shown);
            if (!known.matches(shown[0])) {
                throw new CertificateException("the certificate has another fingerprint");
            }
        }
    }
}
