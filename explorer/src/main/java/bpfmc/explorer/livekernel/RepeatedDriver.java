package bpfmc.explorer.livekernel;

import bpfmc.explorer.livekernel.ProgramWriter.Label;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.AtomicOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.program.BpfProgram;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A driver as {@link Driver}, for runs that the kernel repeats by itself: whoever comes last to a meeting counts the outcome of the last round
 * and puts memory back, so that a round costs no system call and everything is warm. What the runs return is not seen.
 *
 * <p>The two meet by a word that goes from FREE to WAITING (by whoever comes first), to TAKEN (by the other), and back to FREE once both
 * have read when they start. Whoever waits in vain breaks the batch: from then on nobody runs or counts anything, so a round that only one of
 * the two has run is never counted.
 */
final class RepeatedDriver {
    /** The maps that it names, by their numbers in {@link KernelLinker}; those of the object follow. */
    static final int CONTROL = 0;
    static final int PROGRAMS = 1;
    static final int OUTCOMES = 2;
    static final int OBJECT = 3;
    /** The bytes of the control map's one value. */
    static final int CONTROL_BYTES = 56;
    private static final int STATE = 0;
    private static final int START = 8;
    private static final int GENERATION = 16;
    static final int BROKEN = 24;
    static final int ROUNDS = 32;
    static final int DELAYS = 40;
    private static final int FREE = 0;
    private static final int WAITING = 1;
    private static final int TAKEN = 2;
    private static final int LOOKUP = 1;
    private static final int UPDATE = 2;
    private static final int NANOSECONDS = 5;
    private static final int RANDOM = 7;
    private static final int TAIL_CALL = 12;
    private static final int NOEXIST = 1;
    private static final int LEAD = 450;
    private static final int JITTER = 255;
    private static final int MOST_TURNS = 1800;
    private static final int KEY = -8;
    private static final int ONE = -16;
    private static final int MAP_KEY = -88;
    /** Where the outcome is put together on the stack. */
    private static final int OUTCOME = -256;
    /** Fields of the context that programs may write, and that are 0 when a run begins: mark, priority, tc_index, cb (struct __sk_buff). All runs of a batch have one packet. */
    private static final int[] FIELDS = {8, 32, 44, 48, 52, 56, 60, 64};
    /** Most bytes that an outcome may have. */
    static final int MOST_BYTES = 128;
    /** Most bytes of a key that is looked up. */
    static final int MOST_KEY = 64;

    /** Bytes that are told apart and put back. @param element whose they are @param key its key's bytes @param offset in its value @param initial what they are at first @param at where they stand in the outcome */
    record Chunk(Place element, byte[] key, int offset, Size size, long initial, int at) {
        int end() {
            return at + size.bytes();
        }
    }

    private final ProgramWriter code = new ProgramWriter();
    private final ImmutableList<Chunk> chunks;
    private final Label broken = new Label();
    private final Label out = new Label();

    private RepeatedDriver(ImmutableList<Chunk> chunks) {
        this.chunks = chunks;
    }

    /** {@return the driver of one of two agents} @param chunks of elements that are always there, those of one element together */
    static BpfProgram of(int agent, String section, ImmutableList<Chunk> chunks) {
        return new RepeatedDriver(chunks).build(agent, section);
    }

    private BpfProgram build(int agent, String section) {
        Label leads = new Label();
        Label together = new Label();
        code.function("repeat" + agent, new Label(), true).move(Register.R6, Register.R1).move(Register.R0, 0);
        for (int field : FIELDS) {
            code.store(Size.WORD, Register.R6, field, Register.R0);
        }
        code
                .store(Size.WORD, Register.R10, KEY, 0).map(Register.R1, CONTROL).stack(Register.R2, KEY).call(LOOKUP)
                .branch(Condition.EQ, Register.R0, 0, out).move(Register.R7, Register.R0)
                .load(Size.DOUBLE, Register.R1, Register.R7, BROKEN).branch(Condition.NE, Register.R1, 0, out)
                .load(Size.DOUBLE, Register.R8, Register.R7, GENERATION);
        exchange(FREE, WAITING);
        code.branch(Condition.NE, Register.R0, FREE, leads);
        waitUntil(() -> code.load(Size.DOUBLE, Register.R1, Register.R7, GENERATION), Condition.EQ);
        code.jump(together);
        code.label(leads);
        exchange(WAITING, TAKEN);
        code.branch(Condition.NE, Register.R0, WAITING, broken);
        countAndPutBack();
        code.call(NANOSECONDS).alu(AluOp.ADD, Register.R0, LEAD).store(Size.DOUBLE, Register.R7, START, Register.R0)
                .store(Size.DOUBLE, Register.R7, STATE, FREE)
                .alu(AluOp.ADD, Register.R8, 1).store(Size.DOUBLE, Register.R7, GENERATION, Register.R8);
        code.label(together).call(RANDOM).alu(AluOp.AND, Register.R0, JITTER).load(Size.DOUBLE, Register.R8, Register.R7, DELAYS + 8 * agent).alu(AluOp.ADD, Register.R8, Register.R0)
                .load(Size.DOUBLE, Register.R1, Register.R7, START).alu(AluOp.ADD, Register.R8, Register.R1);
        Label turns = new Label();
        code.move(Register.R9, 0).label(turns).alu(AluOp.ADD, Register.R9, 1).branch(Condition.GT, Register.R9, MOST_TURNS, broken)
                .call(NANOSECONDS).branch(Condition.GT, Register.R8, Register.R0, turns)
                .move(Register.R1, Register.R6).map(Register.R2, PROGRAMS).move(Register.R3, agent).call(TAIL_CALL)
                .label(broken).store(Size.DOUBLE, Register.R7, BROKEN, 1)
                .label(out).move(Register.R0, 0).exit();
        return code.program(section);
    }

    /** {@code r0 = cmpxchg(state, from, to)}. */
    private void exchange(int from, int to) {
        code.move(Register.R0, from).move(Register.R1, to).atomic(AtomicOp.CMPXCHG, true, Size.DOUBLE, Register.R7, STATE, Register.R1);
    }

    /** Goes on once what is loaded into r1 is no longer r8; breaks the batch after so many turns. */
    private void waitUntil(Runnable load, Condition stays) {
        Label turns = new Label();
        code.move(Register.R9, 0).label(turns).alu(AluOp.ADD, Register.R9, 1).branch(Condition.GT, Register.R9, MOST_TURNS, broken).call(NANOSECONDS);
        load.run();
        code.branch(stays, Register.R1, Register.R8, turns);
    }

    private void countAndPutBack() {
        for (int at = 0; at < chunks.getLast().end(); at += Long.BYTES) {
            code.store(Size.DOUBLE, Register.R10, OUTCOME + at, 0);
        }
        Place last = null;
        for (Chunk chunk : chunks) {
            if (!chunk.element().equals(last)) {
                lookup(chunk);
                last = chunk.element();
            }
            code.load(chunk.size(), Register.R1, Register.R9, chunk.offset()).store(chunk.size(), Register.R10, OUTCOME + chunk.at(), Register.R1)
                    .move(Register.R1, (int) chunk.initial());
            if (chunk.size() == Size.DOUBLE && chunk.initial() != (int) chunk.initial()) {
                code.move(Register.R1, (int) (chunk.initial() >> 32)).alu(AluOp.LSH, Register.R1, 32).move(Register.R2, (int) chunk.initial())
                        .alu(AluOp.LSH, Register.R2, 32).alu(AluOp.RSH, Register.R2, 32).alu(AluOp.OR, Register.R1, Register.R2);
            }
            code.store(chunk.size(), Register.R9, chunk.offset(), Register.R1);
        }
        Label first = new Label();
        Label known = new Label();
        Label counted = new Label();
        code.load(Size.DOUBLE, Register.R1, Register.R7, ROUNDS).move(Register.R2, Register.R1).alu(AluOp.ADD, Register.R2, 1)
                .store(Size.DOUBLE, Register.R7, ROUNDS, Register.R2).branch(Condition.EQ, Register.R1, 0, first)
                .load(Size.DOUBLE, Register.R1, Register.R7, BROKEN).branch(Condition.NE, Register.R1, 0, out)
                .map(Register.R1, OUTCOMES).stack(Register.R2, OUTCOME).call(LOOKUP).branch(Condition.NE, Register.R0, 0, known)
                .store(Size.DOUBLE, Register.R10, ONE, 1).map(Register.R1, OUTCOMES).stack(Register.R2, OUTCOME).stack(Register.R3, ONE)
                .move(Register.R4, NOEXIST).call(UPDATE).branch(Condition.NE, Register.R0, 0, broken).jump(counted)
                .label(known).move(Register.R1, 1).atomic(AtomicOp.ADD, false, Size.DOUBLE, Register.R0, 0, Register.R1)
                .label(counted).label(first);
    }

    /** {@code r9 = } the element's value. */
    private void lookup(Chunk chunk) {
        for (int i = 0; i < chunk.key().length; i++) {
            code.store(Size.BYTE, Register.R10, MAP_KEY + i, chunk.key()[i]);
        }
        code.map(Register.R1, OBJECT + chunk.element().map()).stack(Register.R2, MAP_KEY).call(LOOKUP)
                .branch(Condition.EQ, Register.R0, 0, broken).move(Register.R9, Register.R0);
    }
}
