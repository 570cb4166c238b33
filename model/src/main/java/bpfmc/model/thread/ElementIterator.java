package bpfmc.model.thread;

import bpfmc.model.call.ElementWalks;
import bpfmc.model.flow.IteratedMaps;
import bpfmc.model.isa.Instruction;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.Deque;

/**
 * Programs of type iter/bpf_map_elem (kernel/bpf/map_iter.c): one run is for one element of the map that it is attached to, which may be any map of the object that has
 * room for what the program touches. {@code ctx->key} and {@code ctx->value} (struct bpf_iter__bpf_map_elem) point to a key and to the live element; both are NULL in the run
 * that ends the walk.
 */
public final class ElementIterator {
    private static final int POINTER = 8;

    private final RunConfig config;

    ElementIterator(RunConfig config) {
        this.config = config;
    }

    /** {@return whether the machine stands before the lookup that stands for being run, in front of the load that needs its answer} */
    static boolean reexecutes(BpfProgram program, Machine m) {
        return m.operation instanceof VisibleOperation.Lookup && program.code().get(m.pc) instanceof Instruction.Load;
    }

    /** {@return whether this is the first load of the key's or the value's address} */
    boolean begins(Machine m, Value base, int displacement) {
        if (!IteratedMaps.concerns(config.program()) || !(base instanceof Value.Pointer p && p.region() instanceof Region.Context)) {
            return false;
        }
        Term offset = Terms.add(p.offset(), Terms.constant(displacement));
        return (offset.equals(new Constant(IteratedMaps.KEY)) || offset.equals(new Constant(IteratedMaps.VALUE))) && m.context.cells().noneSatisfy(c -> c.offset() == IteratedMaps.VALUE);
    }

    /** Follows the run that ends the walk, and one for some element of each map. {@return false: the machine goes on in others only} */
    boolean call(Machine m, Deque<Machine> work) {
        for (MapDefinition map : IteratedMaps.maps(config.object(), config.program())) {
            Machine one = m.copy();
            if (map.type().perCpu()) {
                one.unsupported("an iterator over a per-CPU map (" + map.name() + ")");
            } else {
                one.stopAt(new VisibleOperation.Lookup(map.index(), ElementWalks.someKey(one, map)));
            }
            work.push(one);
        }
        hand(m, Value.of(0), Value.of(0));
        return true;
    }

    void complete(Machine m, VisibleOperation.Lookup met, Answer answer) {
        Value found = ((Answer.Of) answer).value();
        if (found.is(0)) {
            hand(m, Value.of(0), Value.of(0));
        } else {
            hand(m, ElementWalks.keyMemory(m, met), found);
        }
    }

    private static void hand(Machine m, Value key, Value value) {
        m.context = m.context.write(IteratedMaps.KEY, POINTER, key, MemoryAccess.unknowns(m)).write(IteratedMaps.VALUE, POINTER, value, MemoryAccess.unknowns(m));
    }
}
