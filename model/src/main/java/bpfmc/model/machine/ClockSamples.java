package bpfmc.model.machine;

import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Width;
import bpfmc.model.step.Answer;
import bpfmc.model.step.StaleClockSample;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Apply;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Region;
import bpfmc.model.value.Sum;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * ClockSamples that all CPUs read. A clock stands still or advances between any two steps, so a later sample is equal or greater;
 * a run knows of the samples in its hands which others have been overtaken by ({@link StaleClockSample}).
 *
 * <p>A difference wraps when the subtracted sample is the later one. Computing it is no fault yet: a signed test may come
 * first. It counts where the difference is used as an unsigned number: in an unsigned comparison, a division, a shift to the
 * right, a product, or a store to shared memory, unless a condition on the way excludes that it has wrapped.
 */
public final class ClockSamples {
    private ClockSamples() {}

    // ---- reading

    /** The newest sample of all: none that the run holds is greater. */
    public static void sampled(Machine m, Symbol sample) {
        for (Symbol held : samples(m)) {
            if (held.kind() == sample.kind() && !held.equals(sample)) {
                m.assume(atMost(held, sample));
            }
        }
    }

    // ---- what others read

    /** Somebody else has read the clock: later than every sample that the run holds. */
    static void overtake(Machine m, Symbol by) {
        for (Symbol sample : samples(m)) {
            if (sample.owner() == Symbol.OWN && sample.kind() == by.kind()) {
                m.overtaken = m.overtaken.newWith(new StaleClockSample(sample, by));
            }
        }
    }

    /** {@return whether the run can have got this answer} It learns how the samples in it lie to those it holds. */
    public static boolean learn(Machine m, Set<Symbol> received) {
        boolean possible = true;
        if (!received.isEmpty()) {
            for (Symbol own : samples(m)) {
                for (Symbol other : received) {
                    if (own.owner() == Symbol.OWN && own.kind() == other.kind()) {
                        possible = possible && m.assume(m.overtaken.anySatisfy(o -> o.concerns(own, other)) ? atMost(own, other) : atMost(other, own));
                    }
                }
            }
        }
        return possible;
    }

    /** {@return the samples of other runs in an answer} */
    public static Set<Symbol> samplesOfOthers(Answer answer) {
        Set<Symbol> samples = new LinkedHashSet<>();
        switch (answer) {
            case Answer.Of of -> collect(of.value(), samples);
            case Answer.Bytes bytes -> bytes.contents().cells().each(c -> collect(c.value(), samples));
            case Answer.Bound bound -> { }
            case Answer.None none -> { }
            case Answer.Underway underway -> { }
        }
        samples.removeIf(s -> s.owner() < 0);
        return samples;
    }

    private static Set<Symbol> samples(Machine m) {
        Set<Symbol> samples = new LinkedHashSet<>();
        MachineValues.forEachValue(m, v -> collect(v, samples));
        if (m.operation instanceof VisibleOperation.ReadClock notYet) {
            samples.remove(notYet.sample());
        }
        return samples;
    }

    private static void collect(Value value, Set<Symbol> samples) {
        if (value instanceof Value.Scalar s) {
            Terms.forEachSymbol(s.term(), x -> {
                if (x.kind().isClock()) {
                    samples.add(x);
                }
            });
        }
    }

    private static Literal atMost(Term lesser, Term greater) {
        return new Literal(new Comparison(Order.LESS_UNSIGNED, greater, lesser), false);
    }

    // ---- differences

    /**
     * Lets the way on which a difference that the instruction uses has wrapped stop before the instruction.
     *
     * @return false when there is no other way
     */
    public static boolean use(Machine m, Instruction instruction, Deque<Machine> work) {
        for (Term term : used(m, instruction)) {
            for (Wrap wrap : wraps(m, term)) {
                var wrapped = new Literal(new Comparison(Order.LESS_UNSIGNED, wrap.earlier(), wrap.later()), true);
                Machine one = m.copy();
                if (one.assume(wrapped)) {
                    one.stopAt(new VisibleOperation.UseWrapped(wrap.known().sample(), wrap.known().by()));
                    work.push(one);
                    if (!m.assume(wrapped.negated())) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Goes on with the wrapped difference; that it has wrapped is told once. */
    public static void used(Machine m, VisibleOperation.UseWrapped use) {
        m.overtaken = m.overtaken.collect(o -> o.concerns(use.earlier(), use.later()) ? new StaleClockSample(o.sample(), o.by(), true) : o);
    }

    /** The numbers of which the instruction does something that a wrapped difference spoils. */
    private static ImmutableList<Term> used(Machine m, Instruction instruction) {
        return switch (instruction) {
            case Instruction.Branch b when b.width() == Width.W64 -> switch (b.condition()) {
                case GT, GE, LT, LE -> terms(m.value(b.dst()), m.operand(b.src()));
                case EQ, NE, SET, SGT, SGE, SLT, SLE -> Lists.immutable.empty();
            };
            case Instruction.Alu a when a.width() == Width.W64 && (a.op() == AluOp.DIV || a.op() == AluOp.MOD || a.op() == AluOp.RSH) ->
                    terms(m.value(a.dst()));
            case Instruction.Alu a when a.width() == Width.W64 && a.op() == AluOp.MUL && a.src() instanceof Operand.Reg r ->
                    terms(m.value(a.dst()), m.value(r.register()));
            case Instruction.Store s when shared(m, m.value(s.base())) -> terms(m.operand(s.src()));
            case Instruction.StoreRelease s when shared(m, m.value(s.base())) -> terms(m.value(s.src()));
            case Instruction.Atomic a when shared(m, m.value(a.base())) -> terms(m.value(a.src()));
            default -> Lists.immutable.empty();
        };
    }

    private static boolean shared(Machine m, Value base) {
        return base instanceof Value.Pointer p && p.region() instanceof Region.Element;
    }

    private static ImmutableList<Term> terms(Value... values) {
        return Lists.immutable.with(values).selectInstancesOf(Value.Scalar.class).collect(Value.Scalar::term);
    }

    /** A difference that may have wrapped. @param earlier what was sampled, perhaps in coarser units @param later likewise */
    private record Wrap(Term earlier, Term later, StaleClockSample known) {}

    private static List<Wrap> wraps(Machine m, Term term) {
        List<Wrap> wraps = new ArrayList<>();
        if (term instanceof Sum sum && m.facts.range(term).smin() < 0) {
            for (Sum.Product plus : sum.products()) {
                for (Sum.Product minus : sum.products()) {
                    if (plus.coefficient() > 0 && minus.coefficient() < 0 && sameUnit(plus.term(), minus.term())) {
                        known(m, plus.term(), minus.term()).ifPresent(o -> wraps.add(new Wrap(plus.term(), minus.term(), o)));
                    }
                }
            }
        }
        return wraps;
    }

    private static Optional<StaleClockSample> known(Machine m, Term plus, Term minus) {
        return sample(plus).flatMap(a -> sample(minus).flatMap(b -> m.overtaken.detectOptional(o -> !o.told() && o.concerns(a, b))));
    }

    /** {@return the sample that a term is, or is a fraction of} */
    private static Optional<Symbol> sample(Term term) {
        return switch (term) {
            case Symbol s when s.kind().isClock() -> Optional.of(s);
            case Apply a when fraction(a) -> sample(a.left());
            default -> Optional.empty();
        };
    }

    private static boolean sameUnit(Term a, Term b) {
        return a instanceof Symbol && b instanceof Symbol
                || a instanceof Apply x && b instanceof Apply y && fraction(x) && x.operator() == y.operator() && x.right().equals(y.right())
                        && sameUnit(x.left(), y.left());
    }

    private static boolean fraction(Apply a) {
        return a.right().isConstant() && (a.operator() == Apply.Operator.UDIV || a.operator() == Apply.Operator.LSHR);
    }
}
