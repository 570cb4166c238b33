package bpfmc.model.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.call.Knowledge;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.isa.Width;
import bpfmc.model.kernel.MapType;
import bpfmc.model.kernel.Sections;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.MapDefinition.DataSection;
import bpfmc.model.program.Reference;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;
import org.junit.jupiter.api.Test;

/** Runs that end where nothing new can come, beside the same runs with every way followed. */
class PruningTest {
    private static final Knowledge KNOWLEDGE = new Knowledge(true, true, true, true, true);
    private static final int PROBE = 5;
    private static final int LOCK = 93;
    private static final int UNLOCK = 94;

    /** Random code of branches, joins and counted loops over r6 to r9, r1 to r3 and the stack; locks are taken by chance. */
    private static final class Shape {
        final List<Instruction> code = new ArrayList<>();
        final org.eclipse.collections.api.map.primitive.MutableIntObjectMap<Reference> references = IntObjectMaps.mutable.empty();
        final Random random;
        int loops;

        /** Without code. */
        Shape() {
            this.random = new Random(0);
        }

        Shape(Random random) {
            this.random = random;
            add(new Instruction.Move(Width.W64, Register.R6, new Operand.Reg(Register.R1)));
            for (int r : new int[] {1, 2, 3, 7, 8, 9}) {
                if (random.nextBoolean()) {
                    add(new Instruction.Load(Size.WORD, false, Register.of(r), Register.R6, (short) (4 * random.nextInt(3))));
                } else {
                    add(new Instruction.Move(Width.W64, Register.of(r), new Operand.Imm(random.nextInt(8))));
                }
            }
            for (int w = 1; w <= 3; w++) {
                add(new Instruction.Store(Size.DOUBLE, Register.R10, (short) (-8 * w), new Operand.Reg(number())));
            }
            block(2 + random.nextInt(3));
            add(new Instruction.Move(Width.W64, Register.R0, new Operand.Imm(0)));
            add(new Instruction.Exit());
        }

        void add(Instruction i) {
            code.add(i);
        }

        Register number() {
            return Register.of(new int[] {2, 3, 7, 8}[random.nextInt(4)]);
        }

        void block(int depth) {
            for (int n = 3 + random.nextInt(4); n > 0; n--) {
                switch (random.nextInt(depth == 0 ? 8 : 11)) {
                    case 0, 1 -> alu();
                    case 2 -> add(new Instruction.Move(random.nextInt(4) == 0 ? Width.W32 : Width.W64, number(), new Operand.Reg(number())));
                    case 3 -> add(new Instruction.Store(random.nextInt(4) == 0 ? Size.WORD : Size.DOUBLE, Register.R10, word(), new Operand.Reg(number())));
                    case 4 -> add(new Instruction.Load(random.nextInt(4) == 0 ? Size.HALF : Size.DOUBLE, false, number(), Register.R10, word()));
                    case 5 -> add(new Instruction.Load(Size.WORD, false, number(), Register.R6, (short) (4 * random.nextInt(3))));
                    case 6 -> call(random.nextInt(3) != 0 ? PROBE : random.nextBoolean() ? LOCK : UNLOCK);
                    case 7 -> add(new Instruction.Move(Width.W64, number(), new Operand.Imm(random.nextInt(8))));
                    case 8, 9 -> branch(depth);
                    default -> loop(depth);
                }
            }
        }

        void alu() {
            AluOp op = new AluOp[] {AluOp.ADD, AluOp.SUB, AluOp.AND, AluOp.XOR, AluOp.OR, AluOp.RSH}[random.nextInt(6)];
            add(new Instruction.Alu(random.nextInt(4) == 0 ? Width.W32 : Width.W64, op, number(),
                    random.nextBoolean() && op != AluOp.RSH ? new Operand.Reg(number()) : new Operand.Imm(random.nextInt(6))));
        }

        short word() {
            return (short) (-8 * (1 + random.nextInt(3)));
        }

        /** r2 and r3 survive in r8 and the stack only: a call forgets them. */
        void call(int helper) {
            Register seen = number();
            if (helper == PROBE) {
                add(new Instruction.Move(Width.W64, Register.R1, new Operand.Reg(seen)));
            } else {
                references.put(code.size(), new Reference.Data(0, 0));
                add(new Instruction.LoadImmediate64(Register.R1, Instruction.LoadImmediate64.Pseudo.MAP_VALUE, 0, 0));
                add(null);
            }
            add(new Instruction.CallHelper(helper));
            add(new Instruction.Load(Size.DOUBLE, false, Register.R2, Register.R10, word()));
            add(new Instruction.Move(Width.W64, Register.R3, new Operand.Reg(random.nextBoolean() ? Register.R7 : Register.R0)));
        }

        void branch(int depth) {
            int at = code.size();
            add(null);
            block(depth - 1);
            int otherwise = code.size();
            if (random.nextBoolean()) {
                add(null);
                block(depth - 1);
                code.set(otherwise, new Instruction.Jump(false, code.size() - otherwise - 1));
                otherwise++;
            }
            Condition condition = Condition.values()[random.nextInt(Condition.values().length)];
            code.set(at, new Instruction.Branch(random.nextInt(4) == 0 ? Width.W32 : Width.W64, condition, number(),
                    random.nextBoolean() ? new Operand.Reg(number()) : new Operand.Imm(random.nextInt(6)), (short) (otherwise - at - 1)));
        }

        /** Two or three rounds, counted in r9 or in the stack. */
        void loop(int depth) {
            if (loops++ > 1) {
                alu();
                return;
            }
            short counter = (short) (-64 - 8 * loops);
            add(new Instruction.Store(Size.DOUBLE, Register.R10, counter, new Operand.Imm(0)));
            int head = code.size();
            block(depth - 1);
            add(new Instruction.Load(Size.DOUBLE, false, Register.R9, Register.R10, counter));
            add(new Instruction.Alu(Width.W64, AluOp.ADD, Register.R9, new Operand.Imm(1)));
            add(new Instruction.Store(Size.DOUBLE, Register.R10, counter, new Operand.Reg(Register.R9)));
            add(new Instruction.Branch(Width.W64, Condition.LT, Register.R9, new Operand.Imm(2 + random.nextInt(2)), (short) (head - code.size() - 1)));
        }

        RunConfig config() {
            var program = new BpfProgram("p", Sections.parse("tc"), Lists.immutable.withAll(code),
                    Lists.immutable.with(new Function("p", 0, code.size(), true)), references.toImmutable(), IntObjectMaps.immutable.empty());
            var map = new MapDefinition(0, ".data", MapType.ARRAY, 4, 16, 1, 0, ValueLayout.opaque(16), ValueLayout.opaque(4),
                    Optional.of(new DataSection(DataSection.Kind.DATA, new byte[16])), Optional.empty());
            return new RunConfig(new BpfObject("made.o", "GPL", Lists.immutable.with(program), Lists.immutable.with(map), Optional.empty(), Lists.immutable.empty()), program);
        }
    }

    /** What a judge sees: where the run comes with how many locks, and which small numbers it may probe. */
    private static Set<String> seen(RunConfig config, VerifierRun.Follow follow, int[] instructions, boolean probes) {
        Set<String> seen = new TreeSet<>();
        VerifierRun.Effort effort = VerifierRun.effort(config, m -> {
            seen.add(m.slot() + " with " + m.custody().locks().size());
            if (probes && m.instruction() instanceof Instruction.CallHelper call && call.helper() == PROBE && m.argument(1) instanceof Value.Scalar s) {
                for (int v = 0; v < 8; v++) {
                    if (m.range(s.term()).contains(v)) {
                        seen.add(m.slot() + " of " + v);
                    }
                }
            }
            return m.custody().locks().size() < 4;
        }, KNOWLEDGE, follow, () -> false);
        instructions[0] += effort.instructions();
        return effort.gap().isPresent() ? null : seen;
    }

    @Test
    void nothingIsMissedThatEveryWayShows() {
        int compared = 0;
        int wider = 0;
        int[] all = new int[1];
        int[] pruned = new int[1];
        for (int seed = 0; seed < 1500; seed++) {
            RunConfig config = new Shape(new Random(seed)).config();
            boolean probes = seed % 2 == 0;
            Set<String> every = seen(config, VerifierRun.Follow.EVERYTHING, all, probes);
            if (every == null) {
                continue;
            }
            compared++;
            Set<String> met = seen(config, VerifierRun.Follow.WITH_RELATIONS, pruned, probes);
            assertThat(met).as("seed " + seed).containsAll(every);
            wider += met.size() > every.size() ? 1 : 0;
        }
        assertThat(compared).isGreaterThan(1000);
        assertThat(wider).as("from 32 states at one place on, a run knows no more than the verifier").isLessThan(15);
        assertThat(all[0]).isGreaterThan(9 * pruned[0]);
    }

    /** Early, the numbers of a way are taken for unknowns in their ranges, of which a part is known better than of what they were computed from. */
    @Test
    void noPlaceIsMissedThatEveryWayComesTo() {
        int compared = 0;
        int narrower = 0;
        for (int seed = 0; seed < 1500; seed++) {
            RunConfig config = new Shape(new Random(seed)).config();
            Set<String> every = seen(config, VerifierRun.Follow.EVERYTHING, new int[1], false);
            if (every != null) {
                compared++;
                narrower += seen(config, VerifierRun.Follow.WHAT_MAY_BE_NEW, new int[1], false).containsAll(every) ? 0 : 1;
            }
        }
        assertThat(compared).isGreaterThan(1000);
        assertThat(narrower).as("programs of which less is followed, as more is known").isLessThan(10);
    }

    /** Code with jumps by name. */
    private static final class Assembly {
        private final Shape shape = new Shape();
        private final Map<String, Integer> labels = new HashMap<>();
        private final Map<Integer, String> targets = new HashMap<>();

        Assembly number(Register into) {
            shape.add(new Instruction.CallHelper(PROBE));
            return move(into, Register.R0);
        }

        Assembly move(Register dst, Register src) {
            shape.add(new Instruction.Move(Width.W64, dst, new Operand.Reg(src)));
            return this;
        }

        Assembly move(Register dst, int value) {
            shape.add(new Instruction.Move(Width.W64, dst, new Operand.Imm(value)));
            return this;
        }

        Assembly alu(AluOp op, Register dst, Operand src) {
            shape.add(new Instruction.Alu(Width.W64, op, dst, src));
            return this;
        }

        Assembly context(Register dst, int offset) {
            shape.add(new Instruction.Load(Size.WORD, false, dst, Register.R6, (short) offset));
            return this;
        }

        Assembly when(Register left, Condition condition, Operand right, String label) {
            targets.put(shape.code.size(), label);
            shape.add(new Instruction.Branch(Width.W64, condition, left, right, (short) 0));
            return this;
        }

        Assembly go(String label) {
            targets.put(shape.code.size(), label);
            shape.add(new Instruction.Jump(false, 0));
            return this;
        }

        Assembly at(String label) {
            labels.put(label, shape.code.size());
            return this;
        }

        Assembly exit() {
            move(Register.R0, 0);
            shape.add(new Instruction.Exit());
            return this;
        }

        RunConfig config() {
            targets.forEach((slot, label) -> {
                int offset = labels.get(label) - slot - 1;
                shape.code.set(slot, shape.code.get(slot) instanceof Instruction.Branch b
                        ? new Instruction.Branch(b.width(), b.condition(), b.dst(), b.src(), (short) offset) : new Instruction.Jump(false, offset));
            });
            return shape.config();
        }

        /** {@return whether the run comes to a label} */
        boolean reaches(String label, VerifierRun.Follow follow) {
            boolean[] reached = new boolean[1];
            VerifierRun.effort(config(), m -> {
                reached[0] |= m.slot() == labels.get(label);
                return true;
            }, KNOWLEDGE, follow, () -> false);
            return reached[0];
        }

        VerifierRun.Effort effort() {
            return VerifierRun.effort(config(), m -> true, KNOWLEDGE, VerifierRun.Follow.WHAT_MAY_BE_NEW, () -> false);
        }
    }

    private static Operand imm(int value) {
        return new Operand.Imm(value);
    }

    private static Operand reg(Register register) {
        return new Operand.Reg(register);
    }

    /** r6 the context; r7 is anything, r8 is 5 on the way that is followed first and anything on the other. */
    private static Assembly fiveOrAnything() {
        return new Assembly().move(Register.R6, Register.R1).number(Register.R7).context(Register.R1, 0)
                .when(Register.R1, Condition.EQ, imm(0), "other").move(Register.R8, 5).go("join")
                .at("other").number(Register.R8).at("join");
    }

    private static void reachesTheFault(Assembly code) {
        assertThat(code.reaches("fault", VerifierRun.Follow.EVERYTHING)).isTrue();
        assertThat(code.reaches("fault", VerifierRun.Follow.WHAT_MAY_BE_NEW)).isTrue();
    }

    @Test
    void aConditionThatOnlyOneOfTwoNumbersDecidesRestsOnIt() {
        reachesTheFault(fiveOrAnything().when(Register.R8, Condition.EQ, imm(5), "good").at("fault").exit().at("good").exit());
    }

    @Test
    void whatAnotherNumberSaidOfANumberRestsOnBoth() {
        reachesTheFault(fiveOrAnything().when(Register.R7, Condition.GE, reg(Register.R8), "good")
                .when(Register.R7, Condition.LT, imm(10), "good").at("fault").exit().at("good").exit());
    }

    @Test
    void aDifferenceThatIsKnownRestsOnBothNumbers() {
        reachesTheFault(new Assembly().move(Register.R6, Register.R1).number(Register.R7).context(Register.R1, 0)
                .when(Register.R1, Condition.EQ, imm(0), "other").move(Register.R8, Register.R7).go("join")
                .at("other").number(Register.R8).at("join")
                .alu(AluOp.SUB, Register.R7, reg(Register.R8)).when(Register.R7, Condition.EQ, imm(0), "good").at("fault").exit().at("good").exit());
    }

    @Test
    void aWordOfTheContextIsTheSameWhenItIsReadAgain() {
        reachesTheFault(new Assembly().move(Register.R6, Register.R1).context(Register.R7, 0)
                .when(Register.R7, Condition.NE, imm(3), "join").at("join")
                .number(Register.R8).context(Register.R2, 0)
                .when(Register.R2, Condition.EQ, imm(3), "good").at("fault").move(Register.R0, Register.R7).exit()
                .at("good").when(Register.R7, Condition.EQ, imm(0), "end").at("end").exit());
    }

    @Test
    void aNeedThatShowsAfterALoopIsAskedOfItsRounds() {
        assertThat(new Assembly().move(Register.R6, Register.R1).move(Register.R7, 0)
                .at("head").number(Register.R8).when(Register.R8, Condition.EQ, imm(0), "behind")
                .alu(AluOp.ADD, Register.R7, imm(1)).alu(AluOp.AND, Register.R7, imm(3)).go("head")
                .at("behind").when(Register.R7, Condition.NE, imm(3), "good").at("fault").exit().at("good").exit()
                .reaches("fault", VerifierRun.Follow.WHAT_MAY_BE_NEW)).isTrue();
    }

    @Test
    void aCounterOnWhichNothingRestsIsFollowedForOneRoundAndThenOnlyForWhetherItEnds() {
        VerifierRun.Effort effort = new Assembly().move(Register.R6, Register.R1).move(Register.R7, 0)
                .at("head").number(Register.R8).when(Register.R8, Condition.EQ, imm(0), "behind")
                .alu(AluOp.ADD, Register.R7, imm(1)).go("head")
                .at("behind").number(Register.R8).when(Register.R7, Condition.EQ, reg(Register.R8), "end").at("end").exit().effort();
        assertThat(effort.instructions()).isEqualTo(14);
        assertThat(effort.gap()).map(VerifierRun.Gap::kind).contains(VerifierRun.Gap.Kind.TOO_MANY_BRANCHES);
    }

    @Test
    void aRunWhoseTimeIsUpSaysSo() {
        RunConfig endless = new Assembly().move(Register.R6, Register.R1).move(Register.R7, 0)
                .at("head").alu(AluOp.ADD, Register.R7, imm(1)).when(Register.R7, Condition.NE, imm(0), "head").exit().config();
        assertThat(VerifierRun.of(endless, m -> true, KNOWLEDGE, () -> true).orElseThrow().what()).isEqualTo("the time limit");
    }
}
