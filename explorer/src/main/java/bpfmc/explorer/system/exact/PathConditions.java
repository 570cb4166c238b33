package bpfmc.explorer.system.exact;

import bpfmc.model.machine.PrivateState;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Key;
import bpfmc.model.value.Solver.Bound;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.bits.Conditions;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** What the unknowns of all runs must satisfy for a state to be reached, as far as the state remembers it. */
final class PathConditions {
    private PathConditions() {}

    /** {@return what the runs know of their unknowns, and the keys of maps of one another} @param runs by agent */
    static Conditions of(ImmutableList<PrivateState> runs, Iterable<KeyPartition> bindings) {
        Conditions all = Conditions.NONE;
        for (int agent = 0; agent < runs.size(); agent++) {
            all = with(all, runs.get(agent), agent);
        }
        for (KeyPartition b : bindings) {
            all = with(all, b);
        }
        return all;
    }

    private static Conditions with(Conditions conditions, PrivateState run, int agent) {
        MutableList<Bound> bounds = Lists.mutable.empty();
        run.facts().ranges().forEachKeyValue((t, r) -> bounds.add(new Bound(Element.toShared(t, agent), r)));
        return bounds.injectInto(conditions.and(run.facts().literals().collect(l -> shared(l, agent))).and(meanings(run, agent)), Conditions::and);
    }

    /** {@return what an agent's unknowns stand for, as all see it} */
    static ImmutableList<Literal> meanings(PrivateState run, int agent) {
        return run.facts().meanings().collect(l -> shared(l, agent));
    }

    /** {@return an agent's condition as all see it} */
    private static Literal shared(Literal l, int agent) {
        return new Literal(new Comparison(l.comparison().order(), Element.toShared(l.comparison().left(), agent),
                Element.toShared(l.comparison().right(), agent)), l.holds());
    }

    /** Keys of one class are equal, keys of different classes are not. */
    static Conditions with(Conditions conditions, KeyPartition bindings) {
        Conditions all = conditions;
        for (int i = 0; i < bindings.classes().size(); i++) {
            ImmutableList<Key> keys = bindings.classes().get(i).keys();
            for (int k = 1; k < keys.size(); k++) {
                all = all.and(equal(keys.getFirst(), keys.get(k)));
            }
            for (int j = i + 1; j < bindings.classes().size() && keys.notEmpty(); j++) {
                ImmutableList<Key> others = bindings.classes().get(j).keys();
                all = others.isEmpty() ? all : differ(all, keys.getFirst(), others.getFirst());
            }
        }
        return all;
    }

    private static ImmutableList<Literal> equal(Key a, Key b) {
        return a.words().zip(b.words()).collect(w -> Comparison.equal(w.getOne(), w.getTwo(), true));
    }

    /** In at least one word. */
    private static Conditions differ(Conditions conditions, Key a, Key b) {
        ImmutableList<Literal> unlike = equal(a, b).reject(l -> l.comparison().left().equals(l.comparison().right()));
        boolean known = unlike.anySatisfy(l -> l.comparison().left().isConstant() && l.comparison().right().isConstant());
        return known ? conditions : conditions.andOneOf(unlike.collect(Literal::negated));
    }

    /** {@return that of samples of one clock, in the order in which they were taken, a later one is equal or greater} */
    static ImmutableList<Literal> inOrder(ImmutableList<Symbol> samples) {
        MutableList<Literal> ordered = Lists.mutable.empty();
        for (int i = 1; i < samples.size(); i++) {
            Symbol later = samples.get(i);
            Symbol earlier = samples.take(i).toReversed().detect(s -> s.kind() == later.kind());
            if (earlier != null) {
                ordered.add(new Literal(new Comparison(Comparison.Order.LESS_UNSIGNED, later, earlier), false));
            }
        }
        return ordered.toImmutable();
    }
}
