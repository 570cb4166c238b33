package bpfmc.explorer.report.format;

import bpfmc.explorer.report.Cause;
import bpfmc.explorer.report.CauseWords;
import bpfmc.explorer.report.Fixes;
import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.Problem;
import bpfmc.explorer.report.Problems;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.ScenarioResult;
import java.util.Locale;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** A problem in full, so that its first screen suffices to mend it. */
final class ProblemText {
    /** Ids of further findings that a problem names. */
    private static final int MOST_IDS = 4;

    private final String object;
    private final Naming naming;
    private final MutableList<String> lines = Lists.mutable.empty();

    /** @param object its name */
    ProblemText(String object, Naming naming) {
        this.object = object;
        this.naming = naming;
    }

    private void line(String format, Object... arguments) {
        lines.add(String.format(Locale.ROOT, format, arguments).stripTrailing());
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    /** {@return the lines of a problem, with its interleaving} */
    ImmutableList<String> lines(Problem p) {
        lines.clear();
        Finding finding = p.fault().finding();
        String property = finding.property().replace('-', ' ');
        String possible = p.fault().counterexample().confirmed() ? "" : "possible ";
        String level = finding.level() == Level.WARNING ? "  (warning)" : "";
        String place = naming.place(finding.subject());
        line("VIOLATED  %s%s%s%s%s", possible, property, place.isEmpty() ? "" : " on " + place,
                place.isEmpty() ? "" : "   (" + naming.type(finding.subject()) + ")", level);
        int findings = others(p).size() + 1;
        line("          %s: %s     %s%s", object, p.scenario().name(),
                count(p.scenario().agents().collect(ScenarioResult.Agent::cpu).distinct().size(), "CPU"),
                findings == 1 ? "" : "     " + findings + " findings, one cause");
        line("");
        p.cause().ifPresent(c -> cause(c));
        line("  %s", p.fault().sentence(naming));
        p.fault().counterexample().notes().each(n -> line("  %s.", n));
        line("");
        new TraceTable(naming, p.fault().counterexample(), finding.subject()).lines().each(l -> line("  %s", l));
        new SourceExcerpt(naming, p).lines().each(l -> line("  %s", l));
        p.fault().counterexample().doubt().ifPresent(d -> line("  doubt   no inputs were found that lead here: %s", d));
        line("  fix     %s", Fixes.of(naming, p));
        line("  id      %s", p.id());
        ids(p);
        line("");
        return lines.toImmutable();
    }

    /** The ids of the other findings of the problem, as acceptances name them. */
    private void ids(Problem p) {
        ImmutableList<String> others = others(p);
        if (others.notEmpty()) {
            line("  also    %s%s", others.take(MOST_IDS).makeString("  "), others.size() > MOST_IDS ? "  and " + (others.size() - MOST_IDS) + " more" : "");
        }
    }

    private ImmutableList<String> others(Problem p) {
        return p.others().collect(f -> Problems.id(naming, f)).distinct().reject(p.id()::equals);
    }

    /** What the accesses have in common, where there are several to compare. */
    private void cause(Cause cause) {
        if (AccessTable.isTold(cause)) {
            line("  %s", CauseWords.sentence(naming, cause));
            line("");
            AccessTable.lines(naming, cause).each(l -> line("%s", l));
            line("");
        }
    }
}
