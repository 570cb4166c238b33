package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of a page, one after the other as they stand there, exit as it says. */
class DocumentedCommandsTest {
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("\\./bpfmc (.*?) +# (\\d+).*");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ci.md", "formats.md", "memory-models.md"})
    void exitAsThePageSays(String page) throws IOException {
        List<String> commands = BLOCK.matcher(Files.readString(Path.of("..", "docs", page))).results().flatMap(m -> m.group(1).lines()).toList();
        assertThat(commands).hasSizeGreaterThan(2);
        for (String line : commands) {
            Matcher command = COMMAND.matcher(line);
            assertThat(command.matches()).as(line).isTrue();
            var out = new StringWriter();
            var err = new StringWriter();
            int code = Main.run(new PrintWriter(out), new PrintWriter(err), Stream.of(command.group(1).split(" +")).map(this::here).toArray(String[]::new));
            assertThat(code).as(line + "\n" + out + err).isEqualTo(Integer.parseInt(command.group(2)));
        }
    }

    /** Tests run in a module's folder; what is written, and read again, lies in a folder of its own. */
    private String here(String word) {
        return word.startsWith("specs/") ? "../" + word
                : word.matches("[a-z]+\\.(json|xml|sarif|html|md)") ? folder.resolve(word).toString()
                : word.replaceFirst("=([a-z]+\\.[a-z]+)$", "=" + Matcher.quoteReplacement(folder + "/") + "$1");
    }
}
