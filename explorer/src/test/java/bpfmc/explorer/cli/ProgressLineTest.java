package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.search.Figures;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final StringWriter out = new StringWriter();
    private long now;

    private ProgressLine line(boolean terminal) {
        return new ProgressLine(new PrintWriter(out), terminal, () -> now);
    }

    @Test
    void tellsStatesRateWhatIsOpenAndHowManyExplorationsAreLeft() {
        ProgressLine line = line(true);
        line.expect(17);
        line.begin("a.o: first");
        ProgressLine.Task second = line.begin("a.o: second");
        second.at(new Figures(10, 0, 5, 1, 0, 0, 1));
        assertThat(out.toString()).isEmpty();
        now = 2_000_000_000L;
        second.at(new Figures(3_000_000, 2_000_000, 0, 0, 77, 0, 2_000_000_000L));
        assertThat(out.toString()).contains("2 of 17  a.o: first and 1 more: ").contains("3,000,000 states, 1,500,000 a second, 1,000,000 open");
    }

    @Test
    void oneExplorationIsNotCountedAndNoTerminalSeesNothing() {
        ProgressLine line = line(true);
        ProgressLine.Task only = line.begin("a.o: only");
        now = 2_000_000_000L;
        only.at(new Figures(10, 0, 5, 1, 0, 0, 1));
        assertThat(out.toString()).startsWith("\ra.o: only: ");
        only.end();
        assertThat(out.toString()).endsWith("\r\u001b[K");
        out.getBuffer().setLength(0);
        line(false).begin("x").at(new Figures(10, 0, 5, 1, 0, 0, 1));
        assertThat(out.toString()).isEmpty();
    }
}
