package bpfmc.explorer.report.format;

import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.Problem;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.report.Wording;
import bpfmc.explorer.verdict.Counterexample.Step;
import java.util.stream.Collectors;

/** The interleavings as Mermaid sequence diagrams in Markdown, which GitHub and GitLab draw: a life line a CPU, and one for the memory. */
final class MermaidReport {
    private final StringBuilder out = new StringBuilder();

    private MermaidReport() {}

    static String of(CheckReport all) {
        var mermaid = new MermaidReport();
        all.reports().each(report -> report.problems().each(p -> mermaid.problem(report, p)));
        return mermaid.out.toString();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private void problem(Report report, Problem problem) {
        Naming naming = new Naming(report.object());
        var example = problem.fault().counterexample();
        String memory = naming.instance(example.element(), problem.fault().finding().subject());
        line((out.isEmpty() ? "" : "\n") + "### " + MarkdownReport.escaped(report.object().name() + ": " + Wording.title(naming, problem)));
        line("");
        line("```mermaid");
        line("sequenceDiagram");
        for (int cpu : example.steps().collect(Step::cpu).distinct().toSortedList()) {
            line("  participant CPU" + cpu + " as CPU" + cpu + " " + escaped(example.steps().detect(s -> s.cpu() == cpu).program()));
        }
        line("  participant M as " + (memory.isEmpty() ? "shared memory" : escaped(memory)));
        if (!example.initially().isEmpty()) {
            line("  Note over M: " + escaped(example.initially()));
        }
        example.steps().each(step -> step(naming, step, memory));
        line("```");
    }

    private void step(Naming naming, Step step, String memory) {
        String touched = Wording.touched(naming, step);
        line("  CPU" + step.cpu() + (step.pending() ? "-->>M: " : "->>M: ") + escaped(naming.where(step.program(), step.slot()) + " "
                + Wording.action(step) + (touched.isEmpty() || touched.equals(memory) ? "" : " " + touched)));
        if (!step.pending() && !step.before().equals(step.after())) {
            line("  Note over M: " + escaped(step.before() + " → " + step.after()));
        }
    }

    /** Semicolons end statements, a number sign begins an entity. */
    private static String escaped(String text) {
        return text.codePoints().mapToObj(c -> switch (c) {
            case '#', ';', '<', '>' -> "#" + c + ";";
            case '\n' -> " ";
            default -> Character.toString(c);
        }).collect(Collectors.joining());
    }
}
