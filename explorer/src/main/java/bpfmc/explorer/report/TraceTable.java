package bpfmc.explorer.report;

import bpfmc.explorer.verdict.Counterexample;
import bpfmc.explorer.verdict.Counterexample.Step;
import bpfmc.explorer.verdict.Subject;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** The interleaving with one column a CPU, and what the finding's memory holds after each step. */
final class TraceTable {
    private static final int LONGEST_TEXT = 28;

    private final Naming naming;
    private final Counterexample trace;
    private final String memory;

    /** @param subject the memory that the finding is about */
    TraceTable(Naming naming, Counterexample trace, Subject subject) {
        this.naming = naming;
        this.trace = trace;
        this.memory = naming.instance(trace.element(), subject);
    }

    ImmutableList<String> lines() {
        MutableList<String> lines = Lists.mutable.empty();
        if (trace.steps().isEmpty()) {
            return lines.toImmutable();
        }
        if (!trace.initially().isEmpty()) {
            lines.add("initially  " + memory + " = " + trace.initially());
        }
        trace.inputs().each(i -> lines.add("with       " + i));
        lines.add("");
        ImmutableList<Integer> cpus = trace.steps().collect(Step::cpu).distinct().toSortedList().toImmutable();
        int[] widths = new int[cpus.size()];
        for (int c = 0; c < widths.length; c++) {
            int cpu = cpus.get(c);
            widths[c] = Math.max(header(cpu).length(),
                    trace.steps().select(s -> s.cpu() == cpu).collect(s -> text(s).length()).maxOptional().orElse(0));
        }
        lines.add(row("step", cpus.collect(this::header), widths, trace.initially().isEmpty() ? "" : memory));
        for (int i = 0; i < trace.steps().size(); i++) {
            Step step = trace.steps().get(i);
            lines.add(row(String.valueOf(i + 1), cpus.collect(cpu -> cpu == step.cpu() ? text(step) : ""), widths, memory(step)));
        }
        lines.add("");
        return lines.toImmutable();
    }

    private String header(int cpu) {
        return "CPU" + cpu + "  " + trace.steps().detect(s -> s.cpu() == cpu).program();
    }

    private static String memory(Step step) {
        return step.before().isEmpty() ? "" : step.before().equals(step.after()) ? step.after() : step.before() + " -> " + step.after();
    }

    private String text(Step step) {
        String source = naming.line(step.program(), step.slot()).map(l -> ":" + l.line() + "  " + cut(l.text().strip()))
                .orElse("@" + step.slot());
        String value = step.value().isEmpty() ? "" : " " + step.value();
        String held = step.held().isEmpty() ? "" : "  |";
        return source + "   " + step.action() + value + held;
    }

    /** The statement without a comment behind it, as long as fits. */
    private static String cut(String line) {
        int comment = line.indexOf("//");
        String text = comment > 0 ? line.substring(0, comment).strip() : line;
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 3) + "...";
    }

    private static String row(String first, ImmutableList<String> columns, int[] widths, String last) {
        StringBuilder row = new StringBuilder(String.format("%4s  ", first));
        for (int c = 0; c < widths.length; c++) {
            row.append(String.format("%-" + widths[c] + "s   ", columns.get(c)));
        }
        return row.append(last).toString().stripTrailing();
    }
}
