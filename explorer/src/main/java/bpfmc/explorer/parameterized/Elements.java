package bpfmc.explorer.parameterized;

import bpfmc.model.isa.AtomicOp;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.step.Answer;
import bpfmc.model.step.Modify;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.step.VisibleOperation.Access;
import bpfmc.model.step.VisibleOperation.CopyIn;
import bpfmc.model.step.VisibleOperation.CopyOut;
import bpfmc.model.step.VisibleOperation.Load;
import bpfmc.model.step.VisibleOperation.ReadModifyWrite;
import bpfmc.model.step.VisibleOperation.Store;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Term;
import bpfmc.model.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Accesses to bytes of elements, and taking and releasing their locks. Bytes that are not kept hold anything, each time
 * anew. An element that is not of the focus is nobody's
 * concern here: its lock is always free.
 */
final class Elements {
    /** A word that is given more values than these is not kept. */
    private static final int MOST_VALUES = 8;

    private final Focus focus;
    private final ElementNames names;
    private final Maps maps;
    private final Map<Focus.Word, Set<Value>> values = new HashMap<>();

    private final Times times;
    private final boolean nesting;

    /** @param times that programs have stored @param nesting whether runs come on top of others */
    Elements(Focus focus, ElementNames names, Maps maps, Times times, boolean nesting) {
        this.focus = focus;
        this.names = names;
        this.maps = maps;
        this.times = times;
        this.nesting = nesting;
    }

    /** {@return whether the shared part knows of the element that has this name} */
    boolean known(int slot) {
        return switch (names.kind(slot)) {
            case FIXED -> focus.fixed().contains(slot);
            case CURRENT -> focus.keyed().contains(names.mapOf(slot));
            case STALE, UNTRACKED -> false;
        };
    }

    // ---- bytes

    ImmutableList<Way> access(Access access, PrivateState run, Shared shared, KeyTable keys) {
        int slot = access.element().slot();
        Cells contents = known(slot) ? shared.contents(slot) : Cells.EMPTY;
        int pc = run.pc();
        return switch (access) {
            case Load o -> readings(o, contents, run).collect(r -> new Way(new Answer.Of(Value.of(r.term())), shared, keys).later(r.overtaken()));
            case CopyOut o -> one(new Way(Unknowns.bytes(contents, o.offset(), o.size(), pc), shared, keys));
            case Store o -> one(stored(o, Answer.NONE, written(shared, slot, o.offset(), o.size(), o.value().term()), keys));
            case CopyIn o -> one(stored(o, Answer.NONE, copied(shared, o), keys));
            case ReadModifyWrite o -> readings(o, contents, run).flatCollect(r -> modify(o, r.term(), run, shared, keys).collect(w -> w.later(r.overtaken())));
        };
    }

    /** {@return what may be read: what is known, and times that were stored there} */
    private ImmutableList<Times.Reading> readings(Access access, Cells contents, PrivateState run) {
        int map = names.mapOf(access.element().slot());
        return Lists.immutable.with(new Times.Reading(Unknowns.read(contents, access.offset(), access.size(), run.pc()), Lists.immutable.empty()))
                .newWithAll(times.readings(map, access.offset(), access.size(), run, maps.perCpu(map) && !nesting));
    }

    private ImmutableList<Way> modify(ReadModifyWrite o, Term old, PrivateState run, Shared shared, KeyTable keys) {
        int slot = o.element().slot();
        if (o.op() != AtomicOp.CMPXCHG) {
            Term stored = Modify.compute(o.op(), old, o.operand().term(), o.size());
            return one(stored(o, new Answer.Of(Value.of(old)), written(shared, slot, o.offset(), o.size(), stored), keys));
        }
        Literal same = Comparison.equal(old, o.expected().term(), true);
        Way success = stored(o, new Answer.Of(Value.of(o.expected().term()), Lists.immutable.with(same)),
                written(shared, slot, o.offset(), o.size(), o.operand().term()), keys);
        Way failure = new Way(new Answer.Of(Value.of(old), Lists.immutable.with(same.negated())), shared, keys);
        return run.facts().decide(same).map(s -> one(s ? success : failure)).orElseGet(() -> Lists.immutable.with(success, failure));
    }

    private Way stored(Access access, Answer answer, Shared after, KeyTable keys) {
        int slot = access.element().slot();
        return !known(slot) ? new Way(answer, after, keys) : new Way(answer, after,
                Lists.immutable.with(new Notice.Told(new Invalidation.Written(slot, access.offset(), access.size()), maps.perCpu(names.mapOf(slot)))), keys);
    }

    private Shared copied(Shared shared, CopyIn o) {
        Shared after = shared;
        for (Cells.Cell cell : o.contents().cells()) {
            Term value = cell.value() instanceof Value.Scalar s ? s.term() : Unknowns.number(0, 0, cell.size());
            after = written(after, o.element().slot(), o.offset() + cell.offset(), cell.size(), value);
        }
        return after;
    }

    /** {@return the shared part once these bytes hold this value; what is not a constant is forgotten} */
    private Shared written(Shared shared, int slot, int offset, int size, Term value) {
        if (!known(slot)) {
            return shared;
        }
        Cells before = shared.contents(slot);
        Cells after = value.isConstant() && kept(slot, offset, size) && few(slot, offset, Value.of(value)) ? before.write(offset, size, Value.of(value), (o, s) -> Unknowns.number(o, 0, s))
                : before.without(offset, size, (o, s) -> Unknowns.number(o, 0, s));
        return after.equals(before) ? shared : shared.holding(slot, after);
    }

    private boolean kept(int slot, int offset, int size) {
        for (int word = offset / Long.BYTES; word <= (offset + size - 1) / Long.BYTES; word++) {
            if (!focus.kept().contains(new Focus.Word(slot, word))) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether the word has not been given too many values} */
    private boolean few(int slot, int offset, Value value) {
        Set<Value> known = values.computeIfAbsent(new Focus.Word(slot, offset / Long.BYTES), w -> new HashSet<>());
        return known.contains(value) || known.size() < MOST_VALUES && known.add(value);
    }

    // ---- locks

    ImmutableList<Way> acquire(VisibleOperation.Acquire o, Shared shared, KeyTable keys) {
        int slot = o.element().slot();
        boolean refusable = o.call().resilient();
        ImmutableList<Way> refused = refusable ? maps.refusals().collect(e -> new Way(Maps.result(e), shared, keys)) : Lists.immutable.empty();
        if (known(slot) && shared.isTaken(slot, o.offset())) {
            return refused;
        }
        Shared after = known(slot) ? shared.taking(slot, o.offset()) : shared;
        Way taken = refusable ? new Way(Maps.result(0), after, keys) : new Way(Answer.NONE, after, maps.wordOverwritten(), keys);
        return refused.newWith(taken);
    }

    ImmutableList<Way> release(VisibleOperation.Release o, Shared shared, KeyTable keys) {
        int slot = o.element().slot();
        return one(new Way(Answer.NONE, known(slot) ? shared.freeing(slot, o.offset()) : shared, keys));
    }

    private static ImmutableList<Way> one(Way way) {
        return Lists.immutable.with(way);
    }
}
