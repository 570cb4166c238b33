package bpfmc.model.call;

import bpfmc.model.kernel.Helper;
import bpfmc.model.kernel.HelperNumbers;
import bpfmc.model.machine.ArgumentMemory;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.Provenance;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Deque;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Helpers that copy bytes, where it is known which: between the packet and memory (bpf_skb_load_bytes, bpf_skb_store_bytes and their kin of
 * XDP, net/core/filter.c), and from one memory to another (bpf_probe_read_kernel of what is no kernel memory, kernel/trace/bpf_trace.c).
 * What is copied is what was there, with all that is known of it.
 */
final class CopyCalls {
    private static final int OFFSET = 2;
    private static final int MEMORY = 3;
    private static final int SIZE = 4;
    private static final int MOST_BYTES = 512;

    private final RunConfig config;
    private final ArgumentMemory arguments;

    CopyCalls(RunConfig config, ArgumentMemory arguments) {
        this.config = config;
        this.arguments = arguments;
    }

    /** {@return whether the call is such a copy, of bytes that are known} */
    boolean concerns(Machine m, int helper) {
        return switch (helper) {
            case HelperNumbers.SKB_LOAD_BYTES, HelperNumbers.XDP_LOAD_BYTES, HelperNumbers.SKB_STORE_BYTES, HelperNumbers.XDP_STORE_BYTES ->
                    constant(m, OFFSET).isPresent() && constant(m, SIZE).isPresent() && m.registers[MEMORY] instanceof Value.Pointer;
            case HelperNumbers.PROBE_READ, HelperNumbers.PROBE_READ_KERNEL -> constant(m, 2).isPresent() && m.registers[1] instanceof Value.Pointer
                    && m.registers[3] instanceof Value.Pointer p && known(p);
            default -> false;
        };
    }

    private static Optional<Integer> constant(Machine m, int register) {
        return m.registers[register] instanceof Value.Scalar s && s.term() instanceof Constant c && c.value() > 0 && c.value() <= MOST_BYTES
                || m.registers[register] instanceof Value.Scalar z && z.is(0) && register == OFFSET
                ? Optional.of((int) ((Constant) ((Value.Scalar) m.registers[register]).term()).value()) : Optional.empty();
    }

    private static boolean known(Value.Pointer p) {
        return p.offset() instanceof Constant && (p.region() instanceof Region.Stack || p.region() instanceof Region.Memory || p.region() instanceof Region.Element);
    }

    /** {@return false when the machine goes on in others only} @param h one that {@link #concerns} this class */
    boolean call(Machine m, Helper h, Deque<Machine> work) {
        return switch (h.id()) {
            case HelperNumbers.SKB_LOAD_BYTES, HelperNumbers.XDP_LOAD_BYTES -> load(m, h, work);
            case HelperNumbers.SKB_STORE_BYTES, HelperNumbers.XDP_STORE_BYTES -> store(m, h, work);
            default -> copy(m);
        };
    }

    /** Outside the packet the memory is zeroed. */
    private boolean load(Machine m, Helper h, Deque<Machine> work) {
        int size = constant(m, SIZE).orElseThrow();
        Value.Scalar result = config.result(m, "bpf_" + h.name(), 8);
        Machine failed = m.copy();
        if (failed.assume(negative(result))) {
            Cells zero = Cells.EMPTY;
            for (int at = 0; at < size; at += 8) {
                zero = zero.write(at, Math.min(8, size - at), Value.of(0), MemoryAccess.unknowns(failed));
            }
            fill(failed, MEMORY, size, zero, result);
            work.push(failed);
        }
        return m.assume(Comparison.equal(result.term(), Constant.ZERO, true))
                && fill(m, MEMORY, size, ArgumentMemory.packet(m, constant(m, OFFSET).orElseThrow(), size), Value.of(0));
    }

    /** More of the packet may lie in one piece afterwards, whether the store succeeds or not. */
    private boolean store(Machine m, Helper h, Deque<Machine> work) {
        int size = constant(m, SIZE).orElseThrow();
        int offset = constant(m, OFFSET).orElseThrow();
        Optional<Cells> contents = arguments.bytes(m, MEMORY, size);
        if (contents.isEmpty()) {
            return true;
        }
        if (h.effects().contains(Helper.Effect.CHANGES_CONTEXT)) {
            m.packet = m.packet.handing(Provenance.all(m.context));
            m.context = Cells.EMPTY;
            m.contextVersion++;
        }
        m.packet = m.packet.pulled();
        Value.Scalar result = config.result(m, "bpf_" + h.name(), 8);
        Machine failed = m.copy();
        if (failed.assume(negative(result))) {
            HelperCalls.finish(failed, result);
            work.push(failed);
        }
        if (!m.assume(Comparison.equal(result.term(), Constant.ZERO, true))) {
            return false;
        }
        contents.get().cells().each(c -> m.packet = m.packet.stored(offset + c.offset(), c.size(), m.number(c.value()), MemoryAccess.unknowns(m)));
        return HelperCalls.finish(m, Value.of(0));
    }

    /** A read of memory that the program has itself never faults. */
    private boolean copy(Machine m) {
        int size = constant(m, 2).orElseThrow();
        Optional<Cells> contents = arguments.bytes(m, 3, size);
        return contents.isEmpty() || fill(m, 1, size, contents.get(), Value.of(0));
    }

    private boolean fill(Machine m, int argument, int size, Cells contents, Value result) {
        ImmutableList<VisibleOperation> steps = arguments.fill(m, argument, size, contents);
        return m.stopped() || HelperCalls.finishAfter(m, steps, result);
    }

    private static Literal negative(Value.Scalar result) {
        return new Literal(new Comparison(Order.LESS_SIGNED, result.term(), Constant.ZERO), true);
    }
}
