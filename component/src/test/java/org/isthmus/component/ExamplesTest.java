package org.isthmus.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.isthmus.component.config.ConfigLoader;
import org.isthmus.component.config.GatewayConfig;
import org.isthmus.mappings.json.Reading;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What operators copy must work as it stands. */
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("..", "docs", "examples");

    @TempDir
    Path folder;

    static List<Path> examples() throws IOException {
        try (Stream<Path> all = Files.list(EXAMPLES)) {
            return all.filter(Files::isDirectory).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsAGoodConfigurationOnceItHasItsSecret(Path example) throws IOException {
        try (Stream<Path> files = Files.list(example)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
        Path secret = Files.writeString(folder.resolve("secret"), "change-me");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Reading<GatewayConfig> reading = ConfigLoader.load(folder.resolve("isthmus.json"));
        List<String> problems = reading.fold(
                good -> List.<String>of(),
                bad -> bad.stream().map(Object::toString).toList());
        assertThat(problems).isEmpty();
        GatewaySettings settings = reading.fold(good -> SettingsFromConfig.of(good, "test"), bad -> {
            throw new AssertionError(bad);
        });
        assertThat(settings.links()).isNotEmpty();
        assertThat(settings.sip().listen()).isNotEmpty();
    }
}
