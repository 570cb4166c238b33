package bpfmc.explorer.scenario;

import bpfmc.model.lock.LockImplementation;
import bpfmc.model.memory.Bindings;
import bpfmc.model.memory.Element;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Key;
import bpfmc.model.value.Solver;
import bpfmc.model.value.Solver.Bound;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
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
 * @param literals conditions @param bounds and ranges, of all agents together
 */
public record FinalContents(ImmutableSet<Content> contents, boolean ended, ImmutableSet<Literal> literals, ImmutableSet<Bound> bounds) {

    /**
     * @param map index @param keys under which the element is found; a fixed element has its slot's index as its key
     * @param cells what it holds, empty when the key finds nothing
     */
    public record Content(int map, ImmutableSet<Key> keys, Optional<Cells> cells) {}

    /** {@return the contents of a state of a system that keeps the names of keys} */
    public static FinalContents of(BpfSystem system, int[] state) {
        Snapshot snapshot = system.snapshot(state);
        MutableSet<Content> contents = Sets.mutable.empty();
        MutableSet<Literal> literals = Sets.mutable.empty();
        MutableSet<Bound> bounds = Sets.mutable.empty();
        Map<Integer, Integer> followed = new HashMap<>();
        for (int map = 0; map < system.scenario().object().maps().size(); map++) {
            Bindings bindings = snapshot.bindings(map);
            ExactReplay.keyConditions(bindings, literals);
            for (Bindings.KeyClass group : bindings.classes()) {
                boolean bound = group.element() != Bindings.ABSENT;
                if (bound) {
                    followed.put(group.element(), map);
                }
                contents.add(new Content(map, group.keys().toSet().toImmutable(),
                        bound ? Optional.of(written(system, snapshot, group.element())) : Optional.empty()));
            }
        }
        for (int slot : system.touchedElements()) {
            if (!followed.containsKey(slot) && system.slots().name(slot).series() == bpfmc.model.memory.Slots.Series.FIXED) {
                var name = system.slots().name(slot);
                contents.add(new Content(name.map(), Sets.immutable.with(new Key(
                        Lists.immutable.with(Terms.constant(name.index()), Terms.constant(name.cpu())))),
                        Optional.of(written(system, snapshot, slot))));
            }
        }
        boolean ended = true;
        for (int i = 0; i < snapshot.agents(); i++) {
            int agent = i;
            ended &= !snapshot.active(agent);
            var facts = snapshot.run(agent).state().facts();
            facts.literals().each(l -> literals.add(ExactReplay.shared(l, agent)));
            facts.ranges().forEachKeyValue((t, r) -> bounds.add(new Bound(Element.toShared(t, agent), r)));
        }
        return new FinalContents(contents.toImmutable(), ended, literals.toImmutable(), bounds.toImmutable());
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
    public Optional<Map<Symbol, Long>> inputsOutside(ImmutableSet<FinalContents> others) {
        return inputsOutside(others.toList(), literals.toSortedListBy(Literal::toString), new int[] {MOST_ATTEMPTS});
    }

    private Optional<Map<Symbol, Long>> inputsOutside(MutableList<FinalContents> others, MutableList<Literal> conditions, int[] attempts) {
        if (others.isEmpty()) {
            return attempts[0]-- <= 0 ? Optional.empty() : Solver.solve(conditions, bounds.toSortedListBy(Bound::toString));
        }
        FinalContents first = others.getFirst();
        for (Literal missed : first.negations().reject(conditions::contains)) {
            var found = inputsOutside(Lists.mutable.withAll(others.drop(1)), Lists.mutable.withAll(conditions).with(missed), attempts);
            if (found.isPresent() || attempts[0] <= 0) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** {@return conditions each of which alone keeps a run from ending here} */
    private MutableList<Literal> negations() {
        MutableList<Literal> negations = literals.collect(Literal::negated).toSortedListBy(Literal::toString);
        for (Bound b : bounds.toSortedListBy(Bound::toString)) {
            negations.add(new Literal(new Comparison(Order.LESS_UNSIGNED, b.term(), Terms.constant(b.range().umin())), true));
            negations.add(new Literal(new Comparison(Order.LESS_UNSIGNED, Terms.constant(b.range().umax()), b.term()), true));
        }
        return negations;
    }

    /** {@return whether with these inputs this end is reached and holds the same numbers as the other one} */
    public boolean agrees(FinalContents other, Map<Symbol, Long> inputs) {
        return ended == other.ended && Solver.violated(literals.toList(), bounds.toList(), inputs).isEmpty()
                && numbers(inputs).equals(other.numbers(inputs));
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
