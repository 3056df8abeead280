package org.isthmus.translation.presence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.isthmus.mappings.JidSyntaxException;
import org.isthmus.mappings.Jids;
import org.isthmus.mappings.SipUri;
import org.isthmus.mappings.SipUriSyntaxException;
import org.isthmus.translation.pidf.PidfTuple;
import org.isthmus.translation.pidf.TupleId;
import org.xmpp.packet.JID;

/**
 * Under which resource each device of a SIP user is known to XMPP, as a value that goes from document to document.
 *
 * <p>A device is known by the {@code gr} of its contact, else by a tuple id that was made from a resource (RFC 8048 §6.2),
 * else by its contact, else by its tuple id. Publishers change tuple ids as they like: a tuple that is known by nothing
 * else takes over the name of one that has just gone, so that a device stays one device.
 *
 * @param names what a device is known by, to its resource
 */
public record DeviceNames(Map<String, String> names) {

    /** No device is known yet. */
    public static final DeviceNames NONE = new DeviceNames(Map.of());

    /** More devices than anybody has; beyond them a document's tuples share the last name. */
    private static final int MAX_DEVICES = 50;

    public DeviceNames {
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
    }

    /**
     * Names for all tuples of a document.
     *
     * @param resources for each tuple, in order; empty for one that has nothing to be known by
     * @param next to be kept for the next document
     */
    record Named(List<Optional<String>> resources, DeviceNames next) {}

    Named name(List<PidfTuple> tuples, JID contact, String aorHost) {
        Map<String, String> now = new LinkedHashMap<>();
        List<Optional<String>> keys =
                tuples.stream().map(tuple -> key(tuple, contact, aorHost)).toList();
        keys.forEach(key -> key.filter(names::containsKey).ifPresent(known -> now.put(known, name(known))));
        for (int i = 0; i < tuples.size(); i++) {
            Optional<String> key = keys.get(i);
            if (key.isPresent() && !now.containsKey(key.get()) && now.size() < MAX_DEVICES) {
                now.put(key.get(), newName(key.get(), now, contact));
            }
        }
        List<Optional<String>> resources = keys.stream()
                .map(key -> key.map(known -> now.getOrDefault(known, "sip")))
                .toList();
        return new Named(resources, new DeviceNames(now));
    }

    private String name(String key) {
        return names.getOrDefault(key, "sip");
    }

    private String newName(String key, Map<String, String> now, JID contact) {
        Set<String> taken = new HashSet<>(now.values());
        if (key.startsWith("id:")) {
            for (Map.Entry<String, String> before : names.entrySet()) {
                if (before.getKey().startsWith("id:")
                        && !now.containsKey(before.getKey())
                        && taken.add(before.getValue())) {
                    return before.getValue();
                }
            }
        }
        String value = key.substring(key.indexOf(':') + 1);
        String wanted = key.startsWith("at:") ? "sip-" + digest(value) : resource(value, contact);
        return taken.contains(wanted) ? "sip-" + digest(key) : wanted;
    }

    /** What a tuple is known by: the kind, a colon, the value. */
    private static Optional<String> key(PidfTuple tuple, JID contact, String aorHost) {
        Optional<SipUri> uri = tuple.contact().flatMap(DeviceNames::uri);
        Optional<String> gr = uri.flatMap(SipUri::gr).map(name -> "gr:" + name);
        Optional<String> encoded = tuple.id().flatMap(TupleId::resource).map(name -> "gr:" + name);
        Optional<String> address = uri.filter(found -> isDevice(found, contact, aorHost))
                .map(found -> "at:" + found.user().orElse("") + "@" + found.host() + ":" + found.port());
        return gr.or(() -> encoded).or(() -> address).or(() -> tuple.id().map(id -> "id:" + id));
    }

    /** A contact at the user's own domain names the user, not a device. */
    private static boolean isDevice(SipUri uri, JID contact, String aorHost) {
        String host = uri.host().toLowerCase(Locale.ROOT);
        return !host.equals(aorHost)
                && !host.equals(contact.getDomain())
                && !uri.scheme().equals("im");
    }

    private static Optional<SipUri> uri(String contact) {
        try {
            return Optional.of(SipUri.parse(contact));
        } catch (SipUriSyntaxException otherScheme) {
            return Optional.empty();
        }
    }

    /** The name as a resource; one that cannot be one gets another that stays the same. */
    private static String resource(String name, JID contact) {
        try {
            String prepared =
                    Jids.of(contact.getNode(), contact.getDomain(), name).getResource();
            return prepared == null || prepared.isBlank() ? "sip-" + digest(name) : prepared;
        } catch (JidSyntaxException unfit) {
            return "sip-" + digest(name);
        }
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
