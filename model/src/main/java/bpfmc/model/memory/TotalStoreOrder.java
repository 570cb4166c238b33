package bpfmc.model.memory;

import bpfmc.model.kernel.Flags;
import bpfmc.model.kernel.MapType;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.machine.Invalidation.Reach;
import bpfmc.model.machine.Invalidation.Written;
import bpfmc.model.memory.Outcome.Change;
import bpfmc.model.program.Async;
import bpfmc.model.program.BpfObject;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Key;
import bpfmc.model.value.Term;
import bpfmc.model.value.Value;
import java.util.Optional;
import java.util.function.IntFunction;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Memory as x86 has it (x86-TSO, Sewell et al. 2010): a plain store waits in its CPU's buffer, in order, until it becomes visible to all at once; the CPU's
 * own loads find it there, byte by byte, the newest first. What x86 does by a LOCK-prefixed instruction waits until the buffer is empty and is seen at
 * once: every atomic, with its old value or without, a compare-and-exchange that fails too, and the taking of a lock. Giving a lock back is a plain store.
 *
 * <p>What helpers do to a map under a lock of their own is done when that lock is taken, in one step. Their last stores could be seen later; a later
 * load of the same CPU that others could notice to be early is {@linkplain #readsEarly not followed}.
 */
public final class TotalStoreOrder implements MemoryModel {
    private final SequentialConsistency memory;
    private final BpfObject object;
    private final ElementIds slots;

    /** @param memory that stores come to */
    public TotalStoreOrder(SequentialConsistency memory, BpfObject object, ElementIds slots) {
        this.memory = memory;
        this.object = object;
        this.slots = slots;
    }

    /** Who waits for the buffer, and what is in it afterwards. */
    private enum Place {
        /** Goes into the buffer. */
        BUFFERED,
        /** Reads what is in the buffer, then memory. */
        FORWARDED,
        /** Waits until the buffer is empty, and is seen at once. */
        LOCKED,
        /** As {@link #LOCKED}, but its last stores may be seen later. */
        HELPER,
        /** Has nothing to do with the buffer. */
        BESIDE
    }

    private Place place(VisibleOperation operation) {
        return switch (operation) {
            case VisibleOperation.Load o -> Place.FORWARDED;
            case VisibleOperation.CopyOut o -> Place.FORWARDED;
            case VisibleOperation.Store o -> exchanges(o) ? Place.LOCKED : Place.BUFFERED;
            case VisibleOperation.CopyIn o -> Place.BUFFERED;
            case VisibleOperation.ReadModifyWrite o -> Place.LOCKED;
            case VisibleOperation.Fence o -> Place.LOCKED;
            case VisibleOperation.Acquire o -> Place.LOCKED;
            case VisibleOperation.Release o -> Place.BUFFERED;
            case VisibleOperation.Lookup o -> Place.BESIDE;
            case VisibleOperation.LookupOnCpu o -> Place.BESIDE;
            case VisibleOperation.Walk o -> Place.BESIDE;
            case VisibleOperation.Update o -> (o.flags() & ~Flags.LOCK) > Flags.EXIST ? Place.BESIDE : Place.HELPER;
            case VisibleOperation.Delete o -> Place.HELPER;
            case VisibleOperation.LockBucket o -> Place.LOCKED;
            case VisibleOperation.UnlockBucket o -> Place.HELPER;
            case VisibleOperation.BeginTimer o -> Place.HELPER;
            case VisibleOperation.EndTimer o -> Place.HELPER;
            case VisibleOperation.TimerOperation o -> Place.HELPER;
            case VisibleOperation.ReadClock o -> Place.BESIDE;
            case VisibleOperation.UseWrapped o -> Place.BESIDE;
            case VisibleOperation.CpuNumber o -> Place.BESIDE;
            case VisibleOperation.CpuCount o -> Place.BESIDE;
            case VisibleOperation.ElementOnCpu o -> Place.BESIDE;
            case VisibleOperation.Toggle o -> Place.BESIDE;
            case VisibleOperation.Start o -> Place.BESIDE;
            case VisibleOperation.End o -> Place.BESIDE;
            case VisibleOperation.Unsupported o -> Place.BESIDE;
        };
    }

    /** {@return whether the store puts a map into a map: that is an xchg (kernel/bpf/arraymap.c, bpf_fd_array_map_update_elem)} */
    private boolean exchanges(VisibleOperation.Store store) {
        return object.maps().get(slots.mapOf(store.element().slot())).type() == MapType.ARRAY_OF_MAPS;
    }

    @Override
    public ImmutableList<Outcome> step(VisibleOperation operation, Agent agent, View view) {
        return switch (place(operation)) {
            case BUFFERED -> Lists.immutable.with(buffered(operation, agent, view.buffer(agent.cpu())));
            case FORWARDED -> memory.step(operation, agent, view.buffer(agent.cpu()).isEmpty() ? view : new Forwarding(view, agent.cpu()));
            case LOCKED -> view.buffer(agent.cpu()).isEmpty() ? memory.step(operation, agent, view) : Lists.immutable.empty();
            case HELPER -> view.buffer(agent.cpu()).isEmpty() ? memory.step(operation, agent, view).collect(o -> followed(operation, o, agent)) : Lists.immutable.empty();
            case BESIDE -> memory.step(operation, agent, view);
        };
    }

    private static Outcome buffered(VisibleOperation operation, Agent agent, StoreBuffer before) {
        return operation instanceof VisibleOperation.Release o
                ? outcome(agent, before.with(new BufferedStore.Unlock(agent.number(), o.element().slot(), o.offset())), Lists.immutable.empty())
                : stored((VisibleOperation.Access) operation, agent, before);
    }

    private static Outcome stored(VisibleOperation.Access access, Agent agent, StoreBuffer before) {
        return switch (access) {
            case VisibleOperation.Store o -> outcome(agent, before.with(new BufferedStore.Bytes(agent.number(), o.element().slot(), o.offset(), o.size(),
                    Element.toShared(o.value().term(), agent.number()), false)), own(o));
            case VisibleOperation.CopyIn o -> outcome(agent, o.contents().cells().injectInto(before, (buffer, cell) -> buffer.with(new BufferedStore.Bytes(
                    agent.number(), o.element().slot(), o.offset() + cell.offset(), cell.size(),
                    Element.toShared(((Value.Scalar) cell.value()).term(), agent.number()), true))), own(o));
            case VisibleOperation.Load o -> throw noStore(o);
            case VisibleOperation.CopyOut o -> throw noStore(o);
            case VisibleOperation.ReadModifyWrite o -> throw noStore(o);
        };
    }

    private static IllegalStateException noStore(VisibleOperation.Access access) {
        return new IllegalStateException("no plain store: " + access);
    }

    /** What lies below the run on its CPU sees the store at once. */
    private static ImmutableList<Invalidation> own(VisibleOperation.Access store) {
        return Lists.immutable.with(new Written(store.element().slot(), store.offset(), store.size(), Reach.OWN_CPU));
    }

    private static Outcome outcome(Agent agent, StoreBuffer after, ImmutableList<Invalidation> notices) {
        return new Outcome(Answer.NONE, Lists.immutable.with(new Change.OfBuffer(agent.cpu(), after)), notices);
    }

    private Outcome followed(VisibleOperation operation, Outcome outcome, Agent agent) {
        return outcome.changes().isEmpty() ? outcome : new Outcome(outcome.answer(),
                outcome.changes().newWith(new Change.OfBuffer(agent.cpu(), StoreBuffer.EMPTY.with(behind(operation, agent.number())))), outcome.notices());
    }

    private BufferedStore behind(VisibleOperation operation, int agent) {
        return operation instanceof VisibleOperation.MapOperation m ? new BufferedStore.Behind(agent, m.map(), shared(m.key(), agent))
                : new BufferedStore.Behind(agent, slots.mapOf(((VisibleOperation.TimerOperation) operation).element().slot()), new Key(Lists.immutable.empty()));
    }

    private static Key shared(Key own, int agent) {
        return new Key(own.words().collect(w -> Element.toShared(w, agent)));
    }

    @Override
    public Optional<Outcome> drain(int cpu, View view) {
        StoreBuffer before = view.buffer(cpu);
        if (before.isEmpty()) {
            return Optional.empty();
        }
        Change rest = new Change.OfBuffer(cpu, before.drained());
        return Optional.of(switch (before.stores().getFirst()) {
            case BufferedStore.Bytes b -> new Outcome(Answer.NONE, Lists.immutable.with(new Change.OfElement(b.slot(), memory.landed(b, view.element(b.slot()))), rest),
                    Lists.immutable.with(new Written(b.slot(), b.offset(), b.size(), Reach.OTHER_CPUS)));
            case BufferedStore.Unlock u -> new Outcome(Answer.NONE, Lists.immutable.with(
                    new Change.OfElement(u.slot(), view.element(u.slot()).withOwner(u.offset(), -1)), rest), Lists.immutable.empty());
            case BufferedStore.Behind b -> new Outcome(Answer.NONE, Lists.immutable.with(rest), Lists.immutable.empty());
        });
    }

    @Override
    public Optional<String> unfollowed(VisibleOperation operation) {
        if (operation instanceof VisibleOperation.Acquire o && (o.call().resilient() || memory.stepByStep())
                || operation instanceof VisibleOperation.Release r && (r.call().resilient() || memory.stepByStep())) {
            return Optional.of("a lock that is more than its specification, under --memory-model tso");
        }
        if (operation instanceof VisibleOperation.Access o && memory.touchesLock(o)) {
            return Optional.of("an access to the word of a lock, under --memory-model tso");
        }
        return Optional.empty();
    }

    @Override
    public boolean readsEarly(VisibleOperation operation, Agent agent, View view) {
        StoreBuffer own = view.buffer(agent.cpu());
        return switch (place(operation)) {
            case FORWARDED -> own.stores().anySatisfy(BufferedStore.Behind.class::isInstance);
            case BESIDE -> operation instanceof VisibleOperation.MapOperation o && !memory.silent(o)
                    && own.stores().anySatisfy(s -> s instanceof BufferedStore.Behind b && !same(o, b, agent.number()));
            case BUFFERED, LOCKED, HELPER -> false;
        };
    }

    /** A lookup of the very key comes after the change of it on every CPU: nobody changes it again before the bucket's lock is seen to be free. */
    private static boolean same(VisibleOperation.MapOperation lookup, BufferedStore.Behind change, int agent) {
        return lookup.map() == change.map() && shared(lookup.key(), agent).equals(change.key());
    }

    @Override
    public boolean buffered(VisibleOperation operation) {
        return place(operation) == Place.BUFFERED;
    }

    // ---- as memory does

    @Override
    public ImmutableList<Change> initially(ImmutableList<Given> given, int cpus) {
        return memory.initially(given, cpus);
    }

    @Override
    public Optional<ImmutableList<Integer>> find(int map, Key key, int cpus, IntFunction<KeyPartition> bindings) {
        return memory.find(map, key, cpus, bindings);
    }

    @Override
    public ImmutableList<Integer> all(int map, int cpus, IntFunction<KeyPartition> bindings) {
        return memory.all(map, cpus, bindings);
    }

    @Override
    public ImmutableList<Integer> mayFind(int map, Key own, Agent agent, View view) {
        return memory.mayFind(map, own, agent, view);
    }

    @Override
    public boolean silent(VisibleOperation operation) {
        return memory.silent(operation);
    }

    @Override
    public boolean dependsOnMore(VisibleOperation.Acquire lock) {
        return memory.dependsOnMore(lock);
    }

    @Override
    public boolean dependsOnMore(VisibleOperation.Release lock) {
        return memory.dependsOnMore(lock);
    }

    @Override
    public boolean dependsOnMore(int map) {
        return memory.dependsOnMore(map);
    }

    @Override
    public String says(VisibleOperation operation) {
        return memory.says(operation);
    }

    /** Memory as one CPU sees it. */
    private record Forwarding(View memory, int cpu) implements View {
        @Override
        public Element element(int slot) {
            return memory.buffer(cpu).over(slot, memory.element(slot));
        }

        @Override
        public KeyPartition bindings(int map) {
            return memory.bindings(map);
        }

        @Override
        public ImmutableIntList cpuWords() {
            return memory.cpuWords();
        }

        @Override
        public int bucketOwner(int slot) {
            return memory.bucketOwner(slot);
        }

        @Override
        public boolean runs(Async async, int slot) {
            return memory.runs(async, slot);
        }

        @Override
        public ImmutableList<Locking> locking() {
            return memory.locking();
        }

        @Override
        public boolean cancelling(int slot) {
            return memory.cancelling(slot);
        }

        @Override
        public boolean changesBelow(int agent, int map) {
            return memory.changesBelow(agent, map);
        }

        @Override
        public int cpuOf(int agent) {
            return memory.cpuOf(agent);
        }

        @Override
        public boolean different(Term input, Term other) {
            return memory.different(input, other);
        }

        @Override
        public boolean watched(int slot) {
            return memory.watched(slot);
        }

        @Override
        public StoreBuffer buffer(int asked) {
            return memory.buffer(asked);
        }
    }
}
