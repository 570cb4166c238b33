package bpfmc.model.thread;

import bpfmc.model.call.Support;
import bpfmc.model.isa.Instruction;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.impl.factory.Maps;

/** How far runs follow each kind of instruction. */
public final class InstructionSupport {
    private static final ImmutableMap<Class<? extends Instruction>, String> UNFOLLOWED = Maps.immutable.<Class<? extends Instruction>, String>empty()
            .newWithKeyValue(Instruction.AddressSpaceCast.class, "arena memory (addr_space_cast)")
            .newWithKeyValue(Instruction.JumpIndirect.class, "an indirect jump (gotox)")
            .newWithKeyValue(Instruction.CallIndirect.class, "a call through a register (callx)")
            .newWithKeyValue(Instruction.Invalid.class, "no instruction");

    private InstructionSupport() {}

    /** {@return how far runs follow instructions of this kind} */
    public static Support of(Class<? extends Instruction> kind) {
        return UNFOLLOWED.containsKey(kind) ? new Support.NotModelled(UNFOLLOWED.get(kind))
                : kind == Instruction.MayGoto.class ? new Support.Approximated("the loop may end at any turn") : new Support.Exact();
    }

    /** {@return what an instruction is that no run follows} */
    static String unfollowed(Instruction instruction) {
        return UNFOLLOWED.get(instruction.getClass());
    }
}
