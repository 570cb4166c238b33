package bpfmc.model.rules;

import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.Helper;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.kernel.Kfuncs;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.Reference;
import org.eclipse.collections.api.factory.primitive.IntSets;
import org.eclipse.collections.api.set.primitive.MutableIntSet;

/** Which functions of a program may sleep, themselves or by calls and callbacks, in code that is never reached as well. */
final class Sleepers {
    private Sleepers() {}

    /** {@return the first slots of the functions that may sleep} */
    static MutableIntSet of(BpfProgram program, KernelVersion version) {
        MutableIntSet found = IntSets.mutable.empty();
        int before;
        do {
            before = found.size();
            for (Function function : program.functions()) {
                if (!found.contains(function.start()) && sleeps(program, function, found, version)) {
                    found.add(function.start());
                }
            }
        } while (found.size() > before);
        return found;
    }

    private static boolean sleeps(BpfProgram program, Function function, MutableIntSet found, KernelVersion version) {
        for (int slot = function.start(); slot < function.end(); slot++) {
            if (sleeps(program, slot, found, version)) {
                return true;
            }
        }
        return false;
    }

    private static boolean sleeps(BpfProgram program, int slot, MutableIntSet found, KernelVersion version) {
        Reference reference = program.references().get(slot);
        return switch (program.code().get(slot)) {
            case null -> false;
            case Instruction.CallHelper call -> Helpers.byId(call.helper()).filter(h -> h.effects().contains(Helper.Effect.SLEEPS)).isPresent();
            case Instruction.CallKfunc call -> reference instanceof Reference.Kfunc k && Kfuncs.sleeps(k.name(), version);
            case Instruction.CallSubprogram call -> found.contains(program.functionAt(slot + 1 + call.offset()).start());
            case Instruction i -> reference instanceof Reference.Function f && found.contains(program.functionAt(f.slot()).start());
        };
    }
}
