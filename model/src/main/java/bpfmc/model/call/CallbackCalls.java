package bpfmc.model.call;

import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.HelperNumbers;
import bpfmc.model.machine.Frame;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.Progress;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Helpers that run a function of the program again and again before they return: bpf_for_each_map_elem (kernel/bpf/arraymap.c, hashtab.c) and
 * bpf_loop (kernel/bpf/bpf_iter.c). The callback runs on a frame of its own that returns to the call; a result other than 0 ends the call.
 *
 * <p>A small array is walked index by index. In other maps each turn finds the element of some key, an unknown; the walk may end before any turn, and ends
 * after as many as the scope says ({@link RunConfig#walk}).
 */
public final class CallbackCalls {
    /** BPF_MAX_LOOPS (include/linux/bpf_verifier.h): more turns are refused with -E2BIG. */
    private static final long MOST_LOOPS = 8 << 20;

    /** Turns of a bpf_loop whose number is not known that are followed. */
    private static final int MOST_UNKNOWN_TURNS = 8;

    private final RunConfig config;

    CallbackCalls(RunConfig config) {
        this.config = config;
    }

    /** {@return whether the helper runs callbacks} */
    public static boolean concerns(int helper) {
        return helper == HelperNumbers.FOR_EACH_MAP_ELEM || helper == HelperNumbers.LOOP;
    }

    /** {@return whether the machine stands at a call of such a helper} */
    boolean runs(Machine m) {
        return config.program().code().get(m.pc) instanceof bpfmc.model.isa.Instruction.CallHelper c && concerns(c.helper());
    }

    /** {@return false when the machine goes on in others only} */
    boolean call(Machine m, int helper, Deque<Machine> work) {
        if (!(m.registers[2] instanceof Value.Pointer p && p.region() instanceof Region.Code)) {
            return unsupported(m, "a callback that is not known at load time");
        }
        if (!m.registers[4].is(0)) {
            return m.registers[4] instanceof Value.Scalar s && s.term() instanceof Constant ? HelperCalls.finish(m, Value.of(Errno.EINVAL.result()))
                    : unsupported(m, "a callback run with flags that are not known");
        }
        if (helper == HelperNumbers.LOOP) {
            return loop(m, 0, work);
        }
        if (map(m).isEmpty()) {
            return unsupported(m, "a walk over a map that is not known at load time");
        }
        if (map(m).get().keySize() > MapDefinition.LARGEST_KEY) {
            return unsupported(m, "a walk over a map with keys of " + map(m).get().keySize() + " bytes, which no kernel makes");
        }
        return switch (map(m).get().type()) {
            case ARRAY, PERCPU_ARRAY, HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH -> next(m, map(m).get(), 0, work);
            default -> unsupported(m, "a walk over a map of type " + map(m).get().type());
        };
    }

    /** Goes on once the callback has returned. {@return false when the machine goes on in others only} @param turn which turn it was */
    boolean returned(Machine m, int turn, Deque<Machine> work) {
        Literal goesOn = Comparison.equal(m.number(m.registers[0]).term(), Constant.ZERO, true);
        Machine stopped = m.copy();
        if (stopped.assume(goesOn.negated())) {
            HelperCalls.finish(stopped, Value.of(turn));
            work.push(stopped);
        }
        if (!m.assume(goesOn)) {
            return false;
        }
        return map(m).map(map -> next(m, map, turn, work)).orElseGet(() -> loop(m, turn, work));
    }

    // ---- bpf_loop

    private boolean loop(Machine m, int turns, Deque<Machine> work) {
        Term wanted = Terms.extract(m.number(m.registers[1]).term(), 0, 4);
        Literal more = new Literal(new Comparison(Order.LESS_UNSIGNED, Terms.constant(turns), wanted), true);
        Literal tooMany = new Literal(new Comparison(Order.LESS_UNSIGNED, Terms.constant(MOST_LOOPS), wanted), true);
        Machine refused = m.copy();
        if (turns == 0 && refused.assume(tooMany)) {
            HelperCalls.finish(refused, Value.of(Errno.E2BIG.result()));
            work.push(refused);
        }
        Machine ended = m.copy();
        if (ended.assume(more.negated())) {
            HelperCalls.finish(ended, Value.of(turns));
            work.push(ended);
        }
        if (!m.assume(tooMany.negated()) || !m.assume(more)) {
            return false;
        }
        return turns >= MOST_UNKNOWN_TURNS && !wanted.isConstant()
                ? unsupported(m, "bpf_loop with more than " + MOST_UNKNOWN_TURNS + " turns, whose number is not known")
                : enter(m, turns + 1, Value.of(turns), m.registers[3], null, null);
    }

    // ---- bpf_for_each_map_elem

    private Optional<MapDefinition> map(Machine m) {
        return m.registers[1] instanceof Value.Pointer p && p.region() instanceof Region.MapHandle h ? Optional.of(config.map(h.map())) : Optional.empty();
    }

    private boolean next(Machine m, MapDefinition map, int turns, Deque<Machine> work) {
        boolean byIndex = ElementWalks.byIndex(map);
        if (byIndex && turns >= map.maxEntries()) {
            return HelperCalls.finish(m, Value.of(turns));
        }
        if (!byIndex) {
            Machine ended = m.copy();
            HelperCalls.finish(ended, turns < config.walk() ? Value.of(turns) : ended.unknownValue(4));
            work.push(ended);
            if (turns >= config.walk()) {
                return false;
            }
        }
        m.progress = Progress.after(turns);
        m.stopAt(new VisibleOperation.Lookup(map.index(), byIndex ? Key.of(turns) : ElementWalks.someKey(m, map)));
        return true;
    }

    /** Enters the callback with the element found, or returns where there is none. */
    void complete(Machine m, VisibleOperation.Lookup met, Value found) {
        int turns = m.progress.turns();
        if (found.is(0)) {
            HelperCalls.finish(m, Value.of(turns));
        } else {
            enter(m, turns + 1, m.registers[1], ElementWalks.keyMemory(m, met), found, m.registers[3]);
        }
    }

    private static boolean enter(Machine m, int turn, Value first, Value second, Value third, Value fourth) {
        Value[] r = m.registers;
        int callback = ((Region.Code) ((Value.Pointer) r[2]).region()).slot();
        MutableList<Value> saved = Lists.mutable.with(r[6], r[7], r[8], r[9], r[1], r[2], r[3], r[4], r[5]);
        m.frames.add(new Frame(m.pc, saved.toImmutable(), Cells.EMPTY, turn));
        m.progress = Progress.NONE;
        Arrays.fill(r, null);
        r[1] = first;
        r[2] = second;
        r[3] = third;
        r[4] = fourth;
        m.pc = callback;
        return true;
    }

    private static boolean unsupported(Machine m, String what) {
        m.unsupported(what);
        return true;
    }
}
