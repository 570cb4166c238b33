package bpfmc.explorer.report.format;

import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.Status;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.explorer.verdict.Verdict.Reason;
import java.util.Locale;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** The verdict of each scenario, a line each. */
final class ScenarioLines {
    /** So many scenarios are told one by one; of more, those that hold, and those that are rejected, are told by their number. */
    private static final int MANY = 12;

    private final Naming naming;
    private final MutableList<String> lines = Lists.mutable.empty();

    private ScenarioLines(Naming naming) {
        this.naming = naming;
    }

    /** {@return the lines} @param all whether each is told, however many there are */
    static ImmutableList<String> of(Naming naming, ImmutableList<ScenarioResult> results, boolean all) {
        ScenarioLines text = new ScenarioLines(naming);
        boolean folds = !all && results.size() > MANY;
        ImmutableList<ScenarioResult> told = folds ? results.reject(ScenarioLines::foldable) : results;
        int width = told.collect(r -> r.name().length()).maxOptional().orElse(0);
        told.each(r -> text.scenario(r, width));
        if (folds) {
            text.folded(results.select(ScenarioLines::foldable));
        }
        if (told.anySatisfy(r -> r.name().contains(" < "))) {
            text.line("  (a < b: a interrupted by b, on one CPU)");
        }
        return text.lines.toImmutable();
    }

    private static boolean foldable(ScenarioResult result) {
        return switch (Status.of(result.verdict())) {
            case HOLDS, REJECTED -> true;
            case VIOLATED, INCONCLUSIVE -> false;
        };
    }

    private void folded(ImmutableList<ScenarioResult> results) {
        ImmutableList<ScenarioResult> holding = results.select(r -> Status.of(r.verdict()) == Status.HOLDS);
        ImmutableList<ScenarioResult> rejected = results.reject(holding::contains);
        if (holding.notEmpty()) {
            line("%d more scenarios  HOLDS  %,d states   (each: -v)", holding.size(), holding.sumOfLong(r -> r.exploration().states()));
            holding.flatCollect(r -> r.lookups().missed()).distinct().reject(m -> holding.anySatisfy(r -> r.lookups().found().contains(m)))
                    .each(m -> line("  every lookup in %s missed: what is done with an element of it was not explored", m));
        }
        if (rejected.notEmpty()) {
            line("%d more scenarios  REJECTED  %s", rejected.size(), rejected.collect(r -> what(r.verdict())).distinct().makeString(", "));
        }
    }

    private void scenario(ScenarioResult r, int width) {
        line("%-" + Math.max(1, width) + "s  %-12s %-14s %8d states  %.2f s", r.name(), Status.of(r.verdict()), what(r.verdict()),
                r.exploration().states(), r.exploration().seconds());
        r.like().ifPresent(l -> line("  not explored again: the same code as %s", l));
        r.verdict().unfinished().each(reason -> line("  %s", reason(reason)));
        r.lookups().missed().each(m -> line("  every lookup in %s missed: what is done with an element of it was not explored", m));
    }

    private void line(String format, Object... arguments) {
        lines.add(String.format(Locale.ROOT, format, arguments).stripTrailing());
    }

    private static String what(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Violated v -> v.faults().collect(f -> f.finding().property().replace('-', ' ')).distinct().toSortedList().makeString(", ");
            case Verdict.Rejected r -> r.findings().collect(bpfmc.model.rules.Finding::rule).distinct().makeString(", ");
            case Verdict.Holds h -> "";
            case Verdict.Inconclusive i -> "";
        };
    }

    private String reason(Reason reason) {
        return switch (reason) {
            case Reason.Unsupported u -> "UNSUPPORTED  " + u.gap().what() + "  at " + at(u.gap());
            case Reason.Limit l -> "LIMIT  " + l.limit() + " reached; " + l.way();
            case Reason.NotShown n -> "NOT SHOWN  " + n.item() + ": " + n.why() + (n.way().isEmpty() ? "" : "; " + n.way());
        };
    }

    private String at(Gap gap) {
        return naming.line(gap.program(), gap.slot())
                .map(l -> Naming.baseName(l.file()) + ":" + l.line() + "   " + l.text().strip()).orElse("instruction " + gap.slot())
                + "   (" + gap.program() + ")";
    }
}
