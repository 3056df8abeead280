package org.isthmus.component.xmpp.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.isthmus.component.xmpp.service.DiscoInfo.Field;
import org.isthmus.component.xmpp.service.DiscoInfo.Form;
import org.isthmus.component.xmpp.service.DiscoInfo.Identity;
import org.isthmus.component.xmpp.service.DiscoInfo.Received;
import org.isthmus.component.xmpp.service.DiscoInfo.ReceivedForm;
import org.isthmus.translation.xml.XmlElement;

/** Verification strings (XEP-0115 §5). */
public final class CapsVer {

    /** Whether a received answer is what its hash promised (XEP-0115 §5.4). */
    public enum Verdict {
        /** May be kept for everybody who shows the same hash. */
        VERIFIED,
        /** Another hash; good for the one who answered, for nobody else. */
        OTHER_HASH,
        /** Ill-formed or ambiguous; not to be kept. */
        NOT_TRUSTWORTHY
    }

    private CapsVer() {}

    /** The value of {@code ver} for what an entity says of itself, with SHA-1. */
    public static String of(DiscoInfo info) {
        return hash(text(info.identities(), info.features(), info.forms()));
    }

    /**
     * Judges a received disco#info.
     *
     * @param query the query element of the answer
     * @param ver what the presence of the entity said, with hash sha-1
     */
    public static Verdict verify(XmlElement query, String ver) {
        Received received = DiscoInfo.read(query);
        if (!wellFormed(received)) {
            return Verdict.NOT_TRUSTWORTHY;
        }
        List<Form> forms = new ArrayList<>();
        for (ReceivedForm form : received.forms()) {
            // §5.4 3.6: a form without a hidden FORM_TYPE is not part of the string.
            if (form.hidden() && !form.types().isEmpty()) {
                forms.add(new Form(form.types().get(0), form.fields()));
            }
        }
        String computed = hash(text(received.identities(), received.features(), forms));
        return computed.equals(ver) ? Verdict.VERIFIED : Verdict.OTHER_HASH;
    }

    private static boolean wellFormed(Received received) {
        Set<String> formTypes = new HashSet<>();
        for (ReceivedForm form : received.forms()) {
            boolean single = new HashSet<>(form.types()).size() <= 1;
            if (!single
                    || (!form.types().isEmpty() && !formTypes.add(form.types().get(0)))) {
                return false;
            }
        }
        return distinct(received.identities())
                && distinct(received.features())
                && !text(received.identities(), received.features(), List.of(), "")
                        .contains("<")
                && received.forms().stream().noneMatch(CapsVer::ambiguous);
    }

    /** §9.2: a separator inside a value could make two different answers one string. */
    private static boolean ambiguous(ReceivedForm form) {
        return form.types().stream().anyMatch(type -> type.contains("<"))
                || form.fields().stream()
                        .anyMatch(field -> field.name().contains("<")
                                || field.values().stream().anyMatch(value -> value.contains("<")));
    }

    private static boolean distinct(List<?> values) {
        return new HashSet<>(values).size() == values.size();
    }

    /** The string S (XEP-0115 §5.1). */
    static String text(List<Identity> identities, List<String> features, List<Form> forms) {
        return text(identities, features, forms, "<");
    }

    private static String text(List<Identity> identities, List<String> features, List<Form> forms, String separator) {
        StringBuilder s = new StringBuilder();
        identities.stream()
                .map(Identity::verified)
                .sorted(DiscoInfo.OCTET_ORDER)
                .forEach(identity -> s.append(identity).append(separator));
        features.stream()
                .sorted(DiscoInfo.OCTET_ORDER)
                .forEach(feature -> s.append(feature).append(separator));
        forms.stream()
                .sorted(Comparator.comparing(Form::formType, DiscoInfo.OCTET_ORDER))
                .forEach(form -> {
                    s.append(form.formType()).append(separator);
                    form.fields().stream()
                            .sorted(Comparator.comparing(Field::name, DiscoInfo.OCTET_ORDER))
                            .forEach(field -> {
                                s.append(field.name()).append(separator);
                                field.values().stream()
                                        .sorted(DiscoInfo.OCTET_ORDER)
                                        .forEach(value -> s.append(value).append(separator));
                            });
                });
        return s.toString();
    }

    /** Base64 of SHA-1 over the octets of S. */
    static String hash(String s) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(s.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }
}
