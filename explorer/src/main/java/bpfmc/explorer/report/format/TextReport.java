package bpfmc.explorer.report.format;

import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.Expected;
import bpfmc.explorer.report.FailOn;
import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.ObjectReport;
import bpfmc.explorer.report.Problem;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Scope;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/** The report for a terminal: what was checked, each problem so that its first screen suffices to mend it, the verdicts. */
public final class TextReport {
    /** So many problems are told in full. */
    private static final int FIRST = 3;

    private final Report report;
    private final Naming naming;
    private final boolean all;
    private final StringBuilder out = new StringBuilder();

    /** @param all whether every problem is told in full, and every scenario */
    private TextReport(Report report, boolean all) {
        this.report = report;
        this.all = all;
        this.naming = new Naming(report.object());
    }

    /** The text in parts: the first problems in full. */
    static final ReportParts PARTS = parts(false);

    /** The same, with every problem in full. */
    static final ReportParts DETAILED_PARTS = parts(true);

    /** The same, with what each exploration cost. */
    static final ReportParts VERBOSE_PARTS = new ReportParts(Optional.empty(), (o, failOn) -> of(o.report()) + "\n" + figures(o.report()), "\n",
            all -> expectations(all, all.objects().notEmpty()));

    private static ReportParts parts(boolean all) {
        return new ReportParts(Optional.empty(), (o, failOn) -> isTold(o) ? of(o.report(), all) + note(failOn) : "", "\n",
                report -> expectations(report, report.objects().anySatisfy(TextReport::isTold)));
    }

    /** {@return all reports as text} */
    public static String of(CheckReport all) {
        return PARTS.whole(all);
    }

    private static String note(FailOn failOn) {
        return failOn == FailOn.ERROR ? "  with    --fail-on error: warnings alone do not fail the run\n" : "";
    }

    private static boolean isTold(ObjectReport object) {
        return !object.asExpected().orElse(false) || object.report().results().anySatisfy(r -> r.finals().isPresent());
    }

    /** A line for each scenario of which something is expected. */
    private static String expectations(CheckReport all, boolean first) {
        ImmutableList<ObjectReport> expected = all.objects().select(o -> o.expected().isPresent());
        if (expected.isEmpty()) {
            return "";
        }
        int width = expected.collect(o -> o.path().length()).max();
        String lines = expected.collect(o -> String.format(Locale.ROOT, "%-" + width + "s  %-11s  %s%n", o.path(),
                o.asExpected().orElse(false) ? "as expected" : "OTHERWISE", o.expected().get().difference(o.report()).orElse(Expected.found(o.report()))))
                .makeString("");
        int met = expected.count(o -> o.asExpected().orElse(false));
        return (first ? "\n" : "") + lines + String.format(Locale.ROOT, "%d of %d scenarios as expected%n", met, expected.size());
    }

    private static String figures(Report report) {
        var text = new TextReport(report, true);
        int width = Math.max(8, report.results().collect(r -> r.name().length()).maxOptional().orElse(0));
        text.line("%-" + width + "s  %12s  %12s  %9s  %14s  %9s  %11s", "scenario", "states", "transitions", "terminal", "private states", "KiB", "states/s");
        report.results().each(r -> text.line("%-" + width + "s  %,12d  %,12d  %,9d  %,14d  %,9d  %,11.0f", r.name(), r.exploration().states(),
                r.exploration().transitions(), r.exploration().terminals(), r.exploration().privateStates(), r.exploration().bytes() >> 10,
                r.exploration().states() / Math.max(1e-6, r.exploration().seconds())));
        return text.out.toString();
    }

    /** {@return the report as text, every problem in full} */
    public static String of(Report report) {
        return of(report, true);
    }

    private static String of(Report report, boolean all) {
        var text = new TextReport(report, all);
        text.header();
        report.rules().findings().each(f -> text.line("%s", RuleText.rejection(report.object(), f)));
        text.problems();
        var finals = new FinalStatesText(text.naming);
        report.results().each(r -> r.finals().ifPresent(f -> finals.lines(r, f).newWith("").each(l -> text.line("%s", l))));
        text.verdicts();
        return text.out.toString();
    }

    /** {@return the problems that one scenario was the first to show, with their interleavings} */
    static String problems(Report report, ScenarioResult scenario) {
        var text = new TextReport(report, true);
        report.problems().select(p -> p.scenario().equals(scenario)).each(text::problem);
        return text.out.toString();
    }

    private void line(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    // ---- what was checked

    private void header() {
        var object = report.object();
        boolean lines = object.programs().anySatisfy(p -> p.lines().notEmpty());
        line("%s  %s, %s, %s, %s", object.name(), count(object.programs().size(), "program"), count(object.maps().size(), "map"),
                object.btf().isPresent() ? "BTF" : "no BTF", lines ? "source lines" : "no source lines");
        int width = Math.max(object.programs().collect(p -> p.name().length()).maxOptional().orElse(0),
                usedMaps().collect(m -> m.name().length()).maxOptional().orElse(0));
        int code = object.programs().collect(p -> describe(p).length()).maxOptional().orElse(1);
        object.programs().each(p -> line("  %-" + Math.max(1, width) + "s  %-" + code + "s   %s", p.name(), describe(p), context(p)));
        usedMaps().each(m -> line("  %-" + Math.max(1, width) + "s  %s", m.name(), describe(m)));
        object.notes().each(n -> line("  note: %s", n));
        line("");
    }

    private static String describe(BpfProgram program) {
        return program.section().name() + ", " + program.instructionCount() + " instructions";
    }

    private String context(BpfProgram program) {
        return report.scope().contexts().select(c -> c.program().equals(program.name())).collect(Scope.Context::words).makeString();
    }

    private ImmutableList<MapDefinition> usedMaps() {
        return report.object().maps().select(m -> report.object().programs().anySatisfy(p -> p.references().anySatisfy(r ->
                r instanceof Reference.Map x && x.map() == m.index() || r instanceof Reference.Data d && d.map() == m.index() && !m.readOnlyData())));
    }

    private static String describe(MapDefinition map) {
        String lock = map.value().special().isEmpty() ? "no lock"
                : map.value().special().collect(s -> s.kind().structName() + " at " + s.offset()).makeString(", ");
        if (map.data().isPresent()) {
            return "global data, " + map.valueSize() + " bytes, " + lock;
        }
        String key = map.key().typeName().isEmpty() ? map.keySize() + " bytes" : map.key().typeName();
        String value = map.value().typeName().isEmpty() ? map.valueSize() + " bytes" : map.value().typeName();
        return map.type() + " " + key + " -> " + value + ", " + lock;
    }

    // ---- problems

    /** Of many, a list of all comes first. */
    private void problems() {
        int told = all ? report.problems().size() : Math.min(FIRST, report.problems().size());
        if (report.problems().size() > FIRST) {
            line("%d problems", report.problems().size());
            ProblemList.lines(naming, report.problems()).each(l -> line("%s", l));
            line("");
        }
        report.problems().take(told).each(this::problem);
        if (told < report.problems().size()) {
            line("  ... %s in full: --details all", count(report.problems().size() - told, "more problem"));
            line("");
        }
    }

    private void problem(Problem problem) {
        new ProblemText(report.object().name(), naming).lines(problem).each(l -> line("%s", l));
    }

    // ---- verdicts

    private void verdicts() {
        ScenarioLines.of(naming, report.results(), all).each(l -> line("%s", l));
        if (report.results().notEmpty()) {
            line("");
        }
        line("%s  %s", report.status(), report.scope().bounds());
        report.scope().settings().newWithAll(report.notes()).each(s -> line("  with    %s", s));
        report.scope().assumptions().each(a -> line("  assumes %s", a));
        if (report.rules().rejected()) {
            line("  rejected by Linux %s: %s", report.rules().kernel().version(), rejected());
        }
        if (report.problems().notEmpty()) {
            int scenarios = report.results().count(r -> r.verdict() instanceof Verdict.Violated);
            line("  %s in %s", count(report.problems().size(), "problem"), count(scenarios, "scenario"));
            if (report.scope().sequential() && report.results().anySatisfy(TextReport::races)) {
                line("  races: weaker machines may show more, try --memory-model tso");
            }
            line("  next    ./bpfmc explain %s      --format html=report.html", report.problems().getFirst().fault().finding().property());
        }
    }

    private static boolean races(ScenarioResult result) {
        return result.verdict() instanceof Verdict.Violated v && v.faults().anySatisfy(f -> f.finding().about().weakerMachinesMayShowMore());
    }

    private String rejected() {
        return report.rules().maps().anySatisfy(bpfmc.model.rules.Finding::rejects) ? "the whole object"
                : count(report.rules().programs().count(bpfmc.model.rules.Judgement.OfProgram::rejected), "program") + ", not explored";
    }
}
