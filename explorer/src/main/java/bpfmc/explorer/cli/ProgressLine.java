package bpfmc.explorer.cli;

import bpfmc.explorer.check.CheckEnvironment;
import bpfmc.explorer.search.Figures;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.model.program.BpfObject;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** One line on the terminal that says how the searches go, from the second second on. Several threads may tell of theirs. */
final class ProgressLine implements CheckEnvironment.Listener {
    private static final long FIRST_AFTER = 1_000_000_000L;
    private static final long EVERY = 200_000_000L;

    private final PrintWriter err;
    private final boolean shown;
    private final LongSupplier clock;
    private final Map<Task, Figures> running = new LinkedHashMap<>();
    private final BiConsumer<BpfObject, ScenarioResult> ended;
    private long last;
    private int expected;
    private int begun;

    /** @param clock in nanoseconds */
    ProgressLine(PrintWriter err, boolean shown, LongSupplier clock) {
        this(err, shown, clock, (object, result) -> { });
    }

    private ProgressLine(PrintWriter err, boolean shown, LongSupplier clock, BiConsumer<BpfObject, ScenarioResult> ended) {
        this.ended = ended;
        this.err = err;
        this.shown = shown;
        this.clock = clock;
    }

    /** {@return a line on standard error if the launcher says that it is a terminal, else nothing} @param ended is told each scenario as it ends */
    static ProgressLine onTerminal(PrintWriter err, BiConsumer<BpfObject, ScenarioResult> ended) {
        return new ProgressLine(err, Boolean.getBoolean("bpfmc.terminal"), System::nanoTime, ended);
    }

    /** One search. */
    final class Task implements CheckEnvironment.Listener.Task {
        private final String what;
        private final long begun = clock.getAsLong();

        private Task(String what) {
            this.what = what;
        }

        @Override
        public void at(Figures figures) {
            if (shown) {
                show(this, figures);
            }
        }

        @Override
        public void end() {
            ProgressLine.this.end(this);
        }
    }

    @Override
    public synchronized void expect(int searches) {
        expected += searches;
    }

    @Override
    public synchronized Task begin(String scenario) {
        begun++;
        Task task = new Task(scenario);
        running.put(task, new Figures(0, 0, 0, 0, 0, 0, 0));
        return task;
    }

    @Override
    public synchronized void ended(BpfObject object, ScenarioResult result) {
        clear();
        ended.accept(object, result);
    }

    private synchronized void end(Task task) {
        running.remove(task);
        clear();
    }

    private void clear() {
        if (last != 0) {
            last = 0;
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    private synchronized void show(Task task, Figures figures) {
        running.put(task, figures);
        long now = clock.getAsLong();
        Task oldest = running.keySet().iterator().next();
        if (now - oldest.begun > FIRST_AFTER && now - last > EVERY) {
            last = now;
            String left = expected > 1 ? String.format(Locale.ROOT, "%d of %d  ", Math.min(begun, expected), expected) : "";
            long states = running.values().stream().mapToLong(Figures::states).sum();
            double rate = running.values().stream().mapToDouble(f -> f.states() / Math.max(1e-3, f.nanos() / 1e9)).sum();
            long open = running.values().stream().mapToLong(f -> f.states() - f.expanded()).sum();
            long bytes = running.values().stream().mapToLong(Figures::bytes).sum();
            err.print(String.format(Locale.ROOT, "\r%s%s%s: %,d states, %,.0f a second, %,d open, depth %,d, %,d MiB\u001b[K", left, oldest.what,
                    running.size() > 1 ? " and " + (running.size() - 1) + " more" : "", states, rate, open, running.get(oldest).depth(), bytes >> 20));
            err.flush();
        }
    }
}
