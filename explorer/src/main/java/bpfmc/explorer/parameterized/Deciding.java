package bpfmc.explorer.parameterized;

import bpfmc.model.flow.LoadUse;
import bpfmc.model.isa.AtomicOp;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.step.VisibleOperation.Access;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.api.set.MutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/** Which words it may help to keep: those that programs exchange, or load to decide by. */
final class Deciding {
    private Deciding() {}

    /**
     * {@return sets of words to try to keep, the smaller ones first; each contains those before it} @param runs that
     * have been followed
     */
    static ImmutableList<ImmutableSet<Focus.Word>> words(Runs runs, ElementNames names, Maps maps, Focus focus) {
        Map<BpfProgram, LoadUse> uses = new IdentityHashMap<>();
        MutableSet<Focus.Word> exchanged = Sets.mutable.empty();
        MutableSet<Focus.Word> read = Sets.mutable.empty();
        for (int frame = 0; frame < runs.size(); frame++) {
            VisibleOperation operation = runs.state(frame).operation();
            if (operation instanceof Access access && mayBeKept(access.element().slot(), names, maps, focus)) {
                BpfProgram program = runs.placed(frame).program();
                if (exchanges(access)) {
                    exchanged.addAllIterable(words(access));
                } else if (access instanceof VisibleOperation.Load && uses.computeIfAbsent(program, LoadUse::of).decides(runs.state(frame).pc())) {
                    read.addAllIterable(words(access));
                }
            }
        }
        MutableList<ImmutableSet<Focus.Word>> sets = Lists.mutable.empty();
        for (MutableSet<Focus.Word> words : List.of(exchanged, exchanged.union(read))) {
            sets.add(own(words, names, focus).toImmutable());
            sets.add(words.toImmutable());
        }
        return sets.reject(ImmutableSet::isEmpty).distinct().toImmutable();
    }

    private static MutableSet<Focus.Word> own(MutableSet<Focus.Word> words, ElementNames names, Focus focus) {
        return words.select(w -> names.mapOf(w.slot()) == focus.map());
    }

    private static boolean mayBeKept(int slot, ElementNames names, Maps maps, Focus focus) {
        return !maps.perCpu(names.mapOf(slot)) && switch (names.kind(slot)) {
            case FIXED -> true;
            case CURRENT -> focus.keyed().contains(names.mapOf(slot));
            case STALE, UNTRACKED -> false;
        };
    }

    private static boolean exchanges(Access access) {
        return access instanceof VisibleOperation.ReadModifyWrite o && (o.op() == AtomicOp.CMPXCHG || o.op() == AtomicOp.XCHG || o.fetch());
    }

    private static ImmutableList<Focus.Word> words(Access access) {
        MutableSet<Focus.Word> words = Sets.mutable.empty();
        for (int word = access.offset() / Long.BYTES; word <= (access.offset() + access.size() - 1) / Long.BYTES; word++) {
            words.add(new Focus.Word(access.element().slot(), word));
        }
        return words.toList().toImmutable();
    }
}
