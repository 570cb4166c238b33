package bpfmc.model.memory;

import bpfmc.model.isa.AtomicOp;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.lock.LockImplementation;
import bpfmc.model.lock.LockTimeouts;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.memory.Outcome.Change;
import bpfmc.model.program.BpfObject;
import bpfmc.model.step.Answer;
import bpfmc.model.step.Modify;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Key;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Value;
import java.util.Optional;
import java.util.function.IntFunction;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Sequentially consistent memory: each visible operation is one step, seen by all at once. */
public final class SequentialConsistency implements MemoryModel {

    private final LockSteps locks;
    private final ResilientLock resilient;
    private final KeyedMaps maps;
    private final LockWord words;
    private final Timers timers;
    private final Kept kept;

    /** @param lock what locks are made of @param timeouts of resilient ones @param kernel that helpers behave as @param kept which contents of maps are a part of memory */
    public SequentialConsistency(BpfObject object, ElementIds slots, LockImplementation lock, LockTimeouts timeouts, KernelVersion kernel, KeptContents kept) {
        this.locks = new LockSteps(lock, timeouts, slots);
        this.resilient = new ResilientLock(timeouts);
        this.kept = new Kept(object, slots, kept);
        this.maps = new KeyedMaps(object, slots, locks, this.kept, kernel);
        this.words = new LockWord(object, slots);
        this.timers = new Timers(object, slots, kernel);
    }

    @Override
    public ImmutableList<Change> initially(ImmutableList<Given> given, int cpus) {
        return maps.initially(given, cpus);
    }

    @Override
    public Optional<ImmutableList<Integer>> find(int map, Key key, int cpus, IntFunction<KeyPartition> bindings) {
        return maps.find(map, key, cpus, bindings);
    }

    @Override
    public ImmutableList<Integer> all(int map, int cpus, IntFunction<KeyPartition> bindings) {
        return maps.all(map, cpus, bindings);
    }

    @Override
    public ImmutableList<Integer> mayFind(int map, Key own, Agent agent, View view) {
        return maps.mayFind(map, own, agent, view);
    }

    @Override
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
            case VisibleOperation.Fence o -> false;
            case VisibleOperation.Toggle o -> false;
            case VisibleOperation.Start o -> false;
            case VisibleOperation.End o -> false;
            case VisibleOperation.Unsupported o -> false;
        };
    }

    @Override
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
            case VisibleOperation.Fence o -> one(Outcome.of(Answer.NONE));
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

    @Override
    public boolean dependsOnMore(VisibleOperation.Acquire lock) {
        return locks.keepsCpuWords() || lock.call().resilient();
    }

    @Override
    public boolean dependsOnMore(VisibleOperation.Release lock) {
        return locks.keepsCpuWords();
    }

    @Override
    public String says(VisibleOperation operation) {
        return locks.says(operation);
    }

    @Override
    public boolean dependsOnMore(int map) {
        return maps.leastRecentlyUsed(map) || maps.keysElsewhere(map);
    }

    @Override
    public boolean buffered(VisibleOperation operation) {
        return false;
    }

    @Override
    public Optional<Outcome> drain(int cpu, View view) {
        return Optional.empty();
    }

    @Override
    public Optional<String> unfollowed(VisibleOperation operation) {
        return Optional.empty();
    }

    @Override
    public boolean readsEarly(VisibleOperation operation, Agent agent, View view) {
        return false;
    }

    // ---- for those who do the same later

    /** {@return the element once these bytes have been stored to it} */
    Element landed(BufferedStore.Bytes store, Element before) {
        if (!kept.keeps(store.slot(), store.offset(), store.size())) {
            return before;
        }
        Element after = before.write(store.slot(), store.offset(), store.size(), store.value());
        return store.copied() ? timers.copiedOver(store.slot(), after) : after;
    }

    /** {@return whether the access touches the word of a lock} */
    boolean touchesLock(VisibleOperation.Access access) {
        return words.touched(access).notEmpty();
    }

    /** {@return whether locks are taken and released step by step} */
    boolean stepByStep() {
        return !locks.specification();
    }
}
