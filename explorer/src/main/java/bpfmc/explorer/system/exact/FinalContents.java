package bpfmc.explorer.system.exact;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.DifferentInputs;
import bpfmc.explorer.system.Snapshot;
import bpfmc.model.lock.LockImplementation;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Definitions;
import bpfmc.model.value.Key;
import bpfmc.model.value.Solver;
import bpfmc.model.value.Solver.Bound;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Unfollowed;
import bpfmc.model.value.Value;
import bpfmc.model.value.bits.Conditions;
import bpfmc.model.value.bits.Decision;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.api.set.MutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/**
 * What the maps hold in a state in which nobody can step, and the conditions on the inputs under which it is reached.
 * Elements are named by the keys that find them, so that it does not matter which memory a key's value came to lie in.
 *
 * @param contents what each key finds @param ended whether every run came to its end
 * @param literals conditions @param bounds and ranges, of all agents together @param choices groups of conditions of which one holds
 */
public record FinalContents(ImmutableSet<Content> contents, boolean ended, ImmutableSet<Literal> literals, ImmutableSet<Bound> bounds,
        ImmutableSet<ImmutableList<Literal>> choices) {

    /**
     * @param map index @param keys under which the element is found; a fixed element has its slot's index as its key
     * @param cells what it holds, empty when the key finds nothing
     */
    public record Content(int map, ImmutableSet<Key> keys, Optional<Cells> cells) {}

    /** {@return the contents of a state of a system that keeps the names of keys} */
    public static FinalContents of(BpfSystem system, int[] state) {
        Snapshot snapshot = system.snapshot(state);
        MutableSet<Content> contents = Sets.mutable.empty();
        MutableList<KeyPartition> known = Lists.mutable.empty();
        Map<Integer, Integer> followed = new HashMap<>();
        for (int map = 0; map < system.scenario().object().maps().size(); map++) {
            KeyPartition bindings = snapshot.bindings(map);
            known.add(bindings);
            for (KeyPartition.KeyClass group : bindings.classes()) {
                boolean bound = group.element() != KeyPartition.ABSENT;
                if (bound) {
                    followed.put(group.element(), map);
                }
                contents.add(new Content(map, group.keys().toSet().toImmutable(),
                        bound ? Optional.of(written(system, snapshot, group.element())) : Optional.empty()));
            }
        }
        for (int slot : system.touchedElements()) {
            if (!followed.containsKey(slot) && system.slots().name(slot).series() == bpfmc.model.memory.ElementIds.Series.FIXED) {
                var name = system.slots().name(slot);
                contents.add(new Content(name.map(), Sets.immutable.with(new Key(
                        Lists.immutable.with(Terms.constant(name.index()), Terms.constant(name.cpu())))),
                        Optional.of(written(system, snapshot, slot))));
            }
        }
        boolean ended = true;
        MutableList<PrivateState> runs = Lists.mutable.empty();
        for (int agent = 0; agent < snapshot.agents(); agent++) {
            ended &= !snapshot.active(agent);
            runs.add(snapshot.run(agent).state());
        }
        MutableList<Literal> equations = Lists.mutable.empty();
        runs.forEachWithIndex((run, agent) -> equations.addAllIterable(PathConditions.meanings(run, agent)));
        Meanings meanings = new Meanings(equations);
        Conditions all = PathConditions.of(runs.toImmutable(), known);
        Conditions conditions = meanings.in(new Conditions(all.literals().reject(equations::contains), all.bounds(), all.choices()));
        return new FinalContents(contents.collect(meanings::in).toImmutable(), ended, conditions.literals().toImmutableSet(), conditions.bounds().toImmutableSet(),
                conditions.choices().toImmutableSet());
    }

    /** What a lock is made of leaves in its word is the lock's business, as what a timer is about to do is the timer's. */
    private static Cells written(BpfSystem system, Snapshot snapshot, int slot) {
        boolean lockWords = system.scenario().rules().lock() != LockImplementation.SPECIFICATION;
        ImmutableList<SpecialField> special = system.scenario().object().maps().get(system.slots().mapOf(slot)).value().special();
        return special.select(f -> f.kind() == SpecialKind.TIMER || f.kind() == SpecialKind.WORKQUEUE || lockWords && f.kind() == SpecialKind.SPIN_LOCK)
                .injectInto(snapshot.element(slot), (e, f) -> e.withLockWord(slot, f.offset(), 0)).cells();
    }

    /** How many ways to miss the other ends are tried. */
    private static final int MOST_ATTEMPTS = 256;

    /** {@return inputs that lead here but to none of the others, empty when none were found} */
    public Optional<Map<Symbol, Long>> inputsOutside(Scenario scenario, ImmutableSet<FinalContents> others) {
        return inputsOutside(scenario, others.toList(), conditions(), new int[] {MOST_ATTEMPTS});
    }

    /** {@return whether inputs lead here} */
    public Decision decide(Scenario scenario) {
        return Decision.of(KernelFacts.with(scenario, DifferentInputs.with(scenario, conditions())));
    }

    private Conditions conditions() {
        return new Conditions(sorted(literals), sorted(bounds), sorted(choices));
    }

    private static <T> ImmutableList<T> sorted(ImmutableSet<T> parts) {
        return parts.toSortedListBy(Object::toString).toImmutable();
    }

    private static Optional<Map<Symbol, Long>> inputsOutside(Scenario scenario, MutableList<FinalContents> others, Conditions conditions, int[] attempts) {
        if (others.isEmpty()) {
            return attempts[0]-- > 0 && Decision.of(KernelFacts.with(scenario, DifferentInputs.with(scenario, conditions))) instanceof Decision.Satisfied s ? Optional.of(s.values()) : Optional.empty();
        }
        FinalContents first = others.getFirst();
        for (ImmutableList<Literal> missed : first.negations().reject(n -> conditions.literals().containsAll(n.castToList()))) {
            var found = inputsOutside(scenario, Lists.mutable.withAll(others.drop(1)), conditions.and(missed), attempts);
            if (found.isPresent() || attempts[0] <= 0) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** {@return groups of conditions each of which keeps a run from ending here} */
    private MutableList<ImmutableList<Literal>> negations() {
        MutableList<ImmutableList<Literal>> negations = sorted(literals).collect(l -> Lists.immutable.with(l.negated())).toList();
        for (Bound b : sorted(bounds)) {
            negations.add(Lists.immutable.with(new Literal(new Comparison(Order.LESS_UNSIGNED, b.term(), Terms.constant(b.range().umin())), true)));
            negations.add(Lists.immutable.with(new Literal(new Comparison(Order.LESS_UNSIGNED, Terms.constant(b.range().umax()), b.term()), true)));
        }
        return negations.withAll(sorted(choices).collect(c -> c.collect(Literal::negated)));
    }

    /** {@return whether with these inputs this end is reached and holds the same numbers as the other one} */
    public boolean agrees(FinalContents other, Map<Symbol, Long> inputs) {
        return ended == other.ended && Solver.violated(literals.toList(), bounds.toList(), inputs).isEmpty()
                && choices.allSatisfy(c -> c.anySatisfy(l -> Solver.violated(Lists.mutable.with(l), Lists.mutable.empty(), inputs).isEmpty()))
                && numbers(inputs).equals(other.numbers(inputs));
    }

    /** Unknowns that stand for others, put in their places. */
    private static final class Meanings {
        private static final int LARGEST_TERM = 2000;
        private final Map<Symbol, Term> meanings = new HashMap<>();

        Meanings(Iterable<Literal> equations) {
            Definitions.of(equations).inOrder().forEach((symbol, meaning) -> {
                Term whole = of(meaning);
                meanings.put(symbol, Terms.size(whole) <= LARGEST_TERM ? whole
                        : new Symbol(symbol.owner(), Symbol.Kind.UNFOLLOWED, symbol.index(), Unfollowed.LARGE_NUMBER.ordinal(), symbol.bytes()));
            });
        }

        private Term of(Term term) {
            return meanings.isEmpty() ? term : Terms.substitute(term, s -> meanings.getOrDefault(s, s));
        }

        private Literal in(Literal l) {
            Term a = of(l.comparison().left());
            Term b = of(l.comparison().right());
            return l.comparison().order() == Order.EQUAL ? Comparison.equal(a, b, l.holds()) : new Literal(new Comparison(l.comparison().order(), a, b), l.holds());
        }

        Conditions in(Conditions c) {
            return meanings.isEmpty() ? c : new Conditions(c.literals().collect(this::in), c.bounds().collect(b -> new Bound(of(b.term()), b.range())),
                    c.choices().collect(choice -> choice.collect(this::in)));
        }

        Content in(Content c) {
            return meanings.isEmpty() ? c : new Content(c.map(), c.keys().collect(k -> new Key(k.words().collect(this::of))), c.cells().map(cells ->
                    cells.map(v -> Value.of(of(((Value.Scalar) v).term())))));
        }
    }

    /** Bytes by map, key and offset; bytes that still hold what they held at first count as not written. */
    private Map<String, Long> numbers(Map<Symbol, Long> inputs) {
        Map<String, Long> numbers = new HashMap<>();
        for (Content content : contents) {
            if (content.keys().isEmpty()) {
                continue;
            }
            String where = content.map() + "/" + content.keys().getAny().words().collect(w -> value(w, inputs)).makeString(",") + "/";
            numbers.put(where, content.cells().isPresent() ? 1L : 0L);
            content.cells().ifPresent(cells -> cells.cells().each(c -> {
                for (int i = 0; i < c.size(); i++) {
                    numbers.put(where + (c.offset() + i), value(Terms.extract(((Value.Scalar) c.value()).term(), i, 1), inputs));
                }
            }));
        }
        return numbers;
    }

    private static long value(Term term, Map<Symbol, Long> inputs) {
        return Terms.evaluate(term, s -> inputs.getOrDefault(s, 0L));
    }
}
