package bpfmc.explorer.parameterized;

import bpfmc.model.kernel.Behaviour;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.step.VisibleOperation.Access;
import java.util.Optional;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Sets;

/**
 * What searches of so many CPUs and runs follow, and the proof for any number does not: each is named, and no proof is
 * given.
 */
final class Unfollowed {
    private static final ImmutableSet<SpecialKind> WORDS_OF_THE_KERNEL = Sets.immutable.with(SpecialKind.SPIN_LOCK, SpecialKind.RES_SPIN_LOCK, SpecialKind.TIMER,
            SpecialKind.WORKQUEUE, SpecialKind.TASK_WORK);

    private final BpfObject object;
    private final ElementNames names;
    private final KernelVersion kernel;

    Unfollowed(BpfObject object, ElementNames names, KernelVersion kernel) {
        this.object = object;
        this.names = names;
        this.kernel = kernel;
    }

    /** {@return what of the operation is not followed, if anything} @param level at which the run is */
    Optional<String> of(VisibleOperation operation, ContextLevel level) {
        return switch (operation) {
            case VisibleOperation.Unsupported o -> Optional.of(o.what());
            case Access o -> access(o);
            case VisibleOperation.Lookup o -> type(o.map());
            case VisibleOperation.Update o when o.onAllCpus() -> Optional.of("an update of all CPUs' values");
            case VisibleOperation.Update o -> inside(level).or(() -> type(o.map()));
            case VisibleOperation.Delete o -> inside(level).or(() -> type(o.map()));
            case VisibleOperation.LookupOnCpu o -> Optional.of("another CPU's element of a per-CPU map");
            case VisibleOperation.ElementOnCpu o -> Optional.of("another CPU's element of a per-CPU map");
            case VisibleOperation.Walk o -> type(o.map());
            case VisibleOperation.LockBucket o -> Optional.of("a system call that holds the lock of a bucket");
            case VisibleOperation.UnlockBucket o -> Optional.of("a system call that holds the lock of a bucket");
            case VisibleOperation.BeginTimer o -> Optional.of("the callback of a timer, or of a work item");
            case VisibleOperation.EndTimer o -> Optional.of("the callback of a timer, or of a work item");
            case VisibleOperation.TimerOperation o -> Optional.of("a call on a timer, or on a work item");
            case VisibleOperation.UseWrapped o -> Optional.empty();
            case VisibleOperation.Fence o -> Optional.empty();
            case VisibleOperation.Acquire o -> perCpuLock(o.element().slot());
            case VisibleOperation.Release o -> perCpuLock(o.element().slot());
            case VisibleOperation.ReadClock o -> Optional.empty();
            case VisibleOperation.CpuNumber o -> Optional.empty();
            case VisibleOperation.CpuCount o -> Optional.empty();
            case VisibleOperation.Toggle o -> Optional.empty();
            case VisibleOperation.Start o -> Optional.empty();
            case VisibleOperation.End o -> Optional.empty();
        };
    }

    private Optional<String> access(Access access) {
        MapDefinition map = object.maps().get(names.mapOf(access.element().slot()));
        return switch (access) {
            case VisibleOperation.Load o -> touches(map, o.offset(), o.size());
            case VisibleOperation.CopyOut o -> Optional.empty();
            case VisibleOperation.Store o -> touches(map, o.offset(), o.size());
            case VisibleOperation.CopyIn o -> o.contents().cells().collect(c -> touches(map, o.offset() + c.offset(), c.size())).detectOptional(Optional::isPresent)
                    .flatMap(t -> t);
            case VisibleOperation.ReadModifyWrite o -> touches(map, o.offset(), o.size());
        };
    }

    private static Optional<String> touches(MapDefinition map, int offset, int size) {
        return map.value().special().detectOptional(f -> WORDS_OF_THE_KERNEL.contains(f.kind()) && f.overlaps(offset, size))
                .map(f -> "an access to the " + f.kind().structName() + " of " + map.name() + " itself");
    }

    private Optional<String> inside(ContextLevel level) {
        return level == ContextLevel.NMI && !Behaviour.BUCKET_GUARD_BUSY.in(kernel) && !kernel.atLeast(6, 15)
                ? Optional.of("an NMI that may wait for ever for a bucket which its own CPU has locked (Linux before 5.11)") : Optional.empty();
    }

    private Optional<String> perCpuLock(int slot) {
        MapDefinition map = object.maps().get(names.mapOf(slot));
        return map.type().perCpu() ? Optional.of("a lock in a per-CPU map (" + map.name() + ")") : Optional.empty();
    }

    private Optional<String> type(int index) {
        MapDefinition map = object.maps().get(index);
        boolean known = switch (map.type()) {
            case ARRAY, PERCPU_ARRAY, HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH -> true;
            default -> map.type().ofObjects();
        };
        return known && map.replacements().isEmpty() ? Optional.empty() : Optional.of("a map of type " + map.type() + " (" + map.name() + ")");
    }
}
