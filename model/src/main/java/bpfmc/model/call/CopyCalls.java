package bpfmc.model.call;

import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.Helper;
import bpfmc.model.machine.ArgumentMemory;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Sets;

/**
 * Helpers that copy bytes: between the packet and memory (bpf_skb_load_bytes, bpf_skb_store_bytes and their kin of
 * XDP, net/core/filter.c), and from one memory to another (bpf_probe_read_kernel of what is no kernel memory, kernel/trace/bpf_trace.c).
 * Where it is known which bytes, what is copied is what was there, with all that is known of it; else only the prototype is.
 */
final class CopyCalls implements CallFamily {
    private static final ImmutableSet<String> LOAD = Sets.immutable.with("bpf_skb_load_bytes", "bpf_xdp_load_bytes");
    private static final ImmutableSet<String> STORE = Sets.immutable.with("bpf_skb_store_bytes", "bpf_xdp_store_bytes");
    private static final ImmutableSet<String> READ = Sets.immutable.with("bpf_probe_read", "bpf_probe_read_kernel");

    private static final int OFFSET = 2;
    private static final int MEMORY = 3;
    private static final int SIZE = 4;
    private static final int MOST_BYTES = 512;

    @Override
    public String name() {
        return "copies of bytes";
    }

    @Override
    public ImmutableSet<String> functions() {
        return LOAD.newWithAll(STORE).newWithAll(READ);
    }

    @Override
    public Support support(Callee callee) {
        return new Support.Approximated("exact at offsets and of sizes that are known, else leaves any bytes");
    }

    @Override
    public ImmutableSet<Use> uses(Callee callee) {
        return Prototypes.uses(callee);
    }

    @Override
    public boolean enter(Call call) {
        String function = call.callee().name();
        if (READ.contains(function)) {
            boolean known = constant(call, 2).isPresent() && call.argument(1) instanceof Value.Pointer && readable(call.argument(3));
            return known ? copy(call) : Prototypes.enter(call);
        }
        boolean known = constant(call, OFFSET).isPresent() && constant(call, SIZE).isPresent() && call.argument(MEMORY) instanceof Value.Pointer;
        return !known ? Prototypes.enter(call) : LOAD.contains(function) ? load(call) : store(call);
    }

    /** {@return the number that an argument is, where that is known and can be followed} Only an offset may be 0. */
    private static Optional<Integer> constant(Call call, int argument) {
        return call.constant(argument).filter(c -> c > 0 && c <= MOST_BYTES || c == 0 && argument == OFFSET).map(Long::intValue);
    }

    private static boolean readable(Value value) {
        return value instanceof Value.Pointer p && p.offset() instanceof Constant
                && (p.region() instanceof Region.Stack || p.region() instanceof Region.Memory || p.region() instanceof Region.Element);
    }

    /** Outside the packet the memory is zeroed. */
    private static boolean load(Call call) {
        int size = constant(call, SIZE).orElseThrow();
        Value.Scalar result = call.config().within(call.machine(), call.callee().name(), call.machine().unknown(8));
        Optional<Literal> inside = reaches(call, (long) constant(call, OFFSET).orElseThrow() + size);
        Call failed = call.fork();
        if (failed.machine().assume(failure(call, result)) && (inside.isEmpty() || failed.machine().assume(inside.get().negated()))) {
            fill(failed, MEMORY, size, Cells.of(size, (at, bytes) -> Value.of(0)), result);
            failed.follow();
        }
        return call.machine().assume(Comparison.equal(result.term(), Constant.ZERO, true))
                && (inside.isEmpty() || call.machine().assume(inside.get())) && fill(call, MEMORY, size, ArgumentMemory.packet(call.machine(), constant(call, OFFSET).orElseThrow(), size), Value.of(0));
    }

    /** More of the packet may lie in one piece afterwards, whether the store succeeds or not. */
    private static boolean store(Call call) {
        Machine m = call.machine();
        int size = constant(call, SIZE).orElseThrow();
        int offset = constant(call, OFFSET).orElseThrow();
        Optional<Cells> contents = call.arguments().bytes(m, MEMORY, size);
        if (contents.isEmpty()) {
            return true;
        }
        if (call.callee() instanceof Callee.OfHelper h && h.helper().effects().contains(Helper.Effect.CHANGES_CONTEXT)) {
            Prototypes.changeContext(m);
        }
        m.packet = m.packet.pulled();
        Value.Scalar result = call.config().within(m, call.callee().name(), m.unknown(8));
        Call failed = call.fork();
        if (failed.machine().assume(failure(call, result))) {
            failed.finish(result);
            failed.follow();
        }
        Optional<Literal> inside = reaches(call, (long) offset + size);
        if (!m.assume(Comparison.equal(result.term(), Constant.ZERO, true)) || inside.isPresent() && !m.assume(inside.get())) {
            return false;
        }
        contents.get().cells().each(c -> m.packet = m.packet.stored(offset + c.offset(), c.size(), m.number(c.value()), MemoryAccess.unknowns(m)));
        return call.finish(Value.of(0));
    }

    /** A read of memory that the program has itself never faults. */
    private static boolean copy(Call call) {
        int size = constant(call, 2).orElseThrow();
        Optional<Cells> contents = call.arguments().bytes(call.machine(), 3, size);
        return contents.isEmpty() || fill(call, 1, size, contents.get(), Value.of(0));
    }

    private static boolean fill(Call call, int argument, int size, Cells contents, Value result) {
        ImmutableList<VisibleOperation> steps = call.arguments().fill(call.machine(), argument, size, contents);
        return call.machine().stopped() || call.finishAfter(steps, result);
    }

    private static Optional<Literal> reaches(Call call, long end) {
        return new MemoryAccess(call.config()).reaches(call.machine(), end);
    }

    /** The helpers for an skb fail with -EFAULT. */
    private static Literal failure(Call call, Value.Scalar result) {
        boolean skb = call.callee().name().startsWith("bpf_skb_");
        return call.machine().exact.isPresent() && skb ? Comparison.equal(result.term(), Terms.constant(Errno.EFAULT.result()), true)
                : new Literal(new Comparison(Order.LESS_SIGNED, result.term(), Constant.ZERO), true);
    }
}
