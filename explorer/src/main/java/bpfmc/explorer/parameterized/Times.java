package bpfmc.explorer.parameterized;

import bpfmc.model.isa.AtomicOp;
import bpfmc.model.machine.MachineValues;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.step.StaleClockSample;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Apply;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Extract;
import bpfmc.model.value.Sum;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Times that programs store for other runs, by where they store them: a load there finds any of them, or anything. A
 * sample of another run may be older than those that the run has in its hands, or
 * later than some of them; in a per-CPU map nobody else stores, if nothing comes on top of a run.
 *
 * <p>Kept are sums of clock samples, and of fractions of samples, as these are what differences of times are made of;
 * what else there is in a sum is unknown.
 */
final class Times {
    /** More different times in one place are not followed, nor times made of more samples. */
    private static final int MOST_TIMES = 8;
    private static final int MOST_SAMPLES = 2;

    private final Map<Place, Set<Term>> stored = new LinkedHashMap<>();
    private final boolean followed;
    private final Set<String> tooMany = new TreeSet<>();
    private boolean grown;

    /** Bytes of the values of a map. */
    private record Place(int map, int offset, int size) {}

    /** What a load may find. @param overtaken samples of the run's that the time found is later than */
    record Reading(Term term, ImmutableList<StaleClockSample> overtaken) {}

    private Times(boolean followed) {
        this.followed = followed;
    }

    /** {@return none yet; what is stored will be found by loads} */
    static Times followed() {
        return new Times(true);
    }

    /** {@return where times are numbers like any others} */
    static Times ofNoConcern() {
        return new Times(false);
    }

    /** {@return whether anything new was stored since this was last asked} */
    boolean grown() {
        boolean before = grown;
        grown = false;
        return before;
    }

    /** {@return maps in which more times are stored than can be followed} */
    Set<String> tooMany() {
        return tooMany;
    }

    // ---- stores

    private void store(int map, String name, int offset, Cells contents, int program) {
        contents.cells().each(c -> store(map, name, offset + c.offset(), c.size(), c.value(), program));
    }

    private void store(int map, String name, int offset, int size, Value value, int program) {
        if (!followed || !(value instanceof Value.Scalar s)) {
            return;
        }
        Optional<Term> time = time(s.term(), program);
        if (time.isPresent()) {
            Set<Term> here = stored.computeIfAbsent(new Place(map, offset, size), p -> new LinkedHashSet<>());
            if (samples(time.get()).size() > MOST_SAMPLES || here.size() >= MOST_TIMES && !here.contains(time.get())) {
                tooMany.add(name);
            } else {
                grown |= here.add(time.get());
            }
        }
    }

    /**
     * {@return the sum of samples that the number is, and of one unknown for all else; empty when it is made of no
     * sample}
     */
    private static Optional<Term> time(Term term, int program) {
        Map<Symbol, Symbol> names = new LinkedHashMap<>();
        Term time = switch (term) {
            case Symbol s -> isTime(s) ? renamed(s, program, names) : Constant.ZERO;
            case Apply a -> isTime(a) ? renamed(a, program, names) : Constant.ZERO;
            case Sum s -> {
                Term sum = Terms.constant(s.constant());
                boolean more = false;
                for (Sum.Product p : s.products()) {
                    more |= !isTime(p.term());
                    sum = isTime(p.term()) ? Terms.add(sum, Terms.scale(p.coefficient(), renamed(p.term(), program, names))) : sum;
                }
                yield more ? Terms.add(sum, Unknowns.number(0, 0, Long.BYTES)) : sum;
            }
            case Constant c -> Constant.ZERO;
            case Extract e -> Constant.ZERO;
        };
        return names.isEmpty() ? Optional.empty() : Optional.of(time);
    }

    /** {@return whether the term is a sample, or a fraction of one} */
    private static boolean isTime(Term term) {
        return term instanceof Symbol s && s.kind().isClock() || term instanceof Apply a && a.right().isConstant()
                && (a.operator() == Apply.Operator.UDIV || a.operator() == Apply.Operator.LSHR) && isTime(a.left());
    }

    /** {@return the term where samples are named by who took them, and where: agent 0 is whoever loads them} */
    private static Term renamed(Term term, int program, Map<Symbol, Symbol> names) {
        return Terms.substitute(term, s -> names.computeIfAbsent(s, x -> new Symbol(x.owner() == Symbol.OWN ? program + 1 : x.owner(), x.kind(), names.size(), x.detail(), x.bytes())));
    }

    private static Set<Symbol> samples(Term term) {
        Set<Symbol> samples = new LinkedHashSet<>();
        Terms.forEachSymbol(term, s -> {
            if (s.kind().isClock()) {
                samples.add(s);
            }
        });
        return samples;
    }

    /**
     * Notes what an operation stores, and what of it cannot be followed. @param name of the map @param program number
     * of the program that stores
     */
    void note(VisibleOperation operation, int map, String name, int program) {
        switch (operation) {
            case VisibleOperation.Store o -> store(map, name, o.offset(), o.size(), o.value(), program);
            case VisibleOperation.CopyIn o -> store(map, name, o.offset(), o.contents(), program);
            case VisibleOperation.Update o -> store(map, name, 0, o.value(), program);
            case VisibleOperation.ReadModifyWrite o when o.op() == AtomicOp.XCHG || o.op() == AtomicOp.CMPXCHG -> store(map, name, o.offset(), o.size(), o.operand(), program);
            case VisibleOperation.ReadModifyWrite o -> {
                together(map, name, o.offset(), o.size());
                if (followed && time(o.operand().term(), program).isPresent()) {
                    tooMany.add(name);
                }
            }
            case VisibleOperation.CopyOut o -> together(map, name, o.offset(), o.size());
            case VisibleOperation o -> { }
        }
    }

    /** Times that are copied together, or changed where they are. */
    private void together(int map, String name, int offset, int size) {
        if (stored.keySet().stream().anyMatch(p -> p.map() == map && p.offset() < offset + size && offset < p.offset() + p.size())) {
            tooMany.add(name);
        }
    }

    // ---- loads

    /**
     * {@return what a load may find besides anything} @param alone whether nobody else stores there while the run has
     * its samples
     */
    List<Reading> readings(int map, int offset, int size, PrivateState run, boolean alone) {
        List<Reading> readings = new ArrayList<>();
        Set<Term> here = followed ? stored.getOrDefault(new Place(map, offset, size), Set.of()) : Set.of();
        if (here.isEmpty()) {
            return readings;
        }
        ImmutableList<Symbol> own = own(run);
        int free = free(run);
        for (Term time : here) {
            List<Reading> some = List.of(new Reading(time, Lists.immutable.empty()));
            int index = free;
            for (Symbol sample : samples(time)) {
                Symbol name = new Symbol(sample.owner(), sample.kind(), index++, sample.detail(), sample.bytes());
                List<Reading> more = new ArrayList<>();
                for (Reading before : some) {
                    Term named = Terms.substitute(before.term(), s -> s.equals(sample) ? name : s);
                    for (int overtaken = 0; overtaken <= (alone ? 0 : own.size()); overtaken++) {
                        more.add(new Reading(named, before.overtaken().newWithAll(own.take(overtaken).select(o -> o.kind() == name.kind()).collect(o -> new StaleClockSample(o, name)))));
                    }
                }
                some = more;
            }
            readings.addAll(some);
        }
        return readings.stream().distinct().toList();
    }

    /** {@return the samples that the run has taken itself and still has, the oldest first} */
    private static ImmutableList<Symbol> own(PrivateState run) {
        Set<Symbol> all = new LinkedHashSet<>();
        clocks(run, all);
        return Lists.immutable.withAll(all).select(s -> s.owner() == Symbol.OWN).toSortedListBy(Symbol::index).toImmutable();
    }

    /** {@return a number from which on no sample of others is named by it} */
    private static int free(PrivateState run) {
        Set<Symbol> all = new LinkedHashSet<>();
        clocks(run, all);
        run.overtaken().each(o -> all.add(o.by()));
        int free = 0;
        for (Symbol s : all) {
            free = s.owner() == Symbol.OWN ? free : Math.max(free, s.index() + 1);
        }
        return free;
    }

    private static void clocks(PrivateState run, Set<Symbol> into) {
        MachineValues.forEachValue(run, v -> {
            if (v instanceof Value.Scalar s) {
                into.addAll(samples(s.term()));
            }
        });
    }
}
