package bpfmc.model.thread;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.isa.Disassembler;
import bpfmc.model.isa.Instruction.LoadImmediate64.Pseudo;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.NaiveEvaluator;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.RandomPrograms;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.isa.Width;
import bpfmc.model.kernel.MapType;
import bpfmc.model.kernel.Sections;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.MapDefinition.DataSection;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;
import org.junit.jupiter.api.Test;

/**
 * The symbolic interpreter against {@link NaiveEvaluator}: random code between a prologue that fills r0 to r9 with
 * constants or context words and an epilogue that stores them to global data, where the automaton shows them. In the
 * middle of the random code, r0 to r8 are stored to global data too and loaded back in another order.
 */
class InterpreterAgainstNaiveTest {
    private static final int CONTEXT_BYTES = 64;
    /** r0 to r8 from the middle, then r0 to r9 from the end. */
    private static final int RESULTS = 19;
    private static final int DATA_BYTES = 8 * RESULTS;
    private static final short SPILL = -512;

    /**
     * One way through the automaton.
     *
     * @param stored by word of the data
     * @param factsHold whether all facts on the way hold of the context, as far as they speak of it alone
     */
    private record Outcome(List<Term> stored, boolean factsHold) {}

    private static final class Case {
        final ImmutableList<Instruction> code;
        final BpfProgram program;
        final byte[] context = new byte[CONTEXT_BYTES];

        Case(Random random, int length, boolean inputs) {
            MutableList<Instruction> slots = Lists.mutable.empty();
            prologue(slots, random, inputs);
            slots.addAllIterable(RandomPrograms.body(random, length, middle()));
            epilogue(slots);
            code = slots.toImmutable();
            var references = IntObjectMaps.mutable.<Reference>empty();
            code.forEachWithIndex((i, slot) -> {
                if (i instanceof Instruction.LoadImmediate64 wide && wide.kind() == Pseudo.MAP_VALUE) {
                    references.put(slot, new Reference.Data(0, 0));
                }
            });
            program = new BpfProgram("random", Sections.parse("socket"), code,
                    Lists.immutable.with(new Function("random", 0, code.size(), true)),
                    references.toImmutable(), IntObjectMaps.immutable.empty());
            random.nextBytes(context);
        }

        private static void prologue(MutableList<Instruction> slots, Random random, boolean inputs) {
            slots.add(new Instruction.Move(Width.W64, Register.R6, new Operand.Reg(Register.R1)));
            for (int r : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 9, 6}) {
                Register register = Register.of(r);
                if (inputs && random.nextInt(3) != 0) {
                    Size size = Size.values()[random.nextInt(4)];
                    int offset = random.nextInt(CONTEXT_BYTES - size.bytes() + 1);
                    slots.add(new Instruction.Load(size, size != Size.DOUBLE && random.nextBoolean(), register,
                            Register.R6, (short) offset));
                } else {
                    slots.add(new Instruction.Move(Width.W64, register,
                            new Operand.Imm(random.nextInt() >> random.nextInt(32))));
                }
            }
        }

        private static ImmutableList<Instruction> middle() {
            MutableList<Instruction> slots = Lists.mutable.empty();
            pointToData(slots);
            for (int r = 0; r < 9; r++) {
                slots.add(store(r, Register.of(r)));
            }
            for (int r = 0; r < 9; r++) {
                slots.add(new Instruction.Load(Size.DOUBLE, false, Register.of((r + 1) % 9), Register.R9,
                        (short) (8 * r)));
            }
            return slots.with(new Instruction.Load(Size.DOUBLE, false, Register.R9, Register.R10, SPILL)).toImmutable();
        }

        private static void epilogue(MutableList<Instruction> slots) {
            pointToData(slots);
            for (int r = 0; r < 9; r++) {
                slots.add(store(9 + r, Register.of(r)));
            }
            slots.add(new Instruction.Load(Size.DOUBLE, false, Register.R8, Register.R10, SPILL));
            slots.add(store(18, Register.R8));
            slots.add(new Instruction.Exit());
        }

        private static void pointToData(MutableList<Instruction> slots) {
            slots.add(new Instruction.Store(Size.DOUBLE, Register.R10, SPILL, new Operand.Reg(Register.R9)));
            slots.add(new Instruction.LoadImmediate64(Register.R9, Pseudo.MAP_VALUE, 0, 0));
            slots.add(null);
        }

        private static Instruction store(int index, Register src) {
            return new Instruction.Store(Size.DOUBLE, Register.R9, (short) (8 * index), new Operand.Reg(src));
        }

        long[] naive() {
            byte[] data = new byte[DATA_BYTES];
            NaiveEvaluator.run(code, NaiveEvaluator.CONTEXT, context.clone(), data);
            long[] values = new long[RESULTS];
            ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(values);
            return values;
        }

        long word(Symbol symbol) {
            return ByteBuffer.wrap(context).order(ByteOrder.LITTLE_ENDIAN).getLong(symbol.detail());
        }

        List<Outcome> symbolic() {
            var bss = new MapDefinition(0, ".bss", MapType.ARRAY, 4, DATA_BYTES, 1, 0, ValueLayout.opaque(DATA_BYTES),
                    ValueLayout.opaque(4), Optional.of(new DataSection(DataSection.Kind.BSS, new byte[DATA_BYTES])),
                    Optional.empty());
            var object = new BpfObject("random.o", "", Lists.immutable.with(program), Lists.immutable.with(bss),
                    Optional.empty(), Lists.immutable.empty());
            var automaton = ThreadAutomaton.forgetting(new RunConfig(object, program));
            List<Outcome> outcomes = new ArrayList<>();
            follow(automaton, ThreadAutomaton.START, Answer.NONE, new Outcome(List.of(), true), outcomes);
            return outcomes;
        }

        private void follow(ThreadAutomaton automaton, int node, Answer answer, Outcome soFar, List<Outcome> outcomes) {
            automaton.resume(node, answer).each(next -> {
                boolean holds = soFar.factsHold() && factsHold(automaton.state(next));
                switch (automaton.operation(next)) {
                    case VisibleOperation.Store store -> {
                        assertThat(store.offset()).as(this::listing).isEqualTo(8 * soFar.stored().size());
                        List<Term> stored = new ArrayList<>(soFar.stored());
                        stored.add(store.value().term());
                        follow(automaton, next, Answer.NONE, new Outcome(stored, holds), outcomes);
                    }
                    case VisibleOperation.Load load -> follow(automaton, next,
                            new Answer.Of(Value.of(soFar.stored().get(load.offset() / 8))),
                                    new Outcome(soFar.stored(), holds), outcomes);
                    case VisibleOperation.End end -> outcomes.add(soFar);
                    case VisibleOperation other -> throw new AssertionError(other + "\n" + listing());
                }
            });
        }

        private boolean factsHold(PrivateState state) {
            boolean ranges = state.facts().ranges().keyValuesView().allSatisfy(pair -> !evaluable(pair.getOne())
                    || pair.getTwo().contains(Terms.evaluate(pair.getOne(), this::word)));
            return ranges && state.facts().literals().allSatisfy(l -> {
                Term a = l.comparison().left();
                Term b = l.comparison().right();
                return !evaluable(a) || !evaluable(b)
                        || l.comparison().order().test(Terms.evaluate(a, this::word), Terms.evaluate(b, this::word))
                                == l.holds();
            });
        }

        private static boolean evaluable(Term term) {
            boolean[] known = {true};
            Terms.forEachSymbol(term, s -> known[0] &= s.kind() == Symbol.Kind.CONTEXT);
            return known[0];
        }

        boolean agrees(Outcome outcome, long[] naive) {
            for (int r = 0; r < RESULTS; r++) {
                Term term = outcome.stored().get(r);
                if (evaluable(term) && Terms.evaluate(term, this::word) != naive[r]) {
                    return false;
                }
            }
            return true;
        }

        String listing() {
            StringBuilder text = new StringBuilder();
            code.forEachWithIndex((i, slot) -> text.append(i == null ? "" : slot + ": " + Disassembler.text(i) + "\n"));
            return text.toString();
        }

        String describe(List<Outcome> outcomes, long[] naive) {
            return listing() + "naive " + java.util.Arrays.toString(naive) + "\n" + outcomes;
        }
    }

    @Test
    void constantProgramsHaveOneWayAndItsValuesAreExact() {
        Random random = new Random(11);
        for (int round = 0; round < 1_500; round++) {
            var one = new Case(random, 50, false);
            long[] naive = one.naive();
            List<Outcome> outcomes = one.symbolic();
            assertThat(outcomes).as(() -> one.describe(outcomes, naive)).hasSize(1);
            assertThat(outcomes.getFirst().stored()).as(one::listing)
                    .isEqualTo(java.util.Arrays.stream(naive).mapToObj(Terms::constant).toList());
        }
    }

    @Test
    void oneOfTheWaysOfAnUnknownInputIsTheConcreteRun() {
        Random random = new Random(12);
        long terms = 0;
        long unknown = 0;
        Set<Integer> ways = new HashSet<>();
        for (int round = 0; round < 1_500; round++) {
            var one = new Case(random, 24, true);
            long[] naive = one.naive();
            List<Outcome> outcomes = one.symbolic();
            List<Outcome> right = outcomes.stream().filter(o -> o.factsHold() && one.agrees(o, naive)).toList();
            if (right.isEmpty()) {
                assertThat(right).as(() -> one.describe(outcomes, naive)).isNotEmpty();
            }
            ways.add(outcomes.size());
            terms += RESULTS;
            unknown += right.getFirst().stored().stream().filter(t -> !Case.evaluable(t)).count();
        }
        assertThat(ways).as("branches on unknowns are followed both ways").contains(1, 2, 3);
        assertThat(unknown).as("terms that were given up, of %d", terms).isLessThan(terms / 20);
    }
}
