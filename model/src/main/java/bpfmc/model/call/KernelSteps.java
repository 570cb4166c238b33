package bpfmc.model.call;

import bpfmc.model.machine.ArgumentMemory;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.Async;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.program.synthetic.SystemCalls;
import bpfmc.model.step.CpuFlags;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Steps of the kernel within system calls on maps (kernel/bpf/hashtab.c, kernel/bpf/arraymap.c), and around callbacks of timers and work items. The names
 * are the kernel's, but no program can call these functions; only {@link bpfmc.model.program.synthetic.SystemCalls} and
 * {@link bpfmc.model.program.synthetic.AsyncCallbacks} do. All other map operations are one step.
 *
 * <p>The lock of a bucket is held with interrupts off, as far as one key needs it.
 */
public final class KernelSteps {
    /** Of a map and a key. */
    private static final String LOCK_BUCKET = "htab_lock_bucket";
    private static final String UNLOCK_BUCKET = "htab_unlock_bucket";
    private static final String FIND_ENTRY = "array_map_lookup_elem";
    private static final String DELETE = "hlist_nulls_del_rcu";
    /** Of a map, a key and a number of CPUs: inserts a key that is not there, with any value for each CPU. */
    private static final String INSERT = "alloc_htab_elem";
    private static final String ENDS = "_end";
    /** Of an element and the number of a CPU. */
    public static final String ON_CPU = "per_cpu_ptr";
    private static final String CPUS = "num_possible_cpus";

    private static final ImmutableList<String> ON_KEYS = Lists.immutable.with(LOCK_BUCKET, UNLOCK_BUCKET, DELETE, INSERT)
            .newWithAll(Lists.immutable.with(Async.values()).flatCollect(a -> Lists.immutable.with(a.function(), a.function() + ENDS)));
    private static final int WORD = 8;

    private final RunConfig config;
    private final ArgumentMemory arguments;

    KernelSteps(RunConfig config, ArgumentMemory arguments) {
        this.config = config;
        this.arguments = arguments;
    }

    /** {@return whether the program is the kernel's own} No program in C has a colon in its name. */
    static boolean mayBeCalledBy(BpfProgram program) {
        return program.name().startsWith(SystemCalls.PREFIX) || Async.of(program).isPresent();
    }

    static boolean concerns(String function) {
        return rebinds(function) || function.equals(FIND_ENTRY) || function.equals(ON_CPU) || function.equals(CPUS);
    }

    /** {@return whether the function may bind or unbind keys, or keep others from it} */
    public static boolean rebinds(String function) {
        return ON_KEYS.contains(function);
    }

    /** Stops the machine before the step of a function that {@link #concerns} this class. */
    void call(Machine m, String function) {
        if (function.equals(CPUS)) {
            m.stopAt(new VisibleOperation.CpuCount());
        } else if (function.equals(ON_CPU) && m.registers[1] instanceof Value.Pointer p && p.region() instanceof Region.Element e) {
            m.stopAt(new VisibleOperation.ElementOnCpu(e, number(m, 2)));
        } else if (m.registers[1] instanceof Value.Pointer p && p.region() instanceof Region.MapHandle h) {
            MapDefinition map = config.map(h.map());
            arguments.key(m, 2, map.keySize()).ifPresent(key -> m.stopAt(step(m, function, map, key)));
        } else {
            m.unsupported("kernel function " + function);
        }
    }

    private VisibleOperation step(Machine m, String function, MapDefinition map, Key key) {
        Optional<Async> async = Async.of(config.program());
        if (async.isPresent()) {
            return function.endsWith(ENDS) ? new VisibleOperation.EndTimer(async.get(), map.index(), key)
                    : new VisibleOperation.BeginTimer(async.get(), map.index(), key, config.object().programs().indexOf(config.program()));
        }
        return switch (function) {
            case FIND_ENTRY -> new VisibleOperation.Lookup(map.index(), key);
            case LOCK_BUCKET -> new VisibleOperation.LockBucket(map.index(), key);
            case INSERT -> new VisibleOperation.Update(map.index(), key, values(m, map, number(m, 3)), HelperCalls.NOEXIST, true);
            default -> new VisibleOperation.UnlockBucket(map.index(), key, function.equals(DELETE));
        };
    }

    private static int number(Machine m, int register) {
        return (int) ((Constant) m.number(m.registers[register]).term()).value();
    }

    private static Cells values(Machine m, MapDefinition map, int cpus) {
        Cells cells = Cells.EMPTY;
        for (int cpu = 0; cpu < cpus; cpu++) {
            int start = cpu * map.valueStride();
            for (int at = 0; at < map.valueSize(); at += WORD) {
                int bytes = Math.min(WORD, map.valueSize() - at);
                cells = cells.write(start + at, bytes, m.unknownValue(bytes), MemoryAccess.unknowns(m));
            }
            for (ValueLayout.SpecialField field : map.value().special()) {
                cells = cells.without(start + field.offset(), field.size(), MemoryAccess.unknowns(m));
            }
        }
        return cells;
    }

    /** Brings the machine to behind the call. */
    public static void complete(Machine m, VisibleOperation operation, Value answer) {
        switch (operation) {
            case VisibleOperation.UnlockBucket o -> {
                int takenAt = m.held.detect(HeldLock::ofBucket).takenAt();
                m.held = m.held.reject(HeldLock::ofBucket);
                m.flags = m.flags.irqsOffAt() == takenAt ? m.flags.irqsRestored(CpuFlags.NOWHERE) : m.flags;
            }
            case VisibleOperation.EndTimer o -> m.held = m.held.reject(HeldLock::isTurn);
            case VisibleOperation.LockBucket o when answer instanceof Value.Pointer p && p.region() instanceof Region.Element e -> {
                m.held = m.held.newWith(new HeldLock(e.slot(), HeldLock.BUCKET, m.pc));
                m.flags = m.flags.irqsSaved(m.pc);
            }
            case VisibleOperation.BeginTimer o when answer instanceof Value.Pointer p && p.region() instanceof Region.Element e ->
                    m.held = m.held.newWith(HeldLock.turn(o.async(), e.slot(), m.pc));
            default -> { }
        }
        HelperCalls.finish(m, answer);
    }
}
