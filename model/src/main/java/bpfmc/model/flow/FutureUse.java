package bpfmc.model.flow;

import bpfmc.model.call.Calls;
import bpfmc.model.call.Use;
import bpfmc.model.isa.Instruction;
import bpfmc.model.machine.MachineValues;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.BitSet;
import org.eclipse.collections.api.set.ImmutableSet;

/**
 * What a program's code may still name from an instruction on, whatever its branches decide: maps, data sections, changes of
 * which keys find which elements, clocks. Calls are followed, and whoever takes a function's address may call it.
 */
public final class FutureUse {
    private final int maps;
    private final BitSet[] from;
    private final BitSet everything = new BitSet();

    private FutureUse(BpfObject object, BpfProgram program) {
        ControlFlow.require(program);
        int maps = object.maps().size();
        this.maps = maps;
        this.from = new BitSet[program.code().size()];
        for (int slot = 0; slot < from.length; slot++) {
            from[slot] = new BitSet();
            own(program, slot, from[slot]);
            everything.or(from[slot]);
        }
        for (MapDefinition map : IteratedMaps.maps(object, program)) {
            for (BitSet uses : from) {
                uses.set(map.index()); // wherever the run first asks for its element
            }
            everything.set(map.index());
        }
        spread(program);
    }

    /** {@return what the code of a program may name} @throws bpfmc.model.InputException when control may leave a function other than by a call or an exit */
    public static FutureUse of(BpfObject object, BpfProgram program) {
        return new FutureUse(object, program);
    }

    private void own(BpfProgram program, int slot, BitSet uses) {
        switch (program.references().get(slot)) {
            case Reference.Map m -> uses.set(m.map());
            case Reference.Data d -> uses.set(maps + d.map());
            case null, default -> { }
        }
        ImmutableSet<Use> calls = Calls.uses(program, slot);
        if (calls.contains(Use.REBINDS)) {
            uses.set(2 * maps);
        }
        if (calls.contains(Use.READS_CLOCK)) {
            uses.set(2 * maps + 1);
        }
    }

    /** Backwards, as most code runs forwards, until nothing changes. */
    private void spread(BpfProgram program) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int slot = from.length - 1; slot >= 0; slot--) {
                if (program.code().get(slot) == null) {
                    continue;
                }
                int before = from[slot].cardinality();
                BitSet here = from[slot];
                ControlFlow.successors(program, slot, next -> here.or(from[next]));
                here.or(called(program, slot));
                changed |= here.cardinality() != before;
            }
        }
    }

    private BitSet called(BpfProgram program, int slot) {
        if (program.references().get(slot) instanceof Reference.Function f) {
            return from[f.slot()];
        }
        return switch (program.code().get(slot)) {
            case Instruction.CallSubprogram call -> from[slot + 1 + call.offset()];
            case Instruction.CallHelper call when Calls.uses(program, slot).contains(Use.GOES_ANYWHERE) -> everything;
            case Instruction.CallIndirect call -> everything;
            case Instruction.JumpIndirect jump -> everything;
            default -> from[slot];
        };
    }

    /** {@return whether the code may read a clock} */
    public boolean clocks() {
        return everything.get(2 * maps + 1);
    }

    /** {@return what a run that stands at this private state may still name, by its code and by the maps and steps it has in hand} */
    public Uses from(PrivateState state) {
        BitSet all = new BitSet();
        all.or(from[state.pc()]);
        state.frames().each(f -> {
            if (f.returnTo() >= 0) {
                all.or(from[f.returnTo()]);
            }
        });
        MachineValues.forEachValue(state, v -> {
            if (v instanceof Value.Pointer p && p.region() instanceof Region.MapHandle h) {
                all.set(h.map());
            } else if (v instanceof Value.Pointer p && p.region() instanceof Region.Code c) {
                all.or(from[c.slot()]);
            }
        });
        stepOf(state.operation(), all);
        state.progress().script().each(o -> stepOf(o, all));
        BitSet sections = all.get(maps, 2 * maps);
        return new Uses(all.get(0, maps), sections, all.get(2 * maps), all.get(2 * maps + 1));
    }

    private void stepOf(VisibleOperation operation, BitSet all) {
        if (operation instanceof VisibleOperation.MapOperation o) {
            all.set(o.map());
        }
        if (rebinds(operation)) {
            all.set(2 * maps);
        }
    }

    /** {@return whether the step may change which keys find which elements, or keep others from it} */
    private static boolean rebinds(VisibleOperation operation) {
        return switch (operation) {
            case VisibleOperation.Update o -> true;
            case VisibleOperation.Delete o -> true;
            case VisibleOperation.LockBucket o -> true;
            case VisibleOperation.UnlockBucket o -> true;
            case VisibleOperation.BeginTimer o -> true;
            case VisibleOperation.EndTimer o -> true;
            case VisibleOperation.Lookup o -> false;
            case VisibleOperation.LookupOnCpu o -> false;
            case VisibleOperation.Walk o -> false;
            case VisibleOperation.Access o -> false;
            case VisibleOperation.Acquire o -> false;
            case VisibleOperation.Release o -> false;
            case VisibleOperation.TimerOperation o -> false;
            case VisibleOperation.ElementOnCpu o -> false;
            case VisibleOperation.CpuCount o -> false;
            case VisibleOperation.ReadClock o -> false;
            case VisibleOperation.UseWrapped o -> false;
            case VisibleOperation.Fence o -> false;
            case VisibleOperation.CpuNumber o -> false;
            case VisibleOperation.Toggle o -> false;
            case VisibleOperation.Start o -> false;
            case VisibleOperation.End o -> false;
            case VisibleOperation.Unsupported o -> false;
        };
    }

    /**
     * @param maps by index, as arguments of helpers @param sections data sections, by the indexes of their maps
     * @param rebinds whether keys may be bound or unbound @param clocks whether a clock may be read
     */
    public record Uses(BitSet maps, BitSet sections, boolean rebinds, boolean clocks) {}
}
