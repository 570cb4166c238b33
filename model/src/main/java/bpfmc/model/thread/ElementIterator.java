package bpfmc.model.thread;

import bpfmc.model.call.ElementWalks;
import bpfmc.model.flow.IteratedMaps;
import bpfmc.model.isa.Instruction;
import bpfmc.model.machine.ArgumentMemory;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.Progress;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
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
 *
 * <p>Of a per-CPU map the value is a buffer of the kernel's, into which it has copied all CPUs' values, one after another, before the run begins
 * (kernel/bpf/hashtab.c, __bpf_hash_map_seq_show; arraymap.c, __bpf_array_map_seq_show). Those of CPUs that are not in the scenario are anything.
 */
public final class ElementIterator {
    private static final int POINTER = 8;

    private final RunConfig config;

    ElementIterator(RunConfig config) {
        this.config = config;
    }

    /** {@return whether the machine stands before the lookup that stands for being run, in front of the load that needs its answer} */
    static boolean reexecutes(BpfProgram program, Machine m) {
        return program.code().get(m.pc) instanceof Instruction.Load && (m.operation instanceof VisibleOperation.Lookup
                || m.operation instanceof VisibleOperation.ElementOnCpu || m.operation instanceof VisibleOperation.CopyOut);
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
            if (map.type().perCpu() && map.value().special().notEmpty()) {
                one.unsupported("an iterator over a per-CPU map of values with special fields (" + map.name() + ")");
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
        } else if (config.map(met.map()).type().perCpu()) {
            m.context = m.context.write(IteratedMaps.KEY, POINTER, ElementWalks.keyMemory(m, met.key()), MemoryAccess.unknowns(m));
            m.progress = Progress.at(0, found);
            askFor(m, 0);
        } else {
            hand(m, ElementWalks.keyMemory(m, met.key()), found);
        }
    }

    // ---- the copy of all CPUs' values

    private static void askFor(Machine m, int cpu) {
        m.stopAt(new VisibleOperation.ElementOnCpu((Region.Element) ((Value.Pointer) m.progress.result()).region(), cpu));
    }

    /** Copies the next CPU's value, or hands the buffer over when there is none. */
    void complete(Machine m, VisibleOperation.ElementOnCpu asked, Answer answer) {
        if (((Answer.Of) answer).value() instanceof Value.Pointer p) {
            copy(m, (Region.Element) p.region(), 0);
            return;
        }
        Cells all = m.progress.gathered().getFirst();
        Value key = m.context.read(IteratedMaps.KEY, POINTER, MemoryAccess.unknowns(m));
        m.progress = Progress.NONE;
        hand(m, key, ElementWalks.memory(m, all, asked.cpu() * mapOf(asked.element()).valueStride()));
    }

    void complete(Machine m, VisibleOperation.CopyOut copied, Answer answer) {
        int cpu = m.progress.turns();
        MapDefinition map = mapOf(copied.element());
        Cells before = m.progress.gathered().getFirst();
        var after = ArgumentMemory.remember(m, copied, ((Answer.Bytes) answer).contents(), before, cpu * map.valueStride() + copied.offset());
        if (after.isPresent()) {
            boolean more = copied.offset() + copied.size() < map.valueSize();
            m.progress = new Progress(m.progress.gathered(), m.progress.script(), m.progress.result(), more ? cpu : cpu + 1, 0).withGathered(0, after.get());
            if (more) {
                copy(m, copied.element(), copied.offset() + copied.size());
            } else {
                askFor(m, cpu + 1);
            }
        }
    }

    private void copy(Machine m, Region.Element element, int from) {
        int size = mapOf(element).valueSize();
        m.stopAt(new VisibleOperation.CopyOut(element, from, Math.min(ArgumentMemory.pieceSize(size), size - from)));
    }

    private MapDefinition mapOf(Region.Element element) {
        return config.map(config.maps().applyAsInt(element.slot()));
    }

    private static void hand(Machine m, Value key, Value value) {
        m.context = m.context.write(IteratedMaps.KEY, POINTER, key, MemoryAccess.unknowns(m)).write(IteratedMaps.VALUE, POINTER, value, MemoryAccess.unknowns(m));
    }
}
