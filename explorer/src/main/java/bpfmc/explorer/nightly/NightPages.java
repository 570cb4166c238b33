package bpfmc.explorer.nightly;

import java.util.Locale;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** What people read in the morning. */
public final class NightPages {
    private static final int WIDTH = 120;
    private static final int HEIGHT = 20;

    private NightPages() {}

    /** {@return the summary of a night, in Markdown} */
    public static String summary(String night, Optional<String> before, ImmutableList<JobResult> jobs, NightComparison c) {
        StringBuilder out = new StringBuilder("# bpfmc, night of " + night + "\n\n");
        out.append(jobs.size()).append(" jobs: ").append(jobs.collect(JobResult::verdict).toBag().toMapOfItemToCount().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey()).map(e -> e.getValue() + " " + e.getKey()).collect(java.util.stream.Collectors.joining(", ")))
                .append(before.map(b -> "; compared with " + b).orElse("; the first night")).append("\n");
        section(out, "New", c.fresh());
        section(out, "Fixed", c.fixed());
        section(out, "Still open", c.open());
        section(out, "Accepted by the baseline", c.accepted());
        section(out, "Changed verdicts", c.changed());
        section(out, "Slower", c.slower());
        section(out, "Grown", c.grown());
        section(out, "Baseline to be tidied", c.stale());
        section(out, "Not checked", jobs.reject(j -> j.message().isEmpty()).collect(j -> j.name() + ": " + j.message()));
        out.append("\n## Jobs\n\n| job | verdict | states | seconds |\n|---|---|---:|---:|\n");
        jobs.each(j -> out.append(String.format(Locale.ROOT, "| %s | %s | %,d | %.2f |%n", j.name().replace("|", "\\|"), j.verdict(), j.states(), j.seconds())));
        return out.toString();
    }

    private static void section(StringBuilder out, String title, ImmutableList<String> lines) {
        if (lines.notEmpty()) {
            out.append("\n## ").append(title).append("\n\n");
            lines.each(l -> out.append("- ").append(l.replace("\n", " ")).append("\n"));
        }
    }

    /** {@return a page with a row for each job of the last night: its verdict, and states and time over all nights} */
    public static String overTime(ImmutableList<NightFolder> nights) {
        ImmutableList<ImmutableList<JobResult>> results = nights.collect(NightFolder::results);
        StringBuilder rows = new StringBuilder();
        for (JobResult job : results.getLastOptional().orElse(Lists.immutable.empty())) {
            MutableList<Double> states = Lists.mutable.empty();
            MutableList<Double> seconds = Lists.mutable.empty();
            results.each(night -> night.detectOptional(j -> j.name().equals(job.name())).ifPresent(j -> {
                states.add((double) j.states());
                seconds.add(j.seconds());
            }));
            rows.append(String.format(Locale.ROOT, "<tr><th scope=row>%s</th><td class=%s>%s</td><td>%,d</td><td>%s</td><td>%.2f</td><td>%s</td></tr>%n",
                    escaped(job.name()), job.verdict(), job.verdict(), job.states(), line(states, "states"), job.seconds(), line(seconds, "seconds")));
        }
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>bpfmc over time</title>
                <style>
                :root { color-scheme: light dark; }
                body { font: 15px/1.4 system-ui, sans-serif; margin: 2em auto; max-width: 70em; padding: 0 1em; }
                table { border-collapse: collapse; width: 100%%; }
                th, td { text-align: left; padding: .3em .6em; border-bottom: 1px solid #8884; font-weight: normal; }
                thead th { font-weight: 600; }
                .holds::before { content: "\u2713 "; } .violated, .rejected, .error { font-weight: 600; }
                .violated::before, .rejected::before, .error::before { content: "\u2717 "; } .inconclusive::before { content: "? "; }
                svg { vertical-align: middle; } polyline { fill: none; stroke: currentColor; stroke-width: 1.5; }
                </style></head><body>
                <h1>bpfmc over time</h1><p>%s</p>
                <table><thead><tr><th>job</th><th>verdict</th><th>states</th><th></th><th>seconds</th><th></th></tr></thead><tbody>
                %s</tbody></table></body></html>
                """.formatted(nights.isEmpty() ? "no night yet" : nights.size() + (nights.size() == 1 ? " night, " : " nights, ") + nights.getFirst().name()
                        + " to " + nights.getLast().name(), rows);
    }

    private static String line(MutableList<Double> values, String what) {
        double most = Math.max(values.max(), 1e-9);
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            double x = values.size() == 1 ? 0 : (double) i * WIDTH / (values.size() - 1);
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, HEIGHT - values.get(i) / most * (HEIGHT - 2)));
        }
        if (values.size() == 1) {
            points.append(String.format(Locale.ROOT, "%d,%.1f", WIDTH, HEIGHT - values.getFirst() / most * (HEIGHT - 2)));
        }
        return "<svg width=" + WIDTH + " height=" + (HEIGHT + 1) + " role=img aria-label=\"" + what + " over " + values.size()
                + " nights\"><polyline points=\"" + points.toString().strip() + "\"/></svg>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
