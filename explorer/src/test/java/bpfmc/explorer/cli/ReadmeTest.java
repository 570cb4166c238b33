package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what bpfmc prints. */
class ReadmeTest {
    private static final Pattern SHOWN = Pattern.compile("```\\n\\$ \\./bpfmc check (\\S+)\\n(.*?)\\n```", Pattern.DOTALL);

    @Test
    void showsWhatIsReallyPrinted() throws IOException {
        Matcher shown = SHOWN.matcher(Files.readString(Path.of("../README.md")));
        int blocks = 0;
        while (shown.find()) {
            var out = new StringWriter();
            Main.run(new PrintWriter(out), new PrintWriter(new StringWriter()), "check", "../" + shown.group(1));
            assertThat(withoutTimes(shown.group(2))).isEqualTo(withoutTimes(out.toString().stripTrailing()));
            blocks++;
        }
        assertThat(blocks).isEqualTo(2);
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("\\d+\\.\\d\\d s", "TIME");
    }
}
