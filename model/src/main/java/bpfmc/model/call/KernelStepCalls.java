package bpfmc.model.call;

import bpfmc.model.kernel.Flags;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.KernelStep;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.step.Answer;
import bpfmc.model.step.CpuFlags;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Sets;

/**
 * Steps of the kernel within system calls on maps (kernel/bpf/hashtab.c, kernel/bpf/arraymap.c), and around callbacks of timers and work items. The names
 * are the kernel's, but no program can call these functions; only {@link bpfmc.model.program.synthetic.SystemCalls} and
 * {@link bpfmc.model.program.synthetic.AsyncCallbacks} do. All other map operations are one step.
 *
 * <p>The lock of a bucket is held with interrupts off, as far as one key needs it.
 */
final class KernelStepCalls implements CallFamily {
    private static final int WORD = 8;

    @Override
    public String name() {
        return "the kernel's own steps";
    }

    /** No program can name one. */
    @Override
    public ImmutableSet<String> functions() {
        return Sets.immutable.empty();
    }

    @Override
    public ImmutableSet<Use> uses(Callee callee) {
        KernelStep step = ((Callee.OfKernel) callee).step();
        return step.rebinds() ? Sets.immutable.with(Use.REBINDS) : step == KernelStep.ON_CPU ? Sets.immutable.with(Use.NAMES_CPUS) : Sets.immutable.empty();
    }

    @Override
    public boolean enter(Call call) {
        KernelStep step = ((Callee.OfKernel) call.callee()).step();
        if (step == KernelStep.CPUS) {
            return call.stop(new VisibleOperation.CpuCount());
        }
        if (step == KernelStep.ON_CPU) {
            return call.stop(new VisibleOperation.ElementOnCpu(call.element(1).orElseThrow(), number(call, 2)), call.argument(1).loads() | call.argument(2).loads());
        }
        MapDefinition map = call.map(1).orElseThrow();
        return call.arguments().key(call.machine(), 2, map.keySize()).map(key -> call.stop(operation(call, step, map, key))).orElse(true);
    }

    private static VisibleOperation operation(Call call, KernelStep step, MapDefinition map, Key key) {
        BpfProgram program = call.config().program();
        return switch (step) {
            case FIND_ENTRY -> new VisibleOperation.Lookup(map.index(), key);
            case LOCK_BUCKET -> new VisibleOperation.LockBucket(map.index(), key);
            case UNLOCK_BUCKET -> new VisibleOperation.UnlockBucket(map.index(), key, false);
            case DELETE -> new VisibleOperation.UnlockBucket(map.index(), key, true);
            case INSERT -> new VisibleOperation.Update(map.index(), key, values(call, map, number(call, 3)), Flags.NOEXIST, true);
            case BEGIN_CALLBACK -> new VisibleOperation.BeginTimer(program.async().orElseThrow(), map.index(), key,
                    call.config().object().programs().indexOf(program));
            case END_CALLBACK -> new VisibleOperation.EndTimer(program.async().orElseThrow(), map.index(), key);
            case ON_CPU, CPUS -> throw new IllegalStateException(step + " has no key");
        };
    }

    private static int number(Call call, int argument) {
        return call.constant(argument).orElseThrow().intValue();
    }

    private static Cells values(Call call, MapDefinition map, int cpus) {
        Machine m = call.machine();
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

    @Override
    public void resume(Call call, VisibleOperation operation, Answer answer) {
        Machine m = call.machine();
        Value found = answer instanceof Answer.Of of ? of.value() : Value.of(0);
        switch (operation) {
            case VisibleOperation.UnlockBucket o -> {
                int takenAt = m.held.detect(HeldLock::ofBucket).takenAt();
                m.held = m.held.reject(HeldLock::ofBucket);
                m.flags = m.flags.irqsOffAt() == takenAt ? m.flags.irqsRestored(CpuFlags.NOWHERE) : m.flags;
            }
            case VisibleOperation.EndTimer o -> m.held = m.held.reject(HeldLock::isTurn);
            case VisibleOperation.LockBucket o when found instanceof Value.Pointer p && p.region() instanceof Region.Element e -> {
                m.held = m.held.newWith(new HeldLock(e.slot(), HeldLock.BUCKET, m.pc));
                m.flags = m.flags.irqsSaved(m.pc);
            }
            case VisibleOperation.BeginTimer o when found instanceof Value.Pointer p && p.region() instanceof Region.Element e ->
                    m.held = m.held.newWith(HeldLock.turn(o.async(), e.slot(), m.pc));
            default -> { }
        }
        if (operation instanceof VisibleOperation.Lookup look) {
            MapElementCalls.noteLookup(m, look, found);
        } else if (operation instanceof VisibleOperation.Update u && answer instanceof Answer.Bound bound) {
            Script.stored(m, bound.element(), 0, u.value());
        }
        call.finish(new Answer.Of(found));
    }
}
