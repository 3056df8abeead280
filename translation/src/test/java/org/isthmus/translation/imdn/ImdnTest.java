package org.isthmus.translation.imdn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.isthmus.translation.cpim.CpimHead;
import org.isthmus.translation.cpim.CpimLimits;
import org.isthmus.translation.cpim.CpimReader;
import org.isthmus.translation.imdn.ImdnRequest.Wanted;
import org.isthmus.translation.xml.XmlSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImdnTest {

    private static final Imdn DOCUMENT = new Imdn(
            "34jk324j",
            Optional.of("2008-04-04T12:16:49-05:00"),
            Optional.of("im:bob@example.com"),
            Optional.of("im:bob@example.com"),
            Optional.of(Disposition.DELIVERY),
            Optional.of(ImdnStatus.DELIVERED));

    @Test
    void aDocumentIsWrittenInTheOrderOfTheSchema() {
        assertThat(new String(DOCUMENT.write(), StandardCharsets.UTF_8))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<imdn xmlns=\"urn:ietf:params:xml:ns:imdn\">"
                        + "<message-id>34jk324j</message-id><datetime>2008-04-04T12:16:49-05:00</datetime>"
                        + "<recipient-uri>im:bob@example.com</recipient-uri>"
                        + "<original-recipient-uri>im:bob@example.com</original-recipient-uri>"
                        + "<delivery-notification><status><delivered/></status></delivery-notification></imdn>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<imdn xmlns='urn:ietf:params:xml:ns:imdn'><message-id>a</message-id></imdn>",
                "<imdn xmlns='urn:ietf:params:xml:ns:imdn'><message-id>a</message-id><delivery-notification/></imdn>",
                "<imdn xmlns='urn:ietf:params:xml:ns:imdn'><message-id>a</message-id><display-notification><status>"
                        + "<x:new xmlns:x='urn:x'/></status></display-notification></imdn>"
            })
    void whatSaysNothingKnownHasNoStatus(String document) throws Exception {
        assertThat(Imdn.read(document.getBytes(StandardCharsets.UTF_8), Optional.empty())
                        .status())
                .isEmpty();
    }

    @Test
    void onlyTheSyntaxExceptionEscapesFromMutatedDocuments() {
        Random random = new Random(5438);
        byte[] seed = DOCUMENT.write();
        int refused = 0;
        for (int run = 0; run < 10_000; run++) {
            byte[] mutant = seed.clone();
            for (int edits = random.nextInt(3); edits >= 0; edits--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            try {
                Imdn.read(mutant, Optional.empty()).write();
            } catch (XmlSyntaxException expected) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 9_900);
        assertThatThrownBy(() -> Imdn.read("<imdn/>".getBytes(StandardCharsets.UTF_8), Optional.empty()))
                .isInstanceOf(XmlSyntaxException.class);
    }

    @Test
    void aRequestIsReadWithItsRouteWhateverThePrefix() throws Exception {
        CpimHead head = head("From: Alice <im:alice@x>\r\nTo: <im:bob@y>\r\nNS: N <urn:ietf:params:imdn>\r\n"
                + "N.Message-ID: id1\r\nDateTime: 2006-04-04T12:16:49-05:00\r\n"
                + "N.Disposition-Notification: Positive-Delivery ,display, unknown\r\n"
                + "IMDN-Record-Route: <im:b@z>\r\nIMDN-Record-Route: <im:a@z>\r\nN.Original-To: <im:first@y>\r\n");
        ImdnRequest request = ImdnRequest.of(head).orElseThrow();
        assertThat(request.messageId()).isEqualTo("id1");
        assertThat(request.wanted()).containsExactlyInAnyOrder(Wanted.POSITIVE_DELIVERY, Wanted.DISPLAY);
        assertThat(request.route()).containsExactly("<im:b@z>", "<im:a@z>");
        assertThat(request.originalTo().orElseThrow().uri()).isEqualTo("im:first@y");
        assertThat(request.dateTime()).contains("2006-04-04T12:16:49-05:00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: <im:a@x>\r\nimdn.Message-ID: m\r\n",
                "From: <im:a@x>\r\nimdn.Disposition-Notification: display\r\n",
                "From: <im:a@x>\r\nimdn.Message-ID: m\r\nimdn.Disposition-Notification: none\r\n",
                "To: <im:a@x>\r\nimdn.Message-ID: m\r\nimdn.Disposition-Notification: display\r\n"
            })
    void whoAsksForNothingOrCannotBeToldIsNotTold(String headers) throws Exception {
        assertThat(ImdnRequest.of(head(headers))).isEmpty();
    }

    @Test
    void oldMarkersAreTolerated() {
        assertThat(Receipt.of(List.of(
                        org.isthmus.translation.vectors.WireText.xml(
                                "<received xmlns='urn:xmpp:chat-markers:0' id='a'/>"),
                        org.isthmus.translation.vectors.WireText.xml(
                                "<acknowledged xmlns='urn:xmpp:chat-markers:0' id='b'/>"),
                        org.isthmus.translation.vectors.WireText.xml("<received xmlns='urn:other' id='c'/>"))))
                .containsExactly(new Receipt(Receipt.Kind.DELIVERED, "a"), new Receipt(Receipt.Kind.DISPLAYED, "b"));
    }

    private static CpimHead head(String headers) throws Exception {
        return CpimReader.readHead((headers + "\r\n\r\n").getBytes(StandardCharsets.UTF_8), CpimLimits.defaults())
                .orElseThrow()
                .head();
    }
}
