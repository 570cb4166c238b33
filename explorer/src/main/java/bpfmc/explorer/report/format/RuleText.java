package bpfmc.explorer.report.format;

import bpfmc.explorer.report.Naming;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.SourceLine;
import bpfmc.model.rules.Finding;
import bpfmc.model.rules.Judgement;
import java.util.Locale;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/** Findings of the lock rules as text: as compilers write them, or as a verdict. */
public final class RuleText {
    private static final int LONGEST_PATH = 12;

    private RuleText() {}

    /** {@return the finding as a compiler would print it, lines ended} */
    public static String diagnostic(BpfObject object, Finding finding) {
        String place = finding.line().map(l -> l.file() + ":" + l.line() + (l.column() > 0 ? ":" + l.column() : "")).orElse(object.name());
        String source = finding.line().map(l -> String.format(Locale.ROOT, "%7d | %s%n", l.line(), l.text().strip())).orElse("");
        return place + ": " + (finding.rejects() ? "error" : "warning") + ": " + finding.rule() + ": " + finding.sentence()
                + "   (" + subject(finding) + ")\n" + source + details(finding);
    }

    /** {@return the finding as the verdict on a program that the kernel refuses, or as a warning} */
    static String rejection(BpfObject object, Finding finding) {
        String first = (finding.rejects() ? "REJECTED  " : "WARNING   ") + object.name() + ": " + subject(finding) + ", kernel "
                + finding.version();
        String line = finding.line().map(l -> "  " + at(l) + "   " + l.text().strip() + "     ").orElse("  ") + finding.sentence();
        return String.format(Locale.ROOT, "%-66s  rule %s%n%s%n", first, finding.rule(), line) + details(finding);
    }

    private static String subject(Finding finding) {
        String instruction = finding.slot().isPresent() && finding.line().isEmpty() ? ", instruction " + finding.slot().getAsInt() : "";
        return (finding.program() || finding.subject().equals(".BTF") ? "" : "map ") + finding.subject() + instruction;
    }

    private static String details(Finding finding) {
        var out = new StringBuilder();
        out.append("  kernel says    ").append(finding.message().replace("\n", "\n                 ")).append('\n');
        if (finding.path().notEmpty()) {
            out.append("  path           ").append(path(finding.path())).append('\n');
        }
        out.append("  fix            ").append(finding.page().fix()).append("     ./bpfmc explain ").append(finding.rule()).append('\n');
        return out.toString();
    }

    private static String path(ImmutableList<Finding.Waypoint> path) {
        int left = Math.max(0, path.size() - LONGEST_PATH);
        return (left > 0 ? "... " : "") + path.drop(left).collect(w -> ":" + w.line().line() + " " + w.what()).makeString(", ");
    }

    private static String at(SourceLine line) {
        return Naming.baseName(line.file()) + ":" + line.line();
    }

    /**
     * {@return which kernels accept which program: a row a program, a column a kernel, in it the rule that refuses it} What a
     * kernel says of the maps it says of every program.
     */
    public static String matrix(BpfObject object, ImmutableList<Judgement> byKernel) {
        var columns = new Columns(Lists.mutable.with(object.name()).withAll(byKernel.collect(j -> j.kernel().version().toString()))
                .with("accepted").toArray(new String[0]));
        for (int i = 0; i < byKernel.getFirst().programs().size(); i++) {
            int program = i;
            ImmutableList<String> cells = byKernel.collect(j -> cell(j, program));
            columns.add(Lists.mutable.with(byKernel.getFirst().programs().get(i).name()).withAll(cells)
                    .with(since(byKernel, cells)).toArray(new String[0]));
        }
        return columns.render("");
    }

    private static String cell(Judgement judgement, int program) {
        Judgement.OfProgram p = judgement.programs().get(program);
        return judgement.maps().newWithAll(p.findings()).detectOptional(Finding::rejects).map(Finding::rule)
                .orElse(p.gap().isPresent() ? "undecided" : "yes");
    }

    /** The first kernel of those that accept the program and after which no known kernel refuses it. */
    private static String since(ImmutableList<Judgement> byKernel, ImmutableList<String> cells) {
        int first = cells.size();
        while (first > 0 && cells.get(first - 1).equals("yes")) {
            first--;
        }
        return first == cells.size() ? "not by " + byKernel.getLast().kernel().version()
                : first == 0 ? "by all" : "since " + byKernel.get(first).kernel().version();
    }
}
