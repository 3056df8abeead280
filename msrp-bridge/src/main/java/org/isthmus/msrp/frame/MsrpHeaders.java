package org.isthmus.msrp.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The header section of a frame without its paths, immutable. The fields of RFC 4975 §9 are typed; all others are kept
 * in their order, with the names as written, and found without regard to case.
 */
public final class MsrpHeaders {

    /** No header field at all. */
    public static final MsrpHeaders NONE = builder().build();

    private static final String CONTENT_TYPE = "Content-Type";

    private final @Nullable String messageId;
    private final @Nullable Boolean successReport;
    private final @Nullable FailureReport failureReport;
    private final @Nullable ByteRange byteRange;
    private final @Nullable ReportStatus status;
    private final @Nullable String contentType;
    private final List<Field> others;

    /**
     * A header field that this codec gives no type.
     *
     * @param name as written; a token
     * @param value without leading and trailing white space
     */
    public record Field(String name, String value) {

        public Field {
            requireToken(name);
            requireText(name, value);
        }

        boolean isMime() {
            return name.regionMatches(true, 0, "Content-", 0, 8);
        }
    }

    private MsrpHeaders(Builder from) {
        this.messageId = from.messageId;
        this.successReport = from.successReport;
        this.failureReport = from.failureReport;
        this.byteRange = from.byteRange;
        this.status = from.status;
        this.contentType = from.contentType;
        this.others = from.others == null ? List.of() : List.copyOf(from.others);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder that holds what this holds. */
    public Builder toBuilder() {
        Builder copy = new Builder();
        copy.messageId = messageId;
        copy.successReport = successReport;
        copy.failureReport = failureReport;
        copy.byteRange = byteRange;
        copy.status = status;
        copy.contentType = contentType;
        copy.others = others.isEmpty() ? null : new ArrayList<>(others);
        return copy;
    }

    /** Names the message that the chunk or report belongs to. */
    public Optional<String> messageId() {
        return Optional.ofNullable(messageId);
    }

    /** The field as received; see {@link #wantsSuccessReport()} for its meaning. */
    public Optional<Boolean> successReport() {
        return Optional.ofNullable(successReport);
    }

    /** Whether the sender asked for a success REPORT; absent means no (RFC 4975 §7.1.1). */
    public boolean wantsSuccessReport() {
        return successReport != null && successReport;
    }

    /** The field as received; see {@link #effectiveFailureReport()} for its meaning. */
    public Optional<FailureReport> failureReport() {
        return Optional.ofNullable(failureReport);
    }

    /** Which answers the sender wants; absent means yes (RFC 4975 §7.1.1). */
    public FailureReport effectiveFailureReport() {
        return failureReport == null ? FailureReport.YES : failureReport;
    }

    public Optional<ByteRange> byteRange() {
        return Optional.ofNullable(byteRange);
    }

    /** Status of a REPORT. */
    public Optional<ReportStatus> status() {
        return Optional.ofNullable(status);
    }

    /** Media type of the body with its parameters, as written. */
    public Optional<String> contentType() {
        return Optional.ofNullable(contentType);
    }

    /** The fields without a type of their own here, in their order. */
    public List<Field> others() {
        return others;
    }

    /** The first other field of that name. */
    public Optional<String> other(String name) {
        for (Field field : others) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /** A path in another field, such as Use-Path (RFC 4976 §4.2). */
    public List<MsrpUri> path(String name) {
        List<MsrpUri> path = new ArrayList<>();
        for (String uri : other(name).orElse("").split(" ", -1)) {
            if (!uri.isEmpty()) {
                path.add(MsrpUri.parse(uri));
            }
        }
        return path;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        forEach((name, value) -> out.append(name).append(": ").append(value).append("\r\n"));
        return out.toString();
    }

    /** Called for every field in the order of the wire: MIME fields after the others, Content-Type last. */
    public void forEach(FieldSink sink) {
        if (messageId != null) {
            sink.field("Message-ID", messageId);
        }
        if (successReport != null) {
            sink.field("Success-Report", successReport ? "yes" : "no");
        }
        if (failureReport != null) {
            sink.field("Failure-Report", failureReport.text());
        }
        if (byteRange != null) {
            sink.field("Byte-Range", byteRange.toString());
        }
        if (status != null) {
            sink.field("Status", status.toString());
        }
        for (Field field : others) {
            if (!field.isMime()) {
                sink.field(field.name(), field.value());
            }
        }
        for (Field field : others) {
            if (field.isMime()) {
                sink.field(field.name(), field.value());
            }
        }
        if (contentType != null) {
            sink.field(CONTENT_TYPE, contentType);
        }
    }

    /** Takes one header field. */
    public interface FieldSink {
        void field(String name, String value);
    }

    private static void requireToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7f || "\"(),/:;<=>?@[\\]".indexOf(c) >= 0) {
                throw new IllegalArgumentException("header name (expected: a token)");
            }
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("header name: empty (expected: a token)");
        }
    }

    /** No line end may hide in a value: it would start a header field, or a frame, of its own. */
    private static void requireText(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                throw new IllegalArgumentException(name + ": control character at " + i + " (expected: text)");
            }
        }
    }

    /** Collects header fields; not safe for use by several threads. */
    public static final class Builder {

        private @Nullable String messageId;
        private @Nullable Boolean successReport;
        private @Nullable FailureReport failureReport;
        private @Nullable ByteRange byteRange;
        private @Nullable ReportStatus status;
        private @Nullable String contentType;
        private @Nullable List<Field> others;

        private Builder() {}

        /** The grammar of an {@code ident}: 4 to 32 letters, digits and {@code . - + % =}, the first no punctuation. */
        public Builder messageId(String id) {
            if (!isIdent(id)) {
                throw new IllegalArgumentException("Message-ID (expected: 4-32 characters of the ident grammar)");
            }
            this.messageId = id;
            return this;
        }

        /** The Message-ID of a received request octet for octet, for an answer, be it within the grammar or not. */
        public Builder messageIdOf(MsrpHeaders received) {
            this.messageId = received.messageId;
            return this;
        }

        public Builder successReport(boolean wanted) {
            this.successReport = wanted;
            return this;
        }

        public Builder failureReport(FailureReport wanted) {
            this.failureReport = wanted;
            return this;
        }

        public Builder byteRange(ByteRange range) {
            this.byteRange = range;
            return this;
        }

        public Builder status(ReportStatus value) {
            requireText("Status", value.comment());
            this.status = value;
            return this;
        }

        public Builder contentType(String mediaType) {
            requireText(CONTENT_TYPE, mediaType);
            this.contentType = mediaType;
            return this;
        }

        /** Adds a field that has no method of its own here. */
        public Builder add(String name, String value) {
            Field field = new Field(name, value);
            switch (name.toLowerCase(Locale.ROOT)) {
                case "to-path",
                        "from-path",
                        "message-id",
                        "success-report",
                        "failure-report",
                        "byte-range",
                        "status",
                        "content-type" ->
                    throw new IllegalArgumentException(name + " (expected: a field without a method of its own)");
                default -> addOther(field);
            }
            return this;
        }

        private void addOther(Field field) {
            if (others == null) {
                others = new ArrayList<>(4);
            }
            others.add(field);
        }

        /** As received: nothing but its line was checked. */
        public void receivedMessageId(String id) {
            this.messageId = id;
        }

        public MsrpHeaders build() {
            return new MsrpHeaders(this);
        }
    }

    /** The {@code ident} of RFC 4975 §9: transaction ids and Message-IDs. */
    public static boolean isIdent(String text) {
        if (text.length() < 4 || text.length() > 32) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphanumeric && (i == 0 || ".-+%=".indexOf(c) < 0)) {
                return false;
            }
        }
        return true;
    }
}
