package org.isthmus.bytestream.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {

    @ParameterizedTest
    @CsvSource(
            value = {
                "scan.jpg|scan.jpg",
                "../../etc/passwd|passwd",
                "C:\\temp\\x.exe|x.exe",
                "C:x.exe|x.exe",
                ".bashrc|bashrc",
                "...|file",
                "/|file",
                "a\u202Egpj.exe|agpj.exe",
                "a\u0000b\u0007.txt|ab.txt",
                "con.txt|_con.txt",
                "LPT1|_LPT1",
                "console.txt|console.txt",
                "p\u0159\u00edloha.pdf|p\u0159\u00edloha.pdf"
            },
            delimiter = '|')
    void whatIsDangerousGoes(String given, String clean) {
        assertThat(FileNames.clean(given)).isEqualTo(clean);
    }

    @Test
    void aLongNameKeepsItsExtension() {
        assertThat(FileNames.clean("x".repeat(400) + ".dcm")).hasSize(255).endsWith(".dcm");
    }

    @Test
    void noRandomNameStaysDangerousOrThrows() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder name = new StringBuilder();
            int length = random.nextInt(300);
            for (int k = 0; k < length; k++) {
                name.append((char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : random.nextInt(0x80)));
            }
            String clean = FileNames.clean(name.toString());
            assertThat(clean)
                    .isNotEmpty()
                    .doesNotContain("/", "\\", "\u0000", "\u202E")
                    .doesNotStartWith(".");
            assertThat(clean.length()).isLessThanOrEqualTo(256);
        }
    }
}
