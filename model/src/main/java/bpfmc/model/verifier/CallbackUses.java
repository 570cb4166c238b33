package bpfmc.model.verifier;

import bpfmc.model.call.Calls;
import bpfmc.model.call.Knowledge;
import bpfmc.model.flow.ControlFlow;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.machine.VerifierState;
import bpfmc.model.program.Async;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.synthetic.AsyncCallbacks;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.eclipse.collections.api.block.predicate.Predicate;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Which functions are handed to timers and work items of which maps: what a run alone ({@link VerifierRun}) finds, as the kernel's verifier does before it
 * runs a callback with a value of the map (kernel/bpf/verifier.c, push_async_cb, set_timer_callback_state). What it does not find is met
 * by the runs themselves, which stop there.
 */
public final class CallbackUses {
    private CallbackUses() {}

    /** {@return the object with a program for each callback} */
    public static BpfObject added(BpfObject object) {
        return added(object, name -> true, () -> false);
    }

    /**
     * {@return the object with a program for each callback that a wanted program hands over, or that is wanted itself}
     *
     * @param wanted names of programs
     * @param timeIsUp once it is, no more callbacks are looked for: runs that come to one of the others stop there
     */
    public static BpfObject added(BpfObject object, Predicate<String> wanted, BooleanSupplier timeIsUp) {
        return AsyncCallbacks.added(object, object.programs().select(p -> wanted.test(p.name()) || AsyncCallbacks.namesOf(object, p).anySatisfy(wanted))
                .flatCollect(p -> uses(object, p, timeIsUp)));
    }

    private static ImmutableList<AsyncCallbacks.Use> uses(BpfObject object, BpfProgram program, BooleanSupplier timeIsUp) {
        Set<AsyncCallbacks.Use> uses = new LinkedHashSet<>();
        if (ControlFlow.fault(program).isEmpty() && IntStream.range(0, program.size()).anyMatch(slot -> Calls.setsCallback(program, slot).isPresent())) {
            VerifierRun.of(new RunConfig(object, program), moment -> {
                Calls.setsCallback(program, moment.slot()).ifPresent(async -> note(async, moment, uses));
                return true;
            }, new Knowledge(false, false, false, false, false), timeIsUp);
        }
        return Lists.immutable.withAll(uses);
    }

    private static void note(Async async, VerifierPoint moment, Set<AsyncCallbacks.Use> uses) {
        if (moment.argument(2) instanceof Value.Pointer p && p.region() instanceof Region.Code code
                && moment.origin(moment.argument(1)).orElse(null) instanceof VerifierState.Origin.MapValue value && !value.inner()) {
            uses.add(new AsyncCallbacks.Use(async, moment.program(), code.slot(), value.map()));
        }
    }
}
