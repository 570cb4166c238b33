package bpfmc.explorer.system;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.model.machine.CurrentTask;
import bpfmc.model.machine.InputRange;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Words;
import bpfmc.model.value.bits.Conditions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Inputs that hold another value for each agent: what is unique to a thread, and the fields of contexts that the scenario says it of. */
public final class DifferentInputs {
    private DifferentInputs() {}

    /** {@return whether the terms, by their names for all, are inputs of two agents that are surely different} */
    static boolean surely(Scenario scenario, Term a, Term b) {
        if (a instanceof Symbol x && b instanceof Symbol y && ofDifferentTasks(scenario, x, y)) {
            return true;
        }
        int x = owner(a);
        int y = owner(b);
        return x >= 0 && y >= 0 && x != y && scenario.start().different().anySatisfy(field -> read(scenario, field, x).equals(Optional.of(a))
                && read(scenario, field, y).equals(Optional.of(b)));
    }

    /** {@return the conditions, and what they make of these inputs} */
    public static Conditions with(Scenario scenario, Conditions conditions) {
        if (scenario.start().different().isEmpty() && !conditions.anyUnknown(DifferentInputs::unique)) {
            return conditions;
        }
        Set<Symbol> symbols = new HashSet<>();
        conditions.used().forEachUnknown(symbols::add);
        ImmutableList<Symbol> threads = Lists.immutable.withAll(symbols).select(DifferentInputs::unique).toSortedList().toImmutable();
        MutableList<Literal> different = Lists.mutable.empty();
        for (int i = 0; i < threads.size(); i++) {
            Symbol a = threads.get(i);
            threads.drop(i + 1).select(b -> ofDifferentTasks(scenario, a, b))
                    .each(b -> different.add(Comparison.equal(a, b, false)));
        }
        scenario.start().different().each(field -> different.addAllIterable(pairs(scenario, field, symbols)));
        return different.isEmpty() ? conditions : conditions.and(different);
    }

    /** Of the agents whose field the conditions speak of. */
    private static ImmutableList<Literal> pairs(Scenario scenario, ImmutableList<Scenario.Start.Input> field, Set<Symbol> symbols) {
        MutableList<Term> values = Lists.mutable.empty();
        for (int agent = 0; agent < scenario.agents().size(); agent++) {
            read(scenario, field, agent).filter(t -> mentioned(t, symbols)).ifPresent(values::add);
        }
        MutableList<Literal> pairs = Lists.mutable.empty();
        for (int i = 0; i < values.size(); i++) {
            Term one = values.get(i);
            values.drop(i + 1).each(other -> pairs.add(Comparison.equal(one, other, false)));
        }
        return pairs.toImmutable();
    }

    private static boolean mentioned(Term term, Set<Symbol> symbols) {
        boolean[] mentioned = {false};
        Terms.forEachSymbol(term, s -> mentioned[0] |= symbols.contains(s));
        return mentioned[0];
    }

    /** {@return whether they are the same property of two tasks, and no two tasks have it in common} The idle threads, which interrupts come on top of, have one number. */
    private static boolean ofDifferentTasks(Scenario scenario, Symbol a, Symbol b) {
        return unique(a) && unique(b) && a.index() == b.index() && (scenario.differentThreads(a.owner(), b.owner())
                || CurrentTask.of(a) == CurrentTask.Property.ADDRESS && scenario.agents().get(a.owner()).cpu() != scenario.agents().get(b.owner()).cpu());
    }

    private static boolean unique(Symbol s) {
        return s.kind() == Symbol.Kind.TASK && s.owner() >= 0 && CurrentTask.of(s).unique();
    }

    /** {@return what the agent finds in the field, as all see it; empty when its program has no such field} */
    private static Optional<Term> read(Scenario scenario, ImmutableList<Scenario.Start.Input> field, int agent) {
        String program = scenario.agents().get(agent).program().name();
        return field.detectOptional(i -> i.program().equals(program)).map(i -> {
            InputRange range = i.range();
            return Words.read(range.offset(), range.size(), word -> new Symbol(agent, Symbol.Kind.CONTEXT, 0, word, Long.BYTES));
        });
    }

    private static int owner(Term term) {
        int[] owner = {-1};
        Terms.forEachSymbol(term, s -> owner[0] = s.owner());
        return owner[0];
    }
}
