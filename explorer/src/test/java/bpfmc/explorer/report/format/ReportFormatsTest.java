package bpfmc.explorer.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every format renders one and the same report value as the golden file beside the tests says. Run with
 * {@code -Dbpfmc.golden=write} to write what is rendered now, then read the difference before committing it.
 */
class ReportFormatsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/bpfmc/explorer/report/format/golden");

    @ParameterizedTest
    @ValueSource(strings = {"json", "jsonl", "html", "sarif", "junit", "junit-skipped", "csv", "github", "markdown", "perfetto", "dot", "mermaid", "states-dot", "states-mermaid", "text",
        "brief", "verbose"})
    void rendersTheReportAsTheGoldenFile(String name) throws IOException {
        ReportFormat format = ReportFormats.all().detect(f -> f.name().equals(name));
        String text = format.writer().apply(Reported.all());
        Path golden = GOLDEN.resolve(name + ".txt");
        if ("write".equals(System.getProperty("bpfmc.golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
    }
}
