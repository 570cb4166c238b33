package bpfmc.explorer.report.format;

import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.Problem;
import bpfmc.explorer.report.Wording;
import bpfmc.explorer.verdict.Place;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Many problems at a glance: a line each, with the memory, what fails, and what the accesses have in common or where it happens. */
final class ProblemList {
    private ProblemList() {}

    static ImmutableList<String> lines(Naming naming, ImmutableList<Problem> problems) {
        Columns table = new Columns("", "memory", "property", "what");
        problems.forEachWithIndex((p, i) -> table.add(String.valueOf(i + 1), memory(naming, p), property(p), what(naming, p)));
        return Lists.immutable.with(table.render("  ").split("\n"));
    }

    private static String memory(Naming naming, Problem problem) {
        String place = naming.place(problem.fault().finding().subject());
        return place.isEmpty() ? "-" : place;
    }

    private static String property(Problem problem) {
        return (problem.fault().counterexample().confirmed() ? "" : "possible ") + problem.fault().finding().property().replace('-', ' ');
    }

    private static String what(Naming naming, Problem problem) {
        String cause = Wording.cause(naming, problem);
        return cause.isEmpty() ? problem.fault().finding().places().collect((Place p) -> naming.where(p.program(), p.slot())).distinct().makeString(", ")
                : cause.substring(memory(naming, problem).length() + 2, cause.length() - 1);
    }
}
