package bpfmc.model.memory;

import bpfmc.model.lock.LockImplementation;
import bpfmc.model.lock.LockLayout;
import bpfmc.model.lock.LockMachine;
import bpfmc.model.lock.LockTimeouts;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.memory.MemoryModel.Agent;
import bpfmc.model.memory.MemoryModel.View;
import bpfmc.model.memory.Outcome.Change;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.step.Answer;
import bpfmc.model.step.LockProgress;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.step.VisibleOperation.Access;
import bpfmc.model.step.VisibleOperation.Acquire;
import bpfmc.model.step.VisibleOperation.Release;
import bpfmc.model.step.VisibleOperation.Unsupported;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Arrays;
import java.util.OptionalInt;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * Locks as they are built: each step of {@link LockMachine} is a step of the run, over the lock word in the element and the words
 * that the algorithm keeps for each CPU. Who stores to the lock word disturbs the algorithm as he would in the kernel.
 *
 * <p>Elements still know who owns a lock, for those who ask who waits for whom; no step depends on it. Whether two runs are
 * inside at once is what the runs themselves know.
 */
final class LockSteps {
    private final LockImplementation implementation;
    private final LockTimeouts timeouts;
    private final ElementIds slots;

    /** @param timeouts of resilient locks @param slots gives locks their numbers */
    LockSteps(LockImplementation implementation, LockTimeouts timeouts, ElementIds slots) {
        this.slots = slots;
        this.implementation = implementation;
        this.timeouts = timeouts;
    }

    /** {@return whether a lock is no more than its specification, and its word means nothing} */
    boolean specification() {
        return implementation == LockImplementation.SPECIFICATION;
    }

    /** {@return whether the algorithm keeps words for each CPU, on which its steps depend} */
    boolean keepsCpuWords() {
        return implementation.keepsCpuWords();
    }

    ImmutableList<Outcome> acquire(Acquire o, Agent agent, View view) {
        LockProgress from = o.progress();
        if (o.call().resilient()) {
            return attempt(o, agent, view);
        }
        if (from.pc() == LockMachine.REFUSED) {
            return again(o, view);
        }
        return step(LockMachine::step, o.element(), o.offset(), from, agent, view, (local, changed) -> switch (local[LockMachine.PC]) {
            case LockMachine.IN -> new Outcome(Answer.NONE, changed.owned(agent.number()),
                    changed.notices().newWith(new Invalidation.WordOverwritten(agent.cpu())));
            default -> new Outcome(new Answer.Underway(o.at(progress(local, false))), changed.changes(), changed.notices());
        });
    }

    /** A run that is told when it is refused the lock. */
    private ImmutableList<Outcome> attempt(Acquire o, Agent agent, View view) {
        if (!implementation.refuses()) {
            return unsupported("bpf_res_spin_lock, which is no " + implementation.word() + " lock");
        }
        Result result = (local, changed) -> switch (local[LockMachine.PC]) {
            case LockMachine.IN -> new Outcome(result(0), changed.owned(agent.number()), changed.notices());
            case LockMachine.REFUSED -> new Outcome(result(-local[LockMachine.VALUE]), changed.changes(), changed.notices());
            default -> new Outcome(new Answer.Underway(o.at(progress(local, false))), changed.changes(), changed.notices());
        };
        ImmutableList<Outcome> ways = step(LockMachine::step, o.element(), o.offset(), o.progress(), agent, view, result);
        return timeouts == LockTimeouts.NEVER ? ways
                : ways.newWithAll(step(LockMachine::timeOut, o.element(), o.offset(), o.progress(), agent, view, result));
    }

    private static Answer result(long value) {
        return new Answer.Of(Value.of(value));
    }

    /** A run that has no way to be told that it was refused the lock asks again as soon as the lock is free. */
    private static ImmutableList<Outcome> again(Acquire o, View view) {
        OptionalInt word = view.element(o.element().slot()).lockWord(o.element().slot(), o.offset());
        return word.isPresent() && word.getAsInt() != 0 ? Lists.immutable.empty()
                : Lists.immutable.with(Outcome.of(new Answer.Underway(o.at(LockProgress.NONE))));
    }

    ImmutableList<Outcome> release(Release o, Agent agent, View view) {
        LockProgress from = o.progress().begun() ? o.progress() : new LockProgress(LockMachine.IN, 0, 0, 0, false);
        return step(LockMachine::step, o.element(), o.offset(), from, agent, view, (local, changed) -> switch (local[LockMachine.PC]) {
            case LockMachine.OUT -> new Outcome(Answer.NONE, changed.freed(agent.number()), changed.notices());
            default -> {
                LockProgress to = progress(local, machine().released(local[LockMachine.PC]));
                yield new Outcome(new Answer.Underway(o.at(to)),
                        to.released() ? changed.freed(agent.number()) : changed.changes(), changed.notices());
            }
        });
    }

    private static LockProgress progress(int[] local, boolean released) {
        return new LockProgress(local[LockMachine.PC], local[LockMachine.VALUE], local[LockMachine.INDEX], local[LockMachine.OTHER], released);
    }

    /** {@return the machine, for what it says of program counters} */
    private LockMachine machine() {
        return implementation.machine(new LockLayout(1, 1)).orElseThrow();
    }

    /** Makes the outcome of a step from what the run knows after it and from what has changed. */
    @FunctionalInterface
    private interface Result {
        Outcome of(int[] local, Changed changed);
    }

    /** One of the steps that a machine has. */
    @FunctionalInterface
    private interface Move {
        boolean of(LockMachine machine, int[] words, int[] local, LockMachine.Context at, int lock);
    }

    private ImmutableList<Outcome> step(Move move, Region.Element where, int offset, LockProgress from, Agent agent, View view, Result result) {
        int slot = where.slot();
        Element before = view.element(slot);
        OptionalInt word = before.lockWord(slot, offset);
        if (word.isEmpty()) {
            return unsupported("a lock whose word holds an unknown number");
        }
        int lock = slots.lock(slot, offset);
        var layout = new LockLayout(slots.locks(), agent.cpus());
        int[] words = new int[layout.words()];
        words[lock] = word.getAsInt();
        ImmutableIntList own = view.cpuWords();
        for (int i = 0; i < own.size(); i++) {
            words[layout.locks() + i] = own.get(i);
        }
        int[] local = {from.pc(), from.value(), from.index(), from.other()};
        if (!move.of(implementation.machine(layout).orElseThrow(), words, local, new LockMachine.Context(agent.cpu(), agent.nmi()), lock)) {
            return Lists.immutable.empty();
        }
        if (namesNoNode(local, agent)) {
            return unsupported("a lock whose word names a queue node that does not exist");
        }
        if (layout.overfull(words)) {
            return unsupported("a CPU that holds or waits for more than " + LockLayout.HELD + " locks");
        }
        int[] after = Arrays.copyOfRange(words, layout.locks(), words.length);
        ImmutableIntList cpuWords = Arrays.stream(after).allMatch(w -> w == 0) ? IntLists.immutable.empty() : IntLists.immutable.with(after);
        return Lists.immutable.with(result.of(local, new Changed(slot, offset, before, words[lock] == word.getAsInt() ? before
                : before.withLockWord(slot, offset, words[lock]), cpuWords.equals(own) ? Lists.immutable.empty()
                        : Lists.immutable.with(new Change.OfCpuWords(cpuWords)))));
    }

    /** {@return whether the run goes by a tail that no CPU has put into the word} */
    private boolean namesNoNode(int[] local, Agent agent) {
        int tail = local[LockMachine.OTHER];
        return implementation.queues() && tail != 0
                && (LockLayout.cpuOf(tail) < 0 || LockLayout.cpuOf(tail) >= agent.cpus());
    }

    private static ImmutableList<Outcome> unsupported(String what) {
        return Lists.immutable.with(Outcome.of(new Answer.Underway(new Unsupported(what))));
    }

    /** What a step has changed. @param cpuWords the change of the CPUs' words, if any */
    private record Changed(int slot, int offset, Element before, Element after, ImmutableList<Change> cpuWords) {
        ImmutableList<Change> changes() {
            return changes(after);
        }

        private ImmutableList<Change> changes(Element element) {
            return element.equals(before) ? cpuWords : cpuWords.newWith(new Change.OfElement(slot, element));
        }

        ImmutableList<Change> owned(int agent) {
            return changes(after.withOwner(offset, agent));
        }

        /** Another may own the lock by now, where the last step of a release comes after the word is free. */
        ImmutableList<Change> freed(int agent) {
            return changes(after.owner(offset) == agent ? after.withOwner(offset, -1) : after);
        }

        ImmutableList<Invalidation> notices() {
            MutableList<Invalidation> notices = Lists.mutable.empty();
            if (!after.cells().equals(before.cells())) {
                notices.add(new Invalidation.Written(slot, offset, Element.LOCK_SIZE));
            }
            return notices.toImmutable();
        }
    }

    /** {@return the element as a program's access finds it, where lock words are numbers: an untouched one is 0} @param touched locks */
    Element shown(Element element, Access access, ImmutableList<SpecialField> touched) {
        return touched.injectInto(element, (e, lock) -> e.withLockWordShown(access.element().slot(), lock.offset()));
    }

    /** {@return the outcome of a program's store: a lock word that is 0 leaves no trace} @param touched locks */
    Outcome settled(Access access, Outcome outcome, ImmutableList<SpecialField> touched) {
        if (touched.isEmpty() || outcome.changes().isEmpty()) {
            return outcome;
        }
        int slot = access.element().slot();
        Element stored = ((Change.OfElement) outcome.changes().getOnly()).element();
        Element settled = touched.injectInto(stored, (e, lock) ->
                e.lockWord(slot, lock.offset()).equals(OptionalInt.of(0)) ? e.withLockWord(slot, lock.offset(), 0) : e);
        return new Outcome(outcome.answer(), Lists.immutable.with(new Change.OfElement(slot, settled)), outcome.notices());
    }

    /** {@return whether an element that nobody uses can be told from a new one by its locks} */
    boolean leavesTrace(Element element, int slot, ImmutableList<SpecialField> special) {
        return element.locks().notEmpty() || !specification() && special.anySatisfy(
                f -> f.kind() == SpecialKind.SPIN_LOCK && !element.lockWord(slot, f.offset()).equals(OptionalInt.of(0)));
    }

    /** {@return what the step does, in words; empty where a lock is one step} */
    String says(VisibleOperation operation) {
        if (specification()) {
            return "";
        }
        return switch (operation) {
            case Acquire o when o.progress().pc() == LockMachine.REFUSED -> "refused, asks again when the word reads 0";
            case Acquire o -> machine().says(o.progress().pc());
            case Release o -> machine().says(o.progress().begun() ? o.progress().pc() : LockMachine.IN);
            default -> "";
        };
    }
}
