package bpfmc.explorer.system;

import bpfmc.model.machine.PrivateState;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.memory.StoreBuffer;
import bpfmc.model.program.Async;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Term;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.Lists;

/** The shared memory of a state, and what others have to do with it. Good until the state's array changes. */
final class MemoryView implements MemoryModel.View {
    private final SystemParts parts;
    private final SilentSteps silent;
    private final int[] state;

    MemoryView(SystemParts parts, SilentSteps silent, int[] state) {
        this.parts = parts;
        this.silent = silent;
        this.state = state;
    }

    @Override
    public Element element(int slot) {
        int component = parts.dictionary().layout().elementIfAny(slot);
        return component < 0 ? Element.UNTOUCHED : parts.dictionary().elements().value(state[component]);
    }

    @Override
    public KeyPartition bindings(int map) {
        return parts.dictionary().bindings().value(state[parts.dictionary().layout().bindings(map)]);
    }

    @Override
    public ImmutableIntList cpuWords() {
        return parts.dictionary().cpuWords().value(state[parts.dictionary().layout().cpuWords()]);
    }

    @Override
    public int bucketOwner(int slot) {
        return agent(node -> node.bucket() == slot);
    }

    @Override
    public boolean runs(Async async, int slot) {
        return agent(node -> node.runs(async, slot)) >= 0;
    }

    @Override
    public ImmutableList<MemoryModel.Locking> locking() {
        MutableList<MemoryModel.Locking> locking = Lists.mutable.empty();
        for (int agent = 0; agent < parts.automata().agents(); agent++) {
            if (silent.underway(state, agent)) {
                PrivateState run = parts.automata().node(state, agent).state();
                locking.add(new MemoryModel.Locking(agent, cpuOf(agent), run.operation() instanceof VisibleOperation.Acquire lock
                        && parts.scheduler().mayWait(state, agent) ? Optional.of(lock) : Optional.empty(), run.held()));
            }
        }
        return locking.toImmutable();
    }

    @Override
    public boolean changesBelow(int agent, int map) {
        for (int other : parts.scheduler().stack(state, agent)) {
            VisibleOperation next = parts.automata().node(state, other).operation();
            if (other != agent && (next instanceof VisibleOperation.Update u && u.map() == map
                    || next instanceof VisibleOperation.Delete d && d.map() == map)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean cancelling(int slot) {
        return agent(node -> node.operation() instanceof VisibleOperation.CancelTimer c && c.own() >= 0
                && c.phase() != VisibleOperation.CancelTimer.Phase.ANNOUNCE && c.element().slot() == slot) >= 0;
    }

    @Override
    public int cpuOf(int agent) {
        return parts.scenario().agents().get(agent).cpu();
    }

    @Override
    public boolean different(Term input, Term other) {
        return DifferentInputs.surely(parts.scenario(), input, other);
    }

    @Override
    public boolean watched(int slot) {
        if (agent(node -> node.elements().contains(slot)) >= 0) {
            return true;
        }
        for (int cpu = 0; cpu < parts.dictionary().layout().buffers(); cpu++) {
            if (buffer(cpu).reaches(slot)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public StoreBuffer buffer(int cpu) {
        return parts.dictionary().buffers().value(state[parts.dictionary().layout().buffer(cpu)]);
    }

    /** {@return the first agent of whose node this is true, -1 when it is true of none} */
    private int agent(Predicate<Node> is) {
        for (int agent = 0; agent < parts.automata().agents(); agent++) {
            if (is.test(parts.automata().node(state, agent))) {
                return agent;
            }
        }
        return -1;
    }
}
