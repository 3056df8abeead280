package org.isthmus.component.xmpp.stream;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import javax.net.ssl.SSLException;

/** Client side of TLS for links: TLS 1.2 and 1.3, the certificate checked against its issuers and the host's name. */
public final class LinkTls {

    private LinkTls() {}

    /**
     * A context that trusts the platform's issuers.
     *
     * @throws SSLException when the platform has no usable TLS
     */
    public static SslContext platform() throws SSLException {
        return build(SslContextBuilder.forClient());
    }

    /**
     * A context that trusts these issuers, or this one self-signed certificate, only.
     *
     * @param certificates PEM
     * @throws SSLException when they cannot be read
     */
    public static SslContext trusting(InputStream certificates) throws SSLException {
        return build(SslContextBuilder.forClient().trustManager(certificates));
    }

    private static SslContext build(SslContextBuilder builder) throws SSLException {
        return builder.protocols("TLSv1.3", "TLSv1.2")
                .endpointIdentificationAlgorithm("HTTPS")
                .build();
    }
}
