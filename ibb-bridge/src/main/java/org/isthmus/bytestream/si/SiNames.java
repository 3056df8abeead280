package org.isthmus.bytestream.si;

import java.util.List;
import java.util.Set;
import org.dom4j.Namespace;
import org.dom4j.QName;
import org.isthmus.bytestream.StreamMethod;

/** The names of stream initiation. */
public final class SiNames {

    /** XEP-0095. */
    public static final String SI = "http://jabber.org/protocol/si";

    /** The file transfer profile, XEP-0096. */
    public static final String FILE_TRANSFER = "http://jabber.org/protocol/si/profile/file-transfer";

    /** What an entity announces that can receive files (XEP-0095 §3.1, XEP-0096 §3.1). */
    public static final List<String> FEATURES =
            List.of(SI, FILE_TRANSFER, StreamMethod.SOCKS5.namespace(), StreamMethod.IBB.namespace());

    private static final Namespace SI_NS = new Namespace("", SI);
    private static final Namespace FILE_NS = new Namespace("", FILE_TRANSFER);
    private static final Namespace FEATURE_NS = new Namespace("", "http://jabber.org/protocol/feature-neg");
    private static final Namespace DATA_NS = new Namespace("", "jabber:x:data");

    static final QName SI_ELEMENT = new QName("si", SI_NS);
    static final QName FILE = new QName("file", FILE_NS);
    static final QName DESC = new QName("desc", FILE_NS);
    static final QName RANGE = new QName("range", FILE_NS);
    static final QName FEATURE = new QName("feature", FEATURE_NS);
    static final QName FORM = new QName("x", DATA_NS);
    static final QName FIELD = new QName("field", DATA_NS);
    static final QName OPTION = new QName("option", DATA_NS);
    static final QName VALUE = new QName("value", DATA_NS);
    static final String STREAM_METHOD = "stream-method";

    private SiNames() {}

    /** Whether an entity with these disco features may be offered a file. */
    public static boolean canReceiveFiles(Set<String> features) {
        return features.contains(SI) && features.contains(FILE_TRANSFER);
    }
}
