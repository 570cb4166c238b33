package bpfmc.model.thread;

import bpfmc.model.isa.Instruction;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.TimerCallbacks;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Which functions are handed to timers of which maps: what a run alone ({@link LoneRun}) finds, as the kernel's verifier does before it
 * runs a callback with a value of the map (kernel/bpf/verifier.c, push_async_cb, set_timer_callback_state). What it does not find is met
 * by the runs themselves, which stop there.
 */
public final class CallbackUses {
    private CallbackUses() {}

    /** {@return the object with a program for each callback} */
    public static BpfObject added(BpfObject object) {
        return TimerCallbacks.added(object, object.programs().flatCollect(p -> uses(object, p)));
    }

    private static ImmutableList<TimerCallbacks.Use> uses(BpfObject object, BpfProgram program) {
        Set<TimerCallbacks.Use> uses = new LinkedHashSet<>();
        if (program.code().anySatisfy(CallbackUses::sets)) {
            LoneRun.of(new Linkage(object, program), moment -> {
                if (sets(moment.instruction()) && moment.argument(2) instanceof Value.Pointer p && p.region() instanceof Region.Code code) {
                    moment.origin(moment.argument(1)).filter(o -> o instanceof Custody.Origin.MapValue v && !v.inner())
                            .ifPresent(o -> uses.add(new TimerCallbacks.Use(program, code.slot(), ((Custody.Origin.MapValue) o).map())));
                }
                return true;
            }, false);
        }
        return Lists.immutable.withAll(uses);
    }

    private static boolean sets(Instruction instruction) {
        return instruction instanceof Instruction.CallHelper call && call.helper() == HelperNumbers.TIMER_SET_CALLBACK;
    }
}
