package bpfmc.explorer.system;

import bpfmc.model.memory.Element;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.memory.StoreBuffer;
import bpfmc.model.program.Async;
import bpfmc.model.value.Term;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;

/** The shared memory of a step that looks at none: to read it is a fault. */
public final class UnreadMemory implements MemoryModel.View {
    @Override
    public Element element(int slot) {
        throw read();
    }

    @Override
    public KeyPartition bindings(int map) {
        throw read();
    }

    @Override
    public ImmutableIntList cpuWords() {
        throw read();
    }

    @Override
    public boolean changesBelow(int agent, int map) {
        throw read();
    }

    @Override
    public int bucketOwner(int slot) {
        throw read();
    }

    @Override
    public boolean runs(Async async, int slot) {
        throw read();
    }

    @Override
    public ImmutableList<MemoryModel.Locking> locking() {
        throw read();
    }

    @Override
    public boolean cancelling(int slot) {
        throw read();
    }

    @Override
    public int cpuOf(int agent) {
        throw read();
    }

    @Override
    public boolean different(Term input, Term other) {
        throw read();
    }

    @Override
    public boolean watched(int slot) {
        throw read();
    }

    @Override
    public StoreBuffer buffer(int cpu) {
        return StoreBuffer.EMPTY;
    }

    private static IllegalStateException read() {
        return new IllegalStateException("a silent operation reads shared memory");
    }
}
