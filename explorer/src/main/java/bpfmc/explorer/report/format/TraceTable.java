package bpfmc.explorer.report.format;

import bpfmc.explorer.report.Naming;
import bpfmc.explorer.verdict.Counterexample;
import bpfmc.explorer.verdict.Counterexample.Step;
import bpfmc.explorer.verdict.Subject;
import java.util.HashMap;
import java.util.Map;
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
        ImmutableList<Row> rows = rows();
        ImmutableList<Integer> cpus = trace.steps().collect(Step::cpu).distinct().toSortedList().toImmutable();
        int[] widths = new int[cpus.size()];
        for (int c = 0; c < widths.length; c++) {
            int cpu = cpus.get(c);
            widths[c] = Math.max(header(cpu).length(),
                    rows.select(r -> r.cpu() == cpu).collect(r -> r.text().length()).maxOptional().orElse(0));
        }
        lines.add(line("step", cpus.collect(this::header), widths, trace.initially().isEmpty() ? "" : memory));
        rows.each(r -> lines.add(line(r.number(), cpus.collect(cpu -> cpu == r.cpu() ? r.text() : ""), widths, r.memory())));
        lines.add("");
        return lines.toImmutable();
    }

    /** @param number of the step, "" for a line of a frame */
    private record Row(String number, int cpu, String text, String memory) {}

    /** The steps, those of an agent that interrupts another one inside a frame. */
    private ImmutableList<Row> rows() {
        MutableList<Row> rows = Lists.mutable.empty();
        Map<Integer, Integer> depths = new HashMap<>();
        int number = 0;
        for (int i = 0; i < trace.steps().size(); i++) {
            Step step = trace.steps().get(i);
            int depth = depths.getOrDefault(step.cpu(), 0);
            boolean afterAnother = depth == step.depth() && previous(i) >= 0 && trace.steps().get(previous(i)).agent() != step.agent();
            int outside = afterAnother ? Math.max(0, depth - 1) : step.depth();
            for (; depth > outside; depth--) {
                rows.add(new Row("", step.cpu(), "|  ".repeat(depth - 1) + "+-", ""));
            }
            for (; depth < step.depth(); depth++) {
                rows.add(new Row("", step.cpu(), "|  ".repeat(depth) + "+- " + (depth + 1 == step.depth() ? step.level() + " " + step.program() : ""), ""));
            }
            depths.put(step.cpu(), depth);
            boolean early = step.pending() && trace.steps().drop(i + 1).anySatisfy(s -> !s.pending() || s.depth() > step.depth() && s.cpu() == step.cpu());
            rows.add(new Row(early ? "" : String.valueOf(++number), step.cpu(), "|  ".repeat(depth) + text(step, early), early ? "" : memory(step)));
        }
        return rows.toImmutable();
    }

    /** {@return the last step before this one on the same CPU, -1 when there is none} */
    private int previous(int index) {
        int before = index - 1;
        while (before >= 0 && trace.steps().get(before).cpu() != trace.steps().get(index).cpu()) {
            before--;
        }
        return before;
    }

    private String header(int cpu) {
        return "CPU" + cpu + "  " + trace.steps().select(s -> s.cpu() == cpu && s.depth() == 0).collect(s -> s.program() + " (" + s.level() + ")")
                .distinct().makeString(", ");
    }

    private static String memory(Step step) {
        return step.before().isEmpty() ? "" : step.before().equals(step.after()) ? step.after() : step.before() + " -> " + step.after();
    }

    /** @param early whether the agent is interrupted before it takes the step */
    private String text(Step step, boolean early) {
        String source = naming.line(step.program(), step.slot()).map(l -> ":" + l.line() + "  " + cut(l.text().strip()))
                .orElse("@" + step.slot());
        String value = (ofSeveralKeys(step) ? " " + step.element() : "") + (step.value().isEmpty() ? "" : " " + step.value());
        String held = step.held().isEmpty() ? "" : "  |";
        return source + "   " + (early ? "about to " : "") + step.action() + value + held;
    }

    /** {@return whether the step asks for a key of a map of which other steps ask for another one} */
    private boolean ofSeveralKeys(Step step) {
        return asksForKey(step) && trace.steps().anySatisfy(s -> asksForKey(s) && s.map() == step.map() && !s.element().equals(step.element()));
    }

    private static boolean asksForKey(Step step) {
        return switch (step.action()) {
            case "lookup", "update", "delete" -> !step.element().isEmpty();
            default -> false;
        };
    }

    /** The statement without a comment behind it, as long as fits. */
    private static String cut(String line) {
        int comment = line.indexOf("//");
        String text = comment > 0 ? line.substring(0, comment).strip() : line;
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 3) + "...";
    }

    private static String line(String first, ImmutableList<String> columns, int[] widths, String last) {
        StringBuilder row = new StringBuilder(String.format("%4s  ", first));
        for (int c = 0; c < widths.length; c++) {
            row.append(String.format("%-" + widths[c] + "s   ", columns.get(c)));
        }
        return row.append(last).toString().stripTrailing();
    }
}
