package bpfmc.model.memory;

import bpfmc.model.program.Async;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Facts;
import bpfmc.model.value.Key;
import bpfmc.model.value.Term;
import java.util.Optional;
import java.util.function.IntFunction;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;

/** What each visible operation does to shared memory, and who sees it when. */
public interface MemoryModel {

    /** The shared memory before the step. */
    interface View {
        Element element(int slot);

        KeyPartition bindings(int map);

        /** {@return what the lock implementation keeps for each CPU; empty while that is all 0} */
        ImmutableIntList cpuWords();

        /** {@return the agent that owns the lock of the element's bucket, -1 when nobody does} */
        int bucketOwner(int slot);

        /** {@return whether some agent runs the callback of the element's timer, or work item} */
        boolean runs(Async async, int slot);

        /** {@return what runs under way have to do with locks, those of one CPU from the bottom of its stack to the top} */
        ImmutableList<Locking> locking();

        /** {@return whether some callback of a timer is about to wait for the element's, or does so} */
        boolean cancelling(int slot);

        /** {@return whether a run that this agent has interrupted stands before a step that takes, and gives back, the lock of a bucket of the map} */
        boolean changesBelow(int agent, int map);

        /** {@return the CPU that an agent runs on} */
        int cpuOf(int agent);

        /** {@return whether the terms are inputs of two agents that are surely different: the numbers of their threads, for example} */
        boolean different(Term input, Term other);

        /** {@return whether any agent may still use an address of this element, or a store to it is under way} */
        boolean watched(int slot);

        /** {@return what the CPU has stored that others do not see yet} */
        StoreBuffer buffer(int cpu);
    }

    /** A run under way. @param wants the lock that it may be waiting for @param held those that it owns, in the order in which it took them */
    record Locking(int agent, int cpu, Optional<VisibleOperation.Acquire> wants, ImmutableList<HeldLock> held) {}

    /** Who performs the step. @param nmi whether in an NMI @param facts what the agent knows of its unknowns */
    record Agent(int number, int cpu, boolean nmi, int cpus, Facts facts) {}

    /** {@return what makes memory hold these words before the first step} What is not named may be anything. */
    ImmutableList<Outcome.Change> initially(ImmutableList<Given> given, int cpus);

    /**
     * {@return the slots of the element that a key finds: one for each CPU of a per-CPU map, none when the key is not in the map; empty
     * when that is not known}
     */
    Optional<ImmutableList<Integer>> find(int map, Key key, int cpus, IntFunction<KeyPartition> bindings);

    /** {@return the slots of all elements that keys were met of, those of an array's every index where they are few} */
    ImmutableList<Integer> all(int map, int cpus, IntFunction<KeyPartition> bindings);

    /** {@return the classes of keys ({@link KeyPartition#classes}, by index) that a key of the agent's may be of} Of a map whose keys are followed in classes. */
    ImmutableList<Integer> mayFind(int map, Key own, Agent agent, View view);

    /** {@return whether the answer depends on nothing that any agent can change, and nobody notices the step} */
    boolean silent(VisibleOperation operation);

    /** {@return every way in which the operation can come out; none while it has to wait} */
    ImmutableList<Outcome> step(VisibleOperation operation, Agent agent, View view);

    /** {@return whether taking this lock depends on more than the lock's element} */
    boolean dependsOnMore(VisibleOperation.Acquire lock);

    /** {@return whether releasing this lock does} */
    boolean dependsOnMore(VisibleOperation.Release lock);

    /** {@return whether what a lookup in the map finds may depend on more than the map's own bindings} */
    boolean dependsOnMore(int map);

    /** {@return what a step of taking or releasing a lock does, in words; empty where a lock is one step, and for other operations} */
    String says(VisibleOperation operation);

    // ---- stores that others see later

    /** {@return whether the operation does no more than put something into its CPU's buffer} */
    boolean buffered(VisibleOperation operation);

    /** {@return how the oldest of what a CPU has stored becomes visible to all; empty when there is none} */
    Optional<Outcome> drain(int cpu, View view);

    /** {@return why an operation may do more than {@link #step} says; empty when that is all} */
    Optional<String> unfollowed(VisibleOperation operation);

    /** {@return whether the operation reads before others see what a helper has changed before it} {@link #step} does not follow what they could read then. */
    boolean readsEarly(VisibleOperation operation, Agent agent, View view);
}
