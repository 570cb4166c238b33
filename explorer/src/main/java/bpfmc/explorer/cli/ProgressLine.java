package bpfmc.explorer.cli;

import bpfmc.explorer.search.Figures;
import bpfmc.explorer.search.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** One line on the terminal that says how the search goes, from the second second on. */
final class ProgressLine implements Progress {
    private static final long FIRST_AFTER = 1_000_000_000L;
    private static final long EVERY = 200_000_000L;

    private final PrintWriter err;
    private final boolean shown;
    private String what = "";
    private long begun;
    private long last;

    private ProgressLine(PrintWriter err, boolean shown) {
        this.err = err;
        this.shown = shown;
    }

    /** {@return a line on standard error if the launcher says that it is a terminal, else nothing} */
    static ProgressLine onTerminal(PrintWriter err) {
        return new ProgressLine(err, Boolean.getBoolean("bpfmc.terminal"));
    }

    void begin(String scenario) {
        what = scenario;
        begun = System.nanoTime();
        last = 0;
    }

    @Override
    public void at(Figures figures) {
        long now = System.nanoTime();
        if (shown && now - begun > FIRST_AFTER && now - last > EVERY) {
            last = now;
            double seconds = (now - begun) / 1e9;
            err.print(String.format(Locale.ROOT, "\r%s: %,d states, %,.0f a second, %,d open, %,d MiB\u001b[K", what, figures.states(),
                    figures.states() / seconds, figures.states() - figures.expanded(), figures.bytes() >> 20));
            err.flush();
        }
    }

    void end() {
        if (last != 0) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
