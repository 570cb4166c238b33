package bpfmc.explorer.replay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Where one stands in a counterexample. @param at the step, from 0 */
public record Stepper(StoredTrace trace, int at) {
    /** What one can say, for a prompt. */
    public static final String COMMANDS = "n next, b back, l to the next lock or unlock, m memory, g N go to step N, q quit";

    /** At the first step. */
    public Stepper(StoredTrace trace) {
        this(trace, 0);
    }

    /** What came of a command. @param next empty to quit */
    public record Answer(Optional<Stepper> next, ImmutableList<String> lines) {}

    /** {@return where one stands after a command, and what is to be shown; an unknown one shows {@link #COMMANDS}} */
    public Answer command(String line) {
        String[] words = line.strip().split("\\s+");
        return switch (words[0]) {
            case "", "n", "next" -> to(at + 1);
            case "b", "back" -> to(at - 1);
            case "l", "lock" -> to(nextLock());
            case "m", "memory" -> new Answer(Optional.of(this), memory());
            case "g", "go" -> words.length == 2 && words[1].matches("\\d{1,6}") ? to(Integer.parseInt(words[1]) - 1) : unknown();
            case "q", "quit" -> new Answer(Optional.empty(), Lists.immutable.empty());
            default -> unknown();
        };
    }

    private Answer unknown() {
        return new Answer(Optional.of(this), Lists.immutable.with(COMMANDS));
    }

    private Answer to(int step) {
        if (step < 0 || step >= trace.steps().size()) {
            return new Answer(Optional.of(this), Lists.immutable.with(step < 0 ? "this is the first step" : "this is the last step: " + trace.message()));
        }
        var there = new Stepper(trace, step);
        return new Answer(Optional.of(there), there.shown());
    }

    private int nextLock() {
        for (int i = at + 1; i < trace.steps().size(); i++) {
            if (trace.steps().get(i).action().endsWith("lock")) {
                return i;
            }
        }
        return trace.steps().size() - 1;
    }

    /** {@return the step} */
    public ImmutableList<String> shown() {
        StoredStep step = trace.steps().get(at);
        return Lists.immutable.with("step " + (at + 1) + " of " + trace.steps().size() + "  " + step.who(), "  " + step.place() + "  " + step.source(),
                "  " + step.what() + (step.locks().isEmpty() ? "" : "   owns " + step.locks().makeString(", ")));
    }

    /** {@return what memory holds as far as the steps until now have shown, who owns which lock, and who runs where} */
    public ImmutableList<String> memory() {
        Map<String, String> cells = new LinkedHashMap<>();
        Map<String, Integer> owners = new LinkedHashMap<>();
        Map<Integer, MutableList<String>> stacks = new LinkedHashMap<>();
        for (StoredStep step : trace.steps().take(at + 1)) {
            if (step.showsMemory()) {
                cells.put(step.touched(), step.value().replaceFirst("^.* -> ", ""));
            }
            if (!step.pending()) {
                owners.entrySet().removeIf(e -> e.getValue() == step.cpu() && !step.locks().contains(e.getKey()));
                step.locks().each(l -> owners.put(l, step.cpu()));
            }
            MutableList<String> stack = stacks.computeIfAbsent(step.cpu(), c -> Lists.mutable.empty());
            while (stack.size() > step.depth()) {
                stack.remove(stack.size() - 1);
            }
            stack.add(step.program() + " (" + step.level() + ")");
        }
        MutableList<String> lines = Lists.mutable.empty();
        if (!trace.initially().isEmpty()) {
            lines.add("  initially  " + trace.initially());
        }
        cells.forEach((place, value) -> lines.add("  memory     " + place + " = " + value));
        owners.forEach((lock, cpu) -> lines.add("  lock       " + lock + " owned by CPU" + cpu));
        stacks.forEach((cpu, stack) -> lines.add("  CPU" + cpu + "       " + stack.toReversed().makeString(" over ")));
        return lines.toImmutable();
    }
}
