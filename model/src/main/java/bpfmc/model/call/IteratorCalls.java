package bpfmc.model.call;

import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.Flags;
import bpfmc.model.kernel.Kfuncs;
import bpfmc.model.machine.Frame;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Sets;

/**
 * Open-coded iterators over numbers (kernel/bpf/bpf_iter.c, Linux 6.4). The program keeps one on its stack and never reads it; there it is the address of a
 * private memory that holds the number that was handed out last, the end, and how many were handed out. Programs are handed the address of the number;
 * what they read there comes from the shared loads that the start came from.
 */
final class IteratorCalls implements CallFamily {
    private static final String NEW = "bpf_iter_num_new";
    private static final String NEXT = Kfuncs.NEXT_NUMBER;
    private static final String DESTROY = "bpf_iter_num_destroy";

    /** Numbers that are handed out where it is not known how many there are. */
    private static final int MOST_UNKNOWN_TURNS = 8;

    private static final int BYTES = 4;
    private static final int END = 4;
    private static final int TURNS = 8;
    private static final int SIZE = 12;
    private static final int ON_STACK = 8;

    @Override
    public String name() {
        return "iterators over numbers";
    }

    @Override
    public ImmutableSet<String> functions() {
        return Sets.immutable.with(NEW, NEXT, DESTROY);
    }

    @Override
    public boolean enter(Call call) {
        if (!(call.argument(1) instanceof Value.Pointer p && p.region() instanceof Region.Stack s && p.offset() instanceof Constant at)) {
            return call.unsupported(call.callee().name() + " of an iterator that is not on the stack");
        }
        return switch (call.callee().name()) {
            case NEW -> begin(call, s.frame(), (int) at.value());
            case NEXT -> next(call, iterator(call, s.frame(), (int) at.value()));
            default -> end(call, s.frame(), (int) at.value());
        };
    }

    private static Value iterator(Call call, int frame, int offset) {
        return call.machine().frames.get(frame).stack().read(offset, ON_STACK, MemoryAccess.unknowns(call.machine()));
    }

    // ---- the three functions

    /** An iterator that could not be made hands out nothing. */
    private static boolean begin(Call call, int frame, int offset) {
        Value.Scalar start = number(call, 2);
        Value.Scalar end = number(call, 3);
        Literal backwards = less(end.term(), start.term());
        Literal tooMany = less(Terms.constant(Flags.MOST_LOOPS), Terms.add(end.term(), Terms.negate(start.term())));
        Call refused = call.fork();
        if (refused.machine().assume(backwards)) {
            made(refused, frame, offset, Value.of(0), Value.of(0), Errno.EINVAL.result());
            refused.follow();
        }
        if (!call.machine().assume(backwards.negated())) {
            return false;
        }
        Call large = call.fork();
        if (large.machine().assume(tooMany)) {
            made(large, frame, offset, Value.of(0), Value.of(0), Errno.E2BIG.result());
            large.follow();
        }
        return call.machine().assume(tooMany.negated()) && made(call, frame, offset, plus(start, -1), end, 0);
    }

    private static boolean made(Call call, int frame, int offset, Value.Scalar before, Value.Scalar end, long result) {
        Machine m = call.machine();
        int id = call.freshMemory();
        m.memories.put(id, Cells.EMPTY);
        put(m, id, 0, before);
        put(m, id, END, end);
        put(m, id, TURNS, Value.of(0));
        Frame kept = m.frames.get(frame);
        m.frames.set(frame, kept.withStack(kept.stack().write(offset, ON_STACK, Value.to(new Region.Memory(id, SIZE), 0), MemoryAccess.unknowns(m))));
        return call.finish(Value.of(result));
    }

    private static boolean next(Call call, Value iterator) {
        if (!(iterator instanceof Value.Pointer p && p.region() instanceof Region.Memory memory)) {
            return call.unsupported(NEXT + " of what " + NEW + " has not made");
        }
        Machine m = call.machine();
        Value.Scalar next = signed(plus(get(m, memory.id(), 0), 1));
        Value.Scalar end = get(m, memory.id(), END);
        Literal more = less(next.term(), end.term());
        Call none = call.fork();
        if (none.machine().assume(more.negated())) {
            put(none.machine(), memory.id(), 0, Value.of(0));
            put(none.machine(), memory.id(), END, Value.of(0));
            none.finish(Value.of(0));
            none.follow();
        }
        if (!m.assume(more)) {
            return false;
        }
        long turns = ((Constant) get(m, memory.id(), TURNS).term()).value();
        boolean known = next.term().isConstant() && end.term().isConstant();
        if (!known && turns >= MOST_UNKNOWN_TURNS) {
            return call.unsupported("an iterator over more than " + MOST_UNKNOWN_TURNS + " numbers, whose end is not known");
        }
        put(m, memory.id(), 0, next);
        put(m, memory.id(), TURNS, Value.of(known ? 0 : turns + 1));
        return call.finish(Value.to(memory, 0));
    }

    private static boolean end(Call call, int frame, int offset) {
        Machine m = call.machine();
        if (iterator(call, frame, offset) instanceof Value.Pointer p && p.region() instanceof Region.Memory memory) {
            m.memories.remove(memory.id());
            Frame kept = m.frames.get(frame);
            m.frames.set(frame, kept.withStack(kept.stack().write(offset, ON_STACK, Value.of(0), MemoryAccess.unknowns(m))));
        }
        return call.finish(Value.of(0));
    }

    // ---- numbers of 32 bits with their signs, which wrap: what comes before the least is the greatest

    private static Value.Scalar number(Call call, int argument) {
        return signed(call.machine().number(call.argument(argument)));
    }

    private static Value.Scalar signed(Value.Scalar number) {
        return new Value.Scalar(Terms.signExtend(Terms.extract(number.term(), 0, BYTES), BYTES), number.loads());
    }

    private static Value.Scalar plus(Value.Scalar number, int more) {
        return new Value.Scalar(Terms.add(number.term(), Terms.constant(more)), number.loads());
    }

    private static Literal less(Term low, Term high) {
        return new Literal(new Comparison(Order.LESS_SIGNED, low, high), true);
    }

    private static Value.Scalar get(Machine m, int memory, int offset) {
        return signed(m.number(m.memories.get(memory).read(offset, BYTES, MemoryAccess.unknowns(m))));
    }

    private static void put(Machine m, int memory, int offset, Value.Scalar number) {
        Value.Scalar bytes = new Value.Scalar(Terms.extract(number.term(), 0, BYTES), number.loads());
        m.memories.put(memory, m.memories.get(memory).write(offset, BYTES, bytes, MemoryAccess.unknowns(m)));
    }

    // ---- alone

    @Override
    public boolean alone(VerifierCall call) {
        if (!call.callee().name().equals(NEXT)) {
            return Prototypes.alone(call);
        }
        call.nothing();
        call.finish(Value.to(new Region.Kernel("int"), 0));
        call.comesBack();
        return true;
    }
}
