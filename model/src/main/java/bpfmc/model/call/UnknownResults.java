package bpfmc.model.call;

import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Reference;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Which functions that a program calls return numbers of which nothing is known. */
public final class UnknownResults {
    private UnknownResults() {}

    /** {@return the functions called by a program whose results are unknown numbers, of which a range can be assumed} */
    public static ImmutableList<String> functions(BpfProgram program) {
        return Lists.immutable.withAll(program.code()).collectWithIndex((i, slot) -> function(program, i, slot)).reject(String::isEmpty).distinct();
    }

    private static String function(BpfProgram program, Instruction instruction, int slot) {
        return switch (instruction) {
            case Instruction.CallHelper call -> Helpers.byId(call.helper()).filter(HelperCalls::returnsUnknown).map(h -> "bpf_" + h.name()).orElse("");
            case Instruction.CallKfunc call when program.references().get(slot) instanceof Reference.Kfunc k && KfuncCalls.returnsUnknown(k, program) -> k.name();
            case null, default -> "";
        };
    }
}
