package bpfmc.model.call;

import bpfmc.model.kernel.Errno;
import bpfmc.model.machine.Frame;
import bpfmc.model.machine.Progress;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.machine.WalkState;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/**
 * bpf_for_each_map_elem (kernel/bpf/arraymap.c, hashtab.c, Linux 5.13): runs a function for elements of a map; a result other than 0 ends the call.
 *
 * <p>A small array is walked index by index. A walk over a hash map comes to each of its keys once, in any order, if none comes or goes
 * meanwhile ({@link VisibleOperation.Walk}); in a larger array each turn finds some index, and the walk may end before any. No walk goes on
 * after as many elements as the scope says ({@link RunConfig#walk}).
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
            case ARRAY, PERCPU_ARRAY -> next(call, 0);
            case HASH, PERCPU_HASH -> find(call, map.get(), 0, WalkState.BEGUN);
            case LRU_HASH, LRU_PERCPU_HASH -> find(call, map.get(), 0, new WalkState(Value.of(0), Lists.immutable.empty(), true));
            default -> call.unsupported("a walk over a map of type " + map.get().type());
        };
    }

    @Override
    public boolean returned(Call call, Frame callback) {
        MapDefinition map = call.map(1).orElseThrow();
        int turn = callback.turn();
        return Callbacks.goesOn(call, turn) && (ElementWalks.byKey(map) ? goOn(call, map, turn, WalkState.in(callback, words(map))) : next(call, turn));
    }

    // ---- arrays

    private static boolean next(Call call, int turns) {
        MapDefinition map = call.map(1).orElseThrow();
        boolean byIndex = ElementWalks.byIndex(map, call.config().walk());
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

    // ---- hash maps

    /** A walk over a map of one entry ends behind it: no other key is in a bucket that comes later. */
    private static boolean goOn(Call call, MapDefinition map, int turns, WalkState state) {
        if (ElementWalks.holdsOne(map)) {
            return call.finish(Value.of(turns));
        }
        return state.readAhead() ? arrive(call, map, turns, state.ahead(), state) : find(call, map, turns, state);
    }

    private static int words(MapDefinition map) {
        return (map.keySize() + Long.BYTES - 1) / Long.BYTES;
    }

    private static boolean find(Call call, MapDefinition map, int turns, WalkState state) {
        call.machine().progress = Progress.after(turns);
        return call.stop(new VisibleOperation.Walk(map.index(), ElementWalks.someKey(call.machine(), map),
                state.changed() ? Lists.immutable.empty() : state.visited(), state.changed(), false));
    }

    /** The walk is at an element; before its callback runs it may read which one comes behind. @param state its last key is the element's */
    private static boolean arrive(Call call, MapDefinition map, int turns, Value element, WalkState state) {
        int walk = call.config().walk();
        if (turns >= walk) {
            return call.finish(call.machine().unknownValue(4));
        }
        if (turns + 1 >= walk || ElementWalks.holdsOne(map)) {
            return enter(call, turns, element, state.visited().getLast(), new WalkState(Value.of(0), state.visited(), state.changed()));
        }
        call.machine().progress = Progress.at(turns, element);
        return call.stop(new VisibleOperation.Walk(map.index(), ElementWalks.someKey(call.machine(), map),
                state.changed() ? state.visited().drop(state.visited().size() - 1) : state.visited(), state.changed(), true));
    }

    private static boolean enter(Call call, int turns, Value element, Key key, WalkState state) {
        return Callbacks.enter(call, turns + 1, state.values(), call.argument(1), ElementWalks.keyMemory(call.machine(), key), element, call.argument(3));
    }

    // ---- answers

    @Override
    public boolean reexecutes(Call call, VisibleOperation operation) {
        return true;
    }

    /** Enters the callback with the element found, or returns where there is none. */
    @Override
    public void resume(Call call, VisibleOperation operation, Answer answer) {
        Value found = ((Answer.Of) answer).value();
        int turns = call.machine().progress.turns();
        if (operation instanceof VisibleOperation.Walk met) {
            walked(call, met, turns, found);
        } else if (found.is(0)) {
            call.finish(Value.of(turns));
        } else {
            Value key = ElementWalks.keyMemory(call.machine(), ((VisibleOperation.Lookup) operation).key());
            Callbacks.enter(call, turns + 1, Callbacks.NO_WALK, call.argument(1), key, found, call.argument(3));
        }
    }

    private static void walked(Call call, VisibleOperation.Walk met, int turns, Value found) {
        if (met.ahead()) {
            WalkState state = new WalkState(found, found.is(0) ? met.visited() : met.visited().newWith(met.key()), met.changed());
            enter(call, turns, call.machine().progress.result(), met.visited().getLast(), state);
        } else if (found.is(0)) {
            call.finish(Value.of(turns));
        } else {
            arrive(call, call.map(1).orElseThrow(), turns, found, new WalkState(Value.of(0), met.visited().newWith(met.key()), met.changed()));
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
