package bpfmc.explorer.report.format;

import bpfmc.explorer.report.Cause;
import bpfmc.explorer.report.CauseWords;
import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.Expected;
import bpfmc.explorer.report.FailOn;
import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.ObjectReport;
import bpfmc.explorer.report.Problem;
import bpfmc.explorer.report.Problems;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.report.Status;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Scope;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.explorer.verdict.Verdict.Reason;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/** The report for a terminal: what was checked, each problem so that its first screen suffices to mend it, the verdicts. */
public final class TextReport {
    /** Ids of further findings that a problem names. */
    private static final int MOST_IDS = 4;

    private final Report report;
    private final Naming naming;
    private final StringBuilder out = new StringBuilder();

    private TextReport(Report report) {
        this.report = report;
        this.naming = new Naming(report.object());
    }

    /** The text in parts. */
    static final ReportParts PARTS = new ReportParts(Optional.empty(), (o, failOn) -> isTold(o) ? of(o.report()) + note(failOn) : "", "\n",
            all -> expectations(all, all.objects().anySatisfy(TextReport::isTold)));

    /** The same, with what each exploration cost. */
    static final ReportParts VERBOSE_PARTS = new ReportParts(Optional.empty(), (o, failOn) -> of(o.report()) + "\n" + figures(o.report()), "\n",
            all -> expectations(all, all.objects().notEmpty()));

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
        var text = new TextReport(report);
        int width = Math.max(8, report.results().collect(r -> r.name().length()).maxOptional().orElse(0));
        text.line("%-" + width + "s  %12s  %12s  %9s  %14s  %9s  %11s", "scenario", "states", "transitions", "terminal", "private states", "KiB", "states/s");
        report.results().each(r -> text.line("%-" + width + "s  %,12d  %,12d  %,9d  %,14d  %,9d  %,11.0f", r.name(), r.exploration().states(),
                r.exploration().transitions(), r.exploration().terminals(), r.exploration().privateStates(), r.exploration().bytes() >> 10,
                r.exploration().states() / Math.max(1e-6, r.exploration().seconds())));
        return text.out.toString();
    }

    /** {@return the report as text} */
    public static String of(Report report) {
        var text = new TextReport(report);
        text.header();
        report.rules().findings().each(f -> text.line("%s", RuleText.rejection(report.object(), f)));
        report.problems().each(text::problem);
        var finals = new FinalStatesText(text.naming);
        report.results().each(r -> r.finals().ifPresent(f -> finals.lines(r, f).newWith("").each(l -> text.line("%s", l))));
        text.verdicts();
        return text.out.toString();
    }

    /** {@return the problems that one scenario was the first to show, with their interleavings} */
    static String problems(Report report, ScenarioResult scenario) {
        var text = new TextReport(report);
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

    // ---- one problem

    private void problem(Problem p) {
        Finding finding = p.fault().finding();
        String property = finding.property().replace('-', ' ');
        String possible = p.fault().counterexample().confirmed() ? "" : "possible ";
        String level = finding.level() == bpfmc.explorer.verdict.Level.WARNING ? "  (warning)" : "";
        String place = naming.place(finding.subject());
        line("VIOLATED  %s%s%s%s%s", possible, property, place.isEmpty() ? "" : " on " + place,
                place.isEmpty() ? "" : "   (" + naming.type(finding.subject()) + ")", level);
        int findings = others(p).size() + 1;
        line("          %s: %s     %s%s", report.object().name(), p.scenario().name(),
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
        line("  fix     %s", p.fix(naming));
        line("  id      %s", p.id());
        ids(p);
        line("");
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
        ImmutableList<String> table = AccessTable.lines(naming, cause);
        if (table.notEmpty()) {
            line("  %s", CauseWords.sentence(naming, cause));
            line("");
            table.each(l -> line("%s", l));
            line("");
        }
    }

    // ---- verdicts

    private void verdicts() {
        int width = report.results().collect(r -> r.name().length()).maxOptional().orElse(0);
        for (ScenarioResult r : report.results()) {
            line("%-" + Math.max(1, width) + "s  %-12s %-14s %8d states  %.2f s", r.name(), Status.of(r.verdict()), what(r.verdict()),
                    r.exploration().states(), r.exploration().seconds());
            r.like().ifPresent(l -> line("  not explored again: the same code as %s", l));
            r.verdict().unfinished().each(reason -> line("  %s", reason(reason)));
            r.lookups().missed().each(m -> line("  every lookup in %s missed: what is done with an element of it was not explored", m));
        }
        if (report.results().anySatisfy(r -> r.name().contains(" < "))) {
            line("  (a < b: a interrupted by b, on one CPU)");
        }
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
        }
    }

    private String rejected() {
        return report.rules().maps().anySatisfy(bpfmc.model.rules.Finding::rejects) ? "the whole object"
                : count(report.rules().programs().count(bpfmc.model.rules.Judgement.OfProgram::rejected), "program") + ", not explored";
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
