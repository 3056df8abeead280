package org.isthmus.component.xmpp.stanza;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.isthmus.translation.error.StanzaCondition;
import org.isthmus.translation.xml.XmlName;

/**
 * Who answers which IQ: a table by the name of the payload. Immutable. What no row names is answered with {@code
 * service-unavailable} (RFC 6120 §8.4).
 */
public final class IqResponders {

    /** How long a responder may take unless its row says otherwise. Clients give up after 30 to 60 s. */
    public static final Duration PATIENCE = Duration.ofSeconds(25);

    /** What may be asked. */
    public enum Verb {
        GET,
        SET
    }

    /**
     * One row.
     *
     * @param payload the name of the child element
     * @param verbs which types are answered; others get {@code not-allowed}
     * @param targets which addresses answer; others get {@code service-unavailable}
     * @param patience after which the asker gets {@code remote-server-timeout}
     * @param features what discovery says of the targets because of this row
     */
    public record Row(
            XmlName payload,
            Set<Verb> verbs,
            Set<IqTarget> targets,
            Duration patience,
            List<String> features,
            IqResponder responder) {

        public Row {
            Objects.requireNonNull(responder, "responder");
            verbs = Set.copyOf(verbs);
            targets = Set.copyOf(targets);
            features = List.copyOf(features);
        }

        /** A row whose feature is the namespace of its payload, as for most protocols. */
        public static Row of(
                String namespace, String local, Set<Verb> verbs, Set<IqTarget> targets, IqResponder responder) {
            return new Row(new XmlName(namespace, local), verbs, targets, PATIENCE, List.of(namespace), responder);
        }
    }

    private final Map<XmlName, Row> rows = new HashMap<>();

    /** @throws IllegalArgumentException when two rows answer the same payload */
    public IqResponders(List<Row> rows) {
        for (Row row : rows) {
            if (this.rows.put(row.payload(), row) != null) {
                throw new IllegalArgumentException("two responders for " + row.payload());
            }
        }
    }

    /** The row for a payload. */
    Optional<Row> find(XmlName payload) {
        return Optional.ofNullable(rows.get(payload));
    }

    /** Why this row does not answer this request; empty when it does. */
    static Optional<StanzaCondition> refusal(Row row, IqRequest request) {
        if (!row.targets().contains(request.target())) {
            return Optional.of(StanzaCondition.SERVICE_UNAVAILABLE);
        }
        if (!row.verbs().contains(request.set() ? Verb.SET : Verb.GET)) {
            return Optional.of(StanzaCondition.NOT_ALLOWED);
        }
        return Optional.empty();
    }

    /** The features of rows that answer at such an address, in no order. */
    public static List<String> features(List<Row> rows, IqTarget target) {
        List<String> features = new ArrayList<>();
        for (Row row : rows) {
            if (row.targets().contains(target)) {
                features.addAll(row.features());
            }
        }
        return features;
    }
}
