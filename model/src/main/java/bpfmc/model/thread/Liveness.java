package bpfmc.model.thread;

import bpfmc.model.isa.Instruction;
import bpfmc.model.program.BpfProgram;
import java.util.Arrays;
import org.eclipse.collections.api.list.primitive.MutableIntList;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * Which registers and stack slots may still be read, computed once per program by the usual backward analysis. The
 * result of the program itself (r0 at its last exit) counts as unread: nothing here depends on it.
 *
 * <p>Stack slots are the 64 words of 8 bytes of a frame, slot 0 just below r10. What a function's own accesses through
 * r10 may read comes from {@link FrameOffsets}; pointers into a frame that are passed to other functions are the
 * canonical form's affair, because they are visible in the state.
 */
final class Liveness {
    private final BpfProgram program;
    private final int[] registers;
    private final long[] stack;
    private final boolean[] updates;
    private final int[] leaders;

    /** @throws bpfmc.model.InputException when control may leave a function other than by a call or an exit */
    Liveness(BpfProgram program) {
        ControlFlow.require(program);
        this.program = program;
        this.registers = new int[program.size()];
        this.stack = new long[program.size()];
        this.updates = new boolean[program.size()];
        this.leaders = predecessorCounts(program);
        solve(new FrameOffsets(program));
    }

    /** {@return the registers that may be read from this slot on, as a bit set} */
    int registersAt(int slot) {
        return registers[slot];
    }

    /** {@return the words of the running function's frame that may be read from this slot on through r10, as a bit set} */
    long stackAt(int slot) {
        return stack[slot];
    }

    /** {@return whether a map update may follow in this function, or in one it calls} */
    boolean updatesFrom(int slot) {
        return updates[slot];
    }

    /** {@return whether several ways lead to this slot} */
    boolean joins(int slot) {
        return leaders[slot] > 1;
    }

    private void solve(FrameOffsets offsets) {
        int size = program.size();
        var uses = new RegisterUse[size];
        var stackUses = new FrameOffsets.StackUse[size];
        for (int slot = 0; slot < size; slot++) {
            if (program.code().get(slot) != null) {
                uses[slot] = RegisterUse.of(program, slot);
                stackUses[slot] = offsets.use(slot);
            }
        }
        MutableIntList[] predecessors = predecessors();
        MutableIntList work = IntLists.mutable.empty();
        for (int slot = 0; slot < size; slot++) {
            if (uses[slot] != null) {
                work.add(slot);
            }
        }
        while (!work.isEmpty()) {
            int slot = work.removeAtIndex(work.size() - 1);
            int[] out = {0};
            long[] stackOut = {0};
            boolean[] updatesOut = {isUpdate(slot)};
            ControlFlow.successors(program, slot, next -> {
                out[0] |= registers[next];
                stackOut[0] |= stack[next];
                updatesOut[0] |= updates[next];
            });
            boolean programExit = program.code().get(slot) instanceof Instruction.Exit
                    && slot < program.functions().getFirst().end();
            int in = (programExit ? 0 : uses[slot].reads()) | out[0] & ~uses[slot].writes();
            long stackIn = stackUses[slot].reads() | stackOut[0] & ~stackUses[slot].writes();
            if (in != registers[slot] || stackIn != stack[slot] || updatesOut[0] != updates[slot]) {
                updates[slot] = updatesOut[0];
                registers[slot] = in;
                stack[slot] = stackIn;
                work.addAll(predecessors[slot]);
            }
        }
    }

    /** A subprogram's updates count at every call; which one it is does not matter. */
    private boolean isUpdate(int slot) {
        return switch (program.code().get(slot)) {
            case Instruction.CallHelper c -> c.helper() == HelperNumbers.MAP_UPDATE_ELEM || c.helper() == HelperNumbers.TAIL_CALL;
            case Instruction.CallSubprogram c -> true;
            default -> false;
        };
    }

    private MutableIntList[] predecessors() {
        var predecessors = new MutableIntList[program.size()];
        Arrays.setAll(predecessors, i -> IntLists.mutable.empty());
        for (int slot = 0; slot < program.size(); slot++) {
            if (program.code().get(slot) != null) {
                int from = slot;
                ControlFlow.successors(program, slot, next -> predecessors[next].add(from));
            }
        }
        return predecessors;
    }

    private static int[] predecessorCounts(BpfProgram program) {
        int[] counts = new int[program.size()];
        for (int slot = 0; slot < program.size(); slot++) {
            if (program.code().get(slot) != null) {
                ControlFlow.successors(program, slot, next -> counts[next]++);
            }
        }
        return counts;
    }
}
