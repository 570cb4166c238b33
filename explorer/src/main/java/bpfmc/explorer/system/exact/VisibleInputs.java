package bpfmc.explorer.system.exact;

import bpfmc.model.machine.PrivateState;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.step.VisibleOperation.Access;
import bpfmc.model.step.VisibleOperation.Store;
import bpfmc.model.value.Apply;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Extract;
import bpfmc.model.value.Sum;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.bits.Conditions;
import bpfmc.model.value.bits.Decision;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Among the inputs that lead down a path, those that show a person what goes wrong: what is about to be stored is not what is there already, memory
 * holds 4 at first, and inputs add 60 or 100, not 0. They decide nothing: each wish is dropped where the path does not allow it.
 */
final class VisibleInputs {
    /** Numbers whose wishes are tried. */
    private static final int MOST_NUMBERS = 6;

    /** Parts of conditions that are decided for wishes, of one path. */
    static final int MOST_DECISIONS = 60;

    private static final ImmutableList<Long> HELD_AT_FIRST = Lists.immutable.with(4L, 40L);
    private static final ImmutableList<Long> GIVEN = Lists.immutable.with(60L, 100L, 25L);

    private VisibleInputs() {}

    /**
     * {@return values that satisfy the conditions, too}
     *
     * @param found some that do @param memory at the end of the path @param runs as they stand there, by agent
     */
    static Map<Symbol, Long> of(Map<Symbol, Long> found, Conditions conditions, MemoryModel.View memory, ImmutableList<PrivateState> runs,
            Function<Conditions, Decision> decide) {
        Map<Symbol, Long> values = found;
        Conditions kept = conditions;
        for (ImmutableList<Literal> oneOf : wishes(memory, runs)) {
            for (Literal wish : oneOf) {
                Conditions more = kept.and(Lists.immutable.with(wish));
                if (decide.apply(more) instanceof Decision.Satisfied s) {
                    kept = more;
                    values = s.values();
                    break;
                }
            }
        }
        return values;
    }

    /** {@return wishes in the order in which they matter, each in several forms of which the first is best} */
    private static ImmutableList<ImmutableList<Literal>> wishes(MemoryModel.View memory, ImmutableList<PrivateState> runs) {
        MutableList<ImmutableList<Literal>> wishes = Lists.mutable.empty();
        Set<Term> numbers = new LinkedHashSet<>();
        runs.forEachWithIndex((run, agent) -> {
            if (run.operation() instanceof Access a && a.size() <= Long.BYTES) {
                Term there = memory.element(a.element().slot()).read(a.element().slot(), a.offset(), a.size());
                numbers(there, numbers);
                if (a instanceof Store s) {
                    Term stored = Terms.extract(Element.toShared(s.value().term(), agent), 0, s.size());
                    numbers(stored, numbers);
                    wishes.add(Lists.immutable.with(Comparison.equal(stored, there, false)));
                }
            }
        });
        Lists.immutable.withAll(numbers).take(MOST_NUMBERS).each(n -> wishes.add(values(n).collect(v -> Comparison.equal(n, Terms.constant(v), true))));
        return wishes.toImmutable();
    }

    private static ImmutableList<Long> values(Term number) {
        Symbol symbol = number instanceof Extract e ? (Symbol) e.term() : (Symbol) number;
        return switch (symbol.kind()) {
            case ELEMENT -> HELD_AT_FIRST;
            case CONTEXT, PACKET, FRESH, EXPORTED -> GIVEN;
            case TASK, READ_ONLY, ADDRESS, UNWRITTEN, CONSTANT_RESULT, KERNEL_SYMBOL, UNFOLLOWED, MONOTONIC_CLOCK, BOOT_CLOCK, COARSE_CLOCK, TAI_CLOCK,
                    JIFFIES -> Lists.immutable.empty();
        };
    }

    /** Adds the inputs that a term is made of, whole or in part. */
    private static void numbers(Term term, Set<Term> all) {
        switch (term) {
            case Constant c -> { }
            case Symbol s -> all.add(s);
            case Extract e when e.term() instanceof Symbol -> all.add(e);
            case Extract e -> numbers(e.term(), all);
            case Sum s -> s.products().each(p -> numbers(p.term(), all));
            case Apply a -> {
                numbers(a.left(), all);
                numbers(a.right(), all);
            }
        }
    }
}
