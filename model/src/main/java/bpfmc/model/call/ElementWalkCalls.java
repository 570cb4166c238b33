package bpfmc.model.call;

import bpfmc.model.kernel.Errno;
import bpfmc.model.machine.Progress;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Sets;

/**
 * bpf_for_each_map_elem (kernel/bpf/arraymap.c, hashtab.c, Linux 5.13): runs a function for elements of a map; a result other than 0 ends the call.
 *
 * <p>A small array is walked index by index. In other maps each turn finds the element of some key, an unknown; the walk may end before
 * any turn, and ends after as many as the scope says ({@link RunConfig#walk}).
 */
final class ElementWalkCalls implements CallFamily {
    @Override
    public String name() {
        return "walks over map elements";
    }

    @Override
    public ImmutableSet<String> functions() {
        return Sets.immutable.with("bpf_for_each_map_elem");
    }

    @Override
    public ImmutableSet<Use> uses(Callee callee) {
        return Sets.immutable.with(Use.FINDS_ELEMENT, Use.UPDATES, Use.WALKS);
    }

    @Override
    public boolean enter(Call call) {
        Optional<String> refusal = Callbacks.refusal(call);
        if (refusal.isPresent()) {
            return call.unsupported(refusal.get());
        }
        if (!call.argument(4).is(0)) {
            return call.finish(Value.of(Errno.EINVAL.result()));
        }
        Optional<MapDefinition> map = call.map(1);
        if (map.isEmpty()) {
            return call.unsupported("a walk over a map that is not known at load time");
        }
        if (map.get().keySize() > MapDefinition.LARGEST_KEY) {
            return call.unsupported("a walk over a map with keys of " + map.get().keySize() + " bytes, which no kernel makes");
        }
        return switch (map.get().type()) {
            case ARRAY, PERCPU_ARRAY, HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH -> next(call, 0);
            default -> call.unsupported("a walk over a map of type " + map.get().type());
        };
    }

    @Override
    public boolean returned(Call call, int turn) {
        return Callbacks.goesOn(call, turn) && next(call, turn);
    }

    private static boolean next(Call call, int turns) {
        MapDefinition map = call.map(1).orElseThrow();
        boolean byIndex = ElementWalks.byIndex(map);
        if (byIndex && turns >= map.maxEntries()) {
            return call.finish(Value.of(turns));
        }
        if (!byIndex) {
            Call ended = call.fork();
            ended.finish(turns < call.config().walk() ? Value.of(turns) : ended.machine().unknownValue(4));
            ended.follow();
            if (turns >= call.config().walk()) {
                return false;
            }
        }
        call.machine().progress = Progress.after(turns);
        return call.stop(new VisibleOperation.Lookup(map.index(), byIndex ? Key.of(turns) : ElementWalks.someKey(call.machine(), map)));
    }

    @Override
    public boolean reexecutes(Call call, VisibleOperation operation) {
        return operation instanceof VisibleOperation.Lookup;
    }

    /** Enters the callback with the element found, or returns where there is none. */
    @Override
    public void resume(Call call, VisibleOperation operation, Answer answer) {
        Value found = ((Answer.Of) answer).value();
        int turns = call.machine().progress.turns();
        if (found.is(0)) {
            call.finish(Value.of(turns));
        } else {
            Value key = ElementWalks.keyMemory(call.machine(), (VisibleOperation.Lookup) operation);
            Callbacks.enter(call, turns + 1, call.argument(1), key, found, call.argument(3));
        }
    }

    @Override
    public boolean alone(VerifierCall call) {
        Value map = call.argument(1);
        Value context = call.argument(3);
        Value element = call.handle(1).map(h -> call.fresh(call.valueOf(h), 0)).orElse(Value.to(new Region.Kernel("map value"), 0));
        return Callbacks.alone(call, 2, false, m -> {
            m.registers[1] = map;
            m.registers[2] = Value.to(new Region.Kernel("key"), 0);
            m.registers[3] = element;
            m.registers[4] = context;
        });
    }
}
