package org.isthmus.bytestream.si;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.isthmus.bytestream.StreamMethod;

/**
 * An offer of a file (XEP-0095 §3.2).
 *
 * @param id becomes the sid of the stream; never used twice towards one receiver (§5.2)
 * @param mimeType as stated; the default is {@code application/octet-stream}
 * @param methods namespaces of the methods in the order of the options, those unknown to this library included
 */
public record SiOffer(String id, Optional<String> mimeType, SiFile file, List<String> methods) {

    public SiOffer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(mimeType, "mimeType");
        Objects.requireNonNull(file, "file");
        methods = List.copyOf(methods);
    }

    /** An offer of ours. */
    public static SiOffer of(String id, Optional<String> mimeType, SiFile file, List<StreamMethod> methods) {
        return new SiOffer(
                id,
                mimeType,
                file,
                methods.stream().map(StreamMethod::namespace).toList());
    }

    /** The offered methods that we speak and permit, best first, whatever the order of the options (XEP-0096 §3.1). */
    public List<StreamMethod> usable(Collection<StreamMethod> permitted) {
        List<StreamMethod> usable = new ArrayList<>();
        for (StreamMethod method : StreamMethod.values()) {
            if (permitted.contains(method) && methods.contains(method.namespace())) {
                usable.add(method);
            }
        }
        return usable;
    }
}
