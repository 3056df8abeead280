package org.isthmus.msrp.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.isthmus.msrp.frame.FailureReport;
import org.isthmus.msrp.frame.MsrpHeaders;
import org.isthmus.msrp.transaction.Priority;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent, beside its octets. Immutable.
 *
 * @param contentType media type of the message
 * @param messageId given when a message is sent again after its session was lost (RFC 4975 §5.4), else chosen
 * @param size octets of the message; a peer that shows files wants it (COMPAT python3-msrplib: a file of unknown size
 *     is "incomplete" there)
 * @param successReport whether the peer is asked to confirm the whole message
 * @param failureReport which answers are asked for
 * @param priority before which other messages of the connection it goes
 * @param chunkOctets body of one chunk: 0 for the whole message in one SEND, absent for the session's default
 * @param reportWait how long the success REPORT is awaited after everything was accepted
 * @param progressEvery the listener hears of progress each time so many octets were sent or confirmed
 * @param headers further header fields, such as Content-Disposition
 */
public record SendRequest(
        String contentType,
        Optional<String> messageId,
        OptionalLong size,
        boolean successReport,
        FailureReport failureReport,
        Priority priority,
        OptionalInt chunkOctets,
        Duration reportWait,
        long progressEvery,
        List<MsrpHeaders.Field> headers) {

    public SendRequest {
        headers = List.copyOf(headers);
        if (size.isPresent() && size.getAsLong() < 0) {
            throw new IllegalArgumentException("size: " + size.getAsLong() + " (expected: 0 or more)");
        }
        if (chunkOctets.isPresent() && chunkOctets.getAsInt() < 0) {
            throw new IllegalArgumentException("chunkOctets: " + chunkOctets.getAsInt() + " (expected: 0 or more)");
        }
        if (progressEvery < 1) {
            throw new IllegalArgumentException("progressEvery: " + progressEvery + " (expected: 1 or more)");
        }
    }

    /** A message of that type: no success REPORT, every failure told, normal priority, progress each 256 KiB. */
    public static Builder of(String contentType) {
        return new Builder(contentType);
    }

    /** The header section that all its chunks share. */
    MsrpHeaders toHeaders(String id) {
        MsrpHeaders.Builder all = MsrpHeaders.builder().messageId(id).contentType(contentType);
        if (successReport) {
            all.successReport(true);
        }
        if (failureReport != FailureReport.YES) {
            all.failureReport(failureReport);
        }
        headers.forEach(field -> all.add(field.name(), field.value()));
        return all.build();
    }

    /** Collects a request; not safe for use by several threads. */
    public static final class Builder {

        private final String contentType;
        private final List<MsrpHeaders.Field> headers = new ArrayList<>();
        private @Nullable String messageId;
        private OptionalLong size = OptionalLong.empty();
        private boolean successReport;
        private FailureReport failureReport = FailureReport.YES;
        private Priority priority = Priority.NORMAL;
        private OptionalInt chunkOctets = OptionalInt.empty();
        private Duration reportWait = Duration.ofSeconds(60);
        private long progressEvery = 256 * 1024;

        private Builder(String contentType) {
            this.contentType = contentType;
        }

        public Builder messageId(String id) {
            this.messageId = id;
            return this;
        }

        public Builder size(long octets) {
            this.size = OptionalLong.of(octets);
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

        public Builder priority(Priority value) {
            this.priority = value;
            return this;
        }

        public Builder chunkOctets(int octets) {
            this.chunkOctets = OptionalInt.of(octets);
            return this;
        }

        public Builder reportWait(Duration time) {
            this.reportWait = time;
            return this;
        }

        public Builder progressEvery(long octets) {
            this.progressEvery = octets;
            return this;
        }

        public Builder header(String name, String value) {
            headers.add(new MsrpHeaders.Field(name, value));
            return this;
        }

        public SendRequest build() {
            return new SendRequest(
                    contentType,
                    Optional.ofNullable(messageId),
                    size,
                    successReport,
                    failureReport,
                    priority,
                    chunkOctets,
                    reportWait,
                    progressEvery,
                    headers);
        }
    }
}
