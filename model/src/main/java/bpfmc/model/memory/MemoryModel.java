package bpfmc.model.memory;

import bpfmc.model.isa.AtomicOp;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.lock.LockImplementation;
import bpfmc.model.lock.LockTimeouts;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.memory.Outcome.Change;
import bpfmc.model.program.Async;
import bpfmc.model.program.BpfObject;
import bpfmc.model.step.Answer;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.Modify;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Facts;
import bpfmc.model.value.Key;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Value;
import java.util.Optional;
import java.util.function.IntFunction;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.Lists;

/** What each visible operation does to shared memory, sequentially consistent: one step, seen by all at once. */
public final class MemoryModel {

    /** The shared memory before the step. */
    public interface View {
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

        /** {@return whether any agent may still use an address of this element} */
        boolean watched(int slot);
    }

    /** A run under way. @param wants the lock that it may be waiting for @param held those that it owns, in the order in which it took them */
    public record Locking(int agent, int cpu, Optional<VisibleOperation.Acquire> wants, ImmutableList<HeldLock> held) {}

    /** Who performs the step. @param nmi whether in an NMI @param facts what the agent knows of its unknowns */
    public record Agent(int number, int cpu, boolean nmi, int cpus, Facts facts) {}

    private final LockSteps locks;
    private final ResilientLock resilient;
    private final KeyedMaps maps;
    private final LockWord words;
    private final Timers timers;
    private final Kept kept;

    /** @param lock what locks are made of @param timeouts of resilient ones @param kernel that helpers behave as @param kept which contents of maps are a part of memory */
    public MemoryModel(BpfObject object, ElementIds slots, LockImplementation lock, LockTimeouts timeouts, KernelVersion kernel, KeptContents kept) {
        this.locks = new LockSteps(lock, timeouts, slots);
        this.resilient = new ResilientLock(timeouts);
        this.kept = new Kept(object, slots, kept);
        this.maps = new KeyedMaps(object, slots, locks, this.kept, kernel);
        this.words = new LockWord(object, slots);
        this.timers = new Timers(object, slots, kernel);
    }

    /** {@return what makes memory hold these words before the first step} What is not named may be anything. */
    public ImmutableList<Change> initially(ImmutableList<Given> given, int cpus) {
        return maps.initially(given, cpus);
    }

    /**
     * {@return the slots of the element that a key finds: one for each CPU of a per-CPU map, none when the key is not in the map; empty
     * when that is not known}
     */
    public Optional<ImmutableList<Integer>> find(int map, Key key, int cpus, IntFunction<KeyPartition> bindings) {
        return maps.find(map, key, cpus, bindings);
    }

    /** {@return the slots of all elements that keys were met of, those of an array's every index where they are few} */
    public ImmutableList<Integer> all(int map, int cpus, IntFunction<KeyPartition> bindings) {
        return maps.all(map, cpus, bindings);
    }

    /** {@return the classes of keys ({@link KeyPartition#classes}, by index) that a key of the agent's may be of} Of a map whose keys are followed in classes. */
    public ImmutableList<Integer> mayFind(int map, Key own, Agent agent, View view) {
        return maps.mayFind(map, own, agent, view);
    }

    /** {@return whether the answer depends on nothing that any agent can change, and nobody notices the step} */
    public boolean silent(VisibleOperation operation) {
        return switch (operation) {
            case VisibleOperation.CpuNumber o -> true;
            case VisibleOperation.CpuCount o -> true;
            case VisibleOperation.ElementOnCpu o -> true;
            case VisibleOperation.Lookup o -> maps.fixed(o.map());
            case VisibleOperation.LookupOnCpu o -> maps.fixed(o.map());
            case VisibleOperation.Walk o -> false;
            case VisibleOperation.Update o -> false;
            case VisibleOperation.Delete o -> false;
            case VisibleOperation.LockBucket o -> false;
            case VisibleOperation.UnlockBucket o -> false;
            case VisibleOperation.BeginTimer o -> false;
            case VisibleOperation.EndTimer o -> false;
            case VisibleOperation.Access o -> false;
            case VisibleOperation.Acquire o -> false;
            case VisibleOperation.Release o -> false;
            case VisibleOperation.TimerOperation o -> false;
            case VisibleOperation.ReadClock o -> false;
            case VisibleOperation.UseWrapped o -> false;
            case VisibleOperation.Toggle o -> false;
            case VisibleOperation.Start o -> false;
            case VisibleOperation.End o -> false;
            case VisibleOperation.Unsupported o -> false;
        };
    }

    /** {@return every way in which the operation can come out; none while it has to wait} */
    public ImmutableList<Outcome> step(VisibleOperation operation, Agent agent, View view) {
        return switch (operation) {
            case VisibleOperation.Load o -> one(Outcome.of(number(
                    found(o, view).read(o.element().slot(), o.offset(), o.size()), agent)));
            case VisibleOperation.CopyOut o -> one(Outcome.of(new Answer.Bytes(
                    view.element(o.element().slot()).copyOut(o.element().slot(), o.offset(), o.size())
                            .map(v -> Value.of(Element.toAgent(((Value.Scalar) v).term(), agent.number()))))));
            case VisibleOperation.Store o -> settled(o, stored(o, o.value().term(), Answer.NONE, agent, view), agent);
            case VisibleOperation.CopyIn o -> one(copied(o, agent, view));
            case VisibleOperation.ReadModifyWrite o -> modify(o, agent, view).flatCollect(outcome -> settled(o, outcome, agent));
            case VisibleOperation.Acquire o -> acquire(o, agent, view);
            case VisibleOperation.Release o -> release(o, agent, view);
            case VisibleOperation.ReadClock o -> one(new Outcome(new Answer.Of(Value.of(o.sample())), Lists.immutable.empty(),
                    Lists.immutable.with(new Invalidation.ClockRead((Symbol) Element.toShared(o.sample(), agent.number())))));
            case VisibleOperation.UseWrapped o -> one(Outcome.of(Answer.NONE));
            case VisibleOperation.CpuNumber o -> one(Outcome.of(new Answer.Of(Value.of((long) agent.cpu()))));
            case VisibleOperation.CpuCount o -> one(Outcome.of(new Answer.Of(Value.of((long) agent.cpus()))));
            case VisibleOperation.ElementOnCpu o -> one(Outcome.of(maps.onCpu(o, agent)));
            case VisibleOperation.Toggle o -> one(Outcome.of(Answer.NONE));
            case VisibleOperation.Start o -> one(Outcome.of(Answer.NONE));
            case VisibleOperation.TimerOperation o -> timers.step(o, view);
            case VisibleOperation.MapOperation o -> maps.step(o, agent, view);
            case VisibleOperation.End o -> Lists.immutable.empty();
            case VisibleOperation.Unsupported o -> Lists.immutable.empty();
        };
    }

    private static ImmutableList<Outcome> one(Outcome outcome) {
        return Lists.immutable.with(outcome);
    }

    private static Answer number(Term shared, Agent agent) {
        return new Answer.Of(Value.of(Element.toAgent(shared, agent.number())));
    }

    private Outcome stored(VisibleOperation.Access where, Term value, Answer answer, Agent agent, View view) {
        int slot = where.element().slot();
        if (!kept.keeps(slot, where.offset(), where.size())) {
            return new Outcome(answer, Lists.immutable.empty(), Lists.immutable.with(new Invalidation.Written(slot, where.offset(), where.size())));
        }
        Element before = locks.specification() ? view.element(slot) : found(where, view);
        Element after = before.write(slot, where.offset(), where.size(), Element.toShared(value, agent.number()));
        return new Outcome(answer, Lists.immutable.with(new Change.OfElement(slot, after)),
                Lists.immutable.with(new Invalidation.Written(slot, where.offset(), where.size())));
    }

    private Outcome copied(VisibleOperation.CopyIn o, Agent agent, View view) {
        int slot = o.element().slot();
        Cells contents = kept.of(slot, o.offset(), o.contents()).map(v -> Value.of(Element.toShared(((Value.Scalar) v).term(), agent.number())));
        return new Outcome(Answer.NONE, contents.cells().isEmpty() ? Lists.immutable.empty() :
                Lists.immutable.with(new Change.OfElement(slot, timers.copiedOver(slot, view.element(slot).copyIn(slot, o.offset(), contents)))),
                Lists.immutable.with(new Invalidation.Written(slot, o.offset(), o.size())));
    }

    private ImmutableList<Outcome> modify(VisibleOperation.ReadModifyWrite o, Agent agent, View view) {
        Term shared = found(o, view).read(o.element().slot(), o.offset(), o.size());
        Term old = Element.toAgent(shared, agent.number());
        Answer answer = new Answer.Of(Value.of(old));
        if (o.op() != AtomicOp.CMPXCHG) {
            return one(stored(o, Modify.compute(o.op(), old, o.operand().term(), o.size()), answer, agent, view));
        }
        Literal same = Comparison.equal(old, o.expected().term(), true);
        Outcome success = stored(o, o.operand().term(), learned(o.expected().term(), same), agent, view);
        Outcome failure = Outcome.of(learned(old, same.negated()));
        return agent.facts().decide(same).map(s -> one(s ? success : failure)).orElseGet(() -> Lists.immutable.with(success, failure));
    }

    private static Answer learned(Term value, Literal literal) {
        return new Answer.Of(Value.of(value), Lists.immutable.with(literal));
    }

    private ImmutableList<Outcome> acquire(VisibleOperation.Acquire o, Agent agent, View view) {
        if (!locks.specification()) {
            return locks.acquire(o, agent, view);
        }
        if (o.call().resilient()) {
            return resilient.acquire(o, agent, view);
        }
        Element element = view.element(o.element().slot());
        return element.owner(o.offset()) >= 0 ? Lists.immutable.empty() : one(new Outcome(Answer.NONE,
                Lists.immutable.with(new Change.OfElement(o.element().slot(), element.withOwner(o.offset(), agent.number()))),
                Lists.immutable.with(new Invalidation.WordOverwritten(agent.cpu()))));
    }

    /** Releasing a lock that the agent does not own frees it all the same, as a store of zero would. */
    private ImmutableList<Outcome> release(VisibleOperation.Release o, Agent agent, View view) {
        if (!locks.specification()) {
            return locks.release(o, agent, view);
        }
        Element element = view.element(o.element().slot());
        return one(Outcome.of(Answer.NONE, new Change.OfElement(o.element().slot(), element.withOwner(o.offset(), -1))));
    }

    /** {@return the element that an access finds, with the lock words that it touches as they read} */
    private Element found(VisibleOperation.Access access, View view) {
        Element element = view.element(access.element().slot());
        return locks.specification() ? words.shown(access, view) : locks.shown(element, access, words.touched(access));
    }

    /** {@return the outcome of an access with what it does to locks} */
    private ImmutableList<Outcome> settled(VisibleOperation.Access access, Outcome outcome, Agent agent) {
        return locks.specification() ? words.settled(access, outcome, agent) : one(locks.settled(access, outcome, words.touched(access)));
    }

    /** {@return whether taking this lock depends on more than the lock's element} */
    public boolean dependsOnMore(VisibleOperation.Acquire lock) {
        return locks.keepsCpuWords() || lock.call().resilient();
    }

    /** {@return whether releasing this lock does} */
    public boolean dependsOnMore(VisibleOperation.Release lock) {
        return locks.keepsCpuWords();
    }

    /** {@return what a step of taking or releasing a lock does, in words; empty where a lock is one step, and for other operations} */
    public String says(VisibleOperation operation) {
        return locks.says(operation);
    }

    /** {@return whether what a lookup in the map finds may depend on more than the map's own bindings} */
    public boolean dependsOnMore(int map) {
        return maps.leastRecentlyUsed(map) || maps.keysElsewhere(map);
    }
}
