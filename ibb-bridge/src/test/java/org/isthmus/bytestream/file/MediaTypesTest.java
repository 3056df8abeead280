package org.isthmus.bytestream.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {

    @ParameterizedTest
    @CsvSource({
        "scan.JPG, image/jpeg",
        "series.dcm, application/dicom",
        "a.b.pdf, application/pdf",
        "noextension, application/octet-stream",
        "trailing., application/octet-stream"
    })
    void theNameSaysWhatItIs(String name, String type) {
        assertThat(MediaTypes.ofName(name)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "picture.txt, %PDF-1.7, application/pdf",
        "report.docx, 'PK\u0003\u0004', application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "report.pdf, 'PK\u0003\u0004', application/zip",
        "scan.jpg, GIF89a, image/gif",
        "notes.txt, hello, text/plain"
    })
    void theContentWinsAndTheNameRefinesAContainer(String name, String head, String type) {
        assertThat(MediaTypes.of(name, ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1))))
                .isEqualTo(type);
    }

    @Test
    void aDicomSeriesIsKnownByTheMarkBehindItsPreamble() {
        byte[] head = new byte[132];
        System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, head, 128, 4);
        ByteBuffer buffer = ByteBuffer.allocate(200).put(7, head).position(7);
        assertThat(MediaTypes.of("IM0001", buffer)).isEqualTo("application/dicom");
        assertThat(buffer.position()).isEqualTo(7);
    }

    @Test
    void anEmptyFileIsWhatItsNameSays() {
        assertThat(MediaTypes.of("a.png", ByteBuffer.allocate(0))).isEqualTo("image/png");
    }
}
