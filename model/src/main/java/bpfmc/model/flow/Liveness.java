package bpfmc.model.flow;

import bpfmc.model.call.Calls;
import bpfmc.model.call.Use;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Register;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Reference;
import java.util.Arrays;
import org.eclipse.collections.api.list.primitive.MutableIntList;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * Which registers and stack slots may still be read, computed once per program by the usual backward analysis. What is
 * read only to compute a value that nobody reads counts as unread (strong liveness), and so does the result of the program
 * itself (r0 at its last exit) where nobody asks for it.
 *
 * <p>Stack slots are the 64 words of 8 bytes of a frame, slot 0 just below r10. What a function's own accesses through
 * r10 may read comes from {@link FrameOffsets}; pointers into a frame that are passed to other functions are the
 * canonical form's affair, because they are visible in the state.
 */
public final class Liveness {
    private final BpfProgram program;
    private final int[] registers;
    private final long[] stack;
    private final boolean[] updates;
    private final boolean[] lookups;
    private final boolean[] kernelReads;
    private final int[] leaders;

    private final Unread unread;
    private final boolean asked;

    /** What nobody reads of what the program stores. */
    private enum Unread { NOTHING, WHAT_IS_IN_MAPS, WHAT_IS_OUTSIDE_OF_ITS_FRAME }

    /** @throws bpfmc.model.InputException when control may leave a function other than by a call or an exit */
    Liveness(BpfProgram program) {
        this(program, Unread.NOTHING, false);
    }

    /** {@return the liveness of a program whose own value may be asked for} */
    public static Liveness of(RunConfig config) {
        return new Liveness(config.program(), Unread.NOTHING, config.asked());
    }

    /** {@return the liveness of a program that runs alone: what it stores outside of its frame nobody reads} */
    public static Liveness alone(BpfProgram program) {
        return new Liveness(program, Unread.WHAT_IS_OUTSIDE_OF_ITS_FRAME, false);
    }

    /** {@return the liveness of a program whose stores to maps nobody reads} What it stores to its context, or to a record of a ring buffer, it may read again. */
    static Liveness unreadMaps(BpfProgram program) {
        return new Liveness(program, Unread.WHAT_IS_IN_MAPS, false);
    }

    private Liveness(BpfProgram program, Unread unread, boolean asked) {
        ControlFlow.require(program);
        this.asked = asked;
        this.unread = unread;
        this.program = program;
        this.registers = new int[program.size()];
        this.stack = new long[program.size()];
        this.updates = new boolean[program.size()];
        this.lookups = new boolean[program.size()];
        this.kernelReads = new boolean[program.size()];
        this.leaders = predecessorCounts(program);
        solve(new FrameOffsets(program));
    }

    /** {@return the registers that may be read from this slot on, as a bit set} */
    public int registersAt(int slot) {
        return registers[slot];
    }

    /** {@return the words of the running function's frame that may be read from this slot on through r10, as a bit set} */
    public long stackAt(int slot) {
        return stack[slot];
    }

    /** {@return whether a map update may follow in this function, or in one it calls} */
    public boolean updatesFrom(int slot) {
        return updates[slot];
    }

    /** {@return whether the address of a map value may be found from this slot on} */
    public boolean looksUpFrom(int slot) {
        return lookups[slot];
    }

    /** {@return whether the packet, or what else the run has handed to the kernel, may be read from this slot on} */
    public boolean readsKernelFrom(int slot) {
        return kernelReads[slot];
    }

    /** {@return whether several ways lead to this slot} */
    public boolean joins(int slot) {
        return leaders[slot] > 1;
    }

    /** What one instruction does by itself. */
    private record Own(boolean updates, boolean lookups, boolean readsKernel) {}

    private void solve(FrameOffsets offsets) {
        int size = program.size();
        var uses = new RegisterUse[size];
        var stackUses = new FrameOffsets.StackUse[size];
        var own = new Own[size];
        for (int slot = 0; slot < size; slot++) {
            if (program.code().get(slot) != null) {
                uses[slot] = RegisterUse.of(program, slot);
                stackUses[slot] = offsets.use(slot);
                own[slot] = new Own(isUpdate(slot), isLookup(slot), readsKernel(slot, offsets));
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
            boolean[] updatesOut = {own[slot].updates()};
            boolean[] lookupsOut = {own[slot].lookups()};
            boolean[] kernelReadsOut = {own[slot].readsKernel()};
            ControlFlow.successors(program, slot, next -> {
                out[0] |= registers[next];
                stackOut[0] |= stack[next];
                updatesOut[0] |= updates[next];
                lookupsOut[0] |= lookups[next];
                kernelReadsOut[0] |= kernelReads[next];
            });
            boolean programExit = program.code().get(slot) instanceof Instruction.Exit
                    && slot < program.functions().getFirst().end();
            int in = (programExit ? asked ? 1 : 0 : reads(slot, uses[slot], out[0], offsets)) | out[0] & ~uses[slot].writes();
            long stackIn = stackUses[slot].reads() | stackOut[0] & ~stackUses[slot].writes();
            if (in != registers[slot] || stackIn != stack[slot] || updatesOut[0] != updates[slot] || lookupsOut[0] != lookups[slot]
                    || kernelReadsOut[0] != kernelReads[slot]) {
                kernelReads[slot] = kernelReadsOut[0];
                lookups[slot] = lookupsOut[0];
                updates[slot] = updatesOut[0];
                registers[slot] = in;
                stack[slot] = stackIn;
                work.addAll(predecessors[slot]);
            }
        }
    }

    private int reads(int slot, RegisterUse use, int liveAfter, FrameOffsets offsets) {
        return switch (program.code().get(slot)) {
            case Instruction.Alu i when (liveAfter & use.writes()) == 0 -> 0;
            case Instruction.Negate i when (liveAfter & use.writes()) == 0 -> 0;
            case Instruction.Move i when (liveAfter & use.writes()) == 0 -> 0;
            case Instruction.MoveSignExtend i when (liveAfter & use.writes()) == 0 -> 0;
            case Instruction.ByteSwap i when (liveAfter & use.writes()) == 0 -> 0;
            case Instruction.AddressSpaceCast i when (liveAfter & use.writes()) == 0 -> 0;
            case Instruction.Store i when nobodyReads(slot, i.base(), offsets) -> 1 << i.base().number();
            case Instruction.StoreRelease i when nobodyReads(slot, i.base(), offsets) -> 1 << i.base().number();
            case Instruction.Atomic i when !i.fetch() && nobodyReads(slot, i.base(), offsets) -> 1 << i.base().number();
            case Instruction i -> use.reads();
        };
    }

    /** In a subprogram an address that is not of its own frame may be of its caller's. */
    private boolean nobodyReads(int slot, Register base, FrameOffsets offsets) {
        return slot < program.functions().getFirst().end() && switch (unread) {
            case NOTHING -> false;
            case WHAT_IS_IN_MAPS -> offsets.inElement(slot, base);
            case WHAT_IS_OUTSIDE_OF_ITS_FRAME -> offsets.elsewhere(slot, base);
        };
    }

    /** A subprogram's updates count at every call; which one it is does not matter. */
    private boolean isUpdate(int slot) {
        return program.code().get(slot) instanceof Instruction.CallSubprogram || Calls.uses(program, slot).contains(Use.UPDATES);
    }

    private boolean isLookup(int slot) {
        return program.code().get(slot) instanceof Instruction.CallSubprogram || program.references().get(slot) instanceof Reference.Data
                || Calls.uses(program, slot).contains(Use.FINDS_ELEMENT);
    }

    private boolean readsKernel(int slot, FrameOffsets offsets) {
        return switch (program.code().get(slot)) {
            case Instruction.Load i -> i.base() != Register.R10 && !offsets.inElement(slot, i.base());
            case Instruction.LoadAcquire i -> i.base() != Register.R10 && !offsets.inElement(slot, i.base());
            case Instruction.LoadPacket i -> true;
            case Instruction.CallHelper i -> Calls.uses(program, slot).contains(Use.READS_KERNEL);
            case Instruction.CallSubprogram i -> true;
            case Instruction.CallKfunc i -> Calls.uses(program, slot).contains(Use.READS_KERNEL);
            case Instruction.CallIndirect i -> true;
            case Instruction.JumpIndirect i -> true;
            case Instruction.Alu i -> false;
            case Instruction.Negate i -> false;
            case Instruction.Move i -> false;
            case Instruction.MoveSignExtend i -> false;
            case Instruction.ByteSwap i -> false;
            case Instruction.AddressSpaceCast i -> false;
            case Instruction.LoadImmediate64 i -> false;
            case Instruction.Store i -> false;
            case Instruction.StoreRelease i -> false;
            case Instruction.Atomic i -> false;
            case Instruction.Jump i -> false;
            case Instruction.Branch i -> false;
            case Instruction.MayGoto i -> false;
            case Instruction.Exit i -> false;
            case Instruction.Invalid i -> false;
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
        program.functions().forEach(f -> counts[f.start()]++);
        for (int slot = 0; slot < program.size(); slot++) {
            if (program.code().get(slot) != null) {
                ControlFlow.successors(program, slot, next -> counts[next]++);
            }
        }
        return counts;
    }
}
