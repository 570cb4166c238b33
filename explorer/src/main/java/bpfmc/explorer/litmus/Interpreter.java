package bpfmc.explorer.litmus;

import bpfmc.explorer.axiomatic.Answers;
import bpfmc.explorer.axiomatic.Answers.Assumption;
import bpfmc.explorer.axiomatic.Event;
import bpfmc.explorer.axiomatic.Kind;
import bpfmc.explorer.axiomatic.LimitReached;
import bpfmc.explorer.axiomatic.Trace;
import bpfmc.explorer.litmus.Instruction.Atomic;
import bpfmc.explorer.litmus.Instruction.Branch;
import bpfmc.explorer.litmus.Instruction.CompareExchange;
import bpfmc.explorer.litmus.Instruction.Compute;
import bpfmc.explorer.litmus.Instruction.Constant;
import bpfmc.explorer.litmus.Instruction.Goto;
import bpfmc.explorer.litmus.Instruction.Load;
import bpfmc.explorer.litmus.Instruction.Operand;
import bpfmc.explorer.litmus.Instruction.Place;
import bpfmc.explorer.litmus.Instruction.Register;
import bpfmc.explorer.litmus.Instruction.Store;
import bpfmc.model.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One run of one thread, from its start as far as the answers carry. Registers carry the set of reads that they come from, by syntax: computing
 * keeps it ({@code r ^= r} too), a constant ends it.
 *
 * <p>A branch, an address or an atomic's operand that comes from a read without an answer stops the run. What a compare-and-exchange expects does
 * not: the model has no dependency there.
 */
final class Interpreter {
    private static final int MOST_STEPS = 10_000;
    private static final Trace.Ending<Value> IMPOSSIBLE = new Trace.Impossible<>();
    private static final Trace.Ending<Value> CUT = new Trace.Cut<>();

    private final LitmusThread thread;
    private final Cells cells;
    private final int turns;
    private final Answers<Value> answers;
    private final Value[] registers;
    private final long[] taint = new long[11];
    private final List<Event<Value>> events = new ArrayList<>();
    private final Map<Integer, Turns> turned = new HashMap<>();
    private long control;
    private int openBranches;
    private int op;
    private int pc;

    /** How often a backward jump was taken, and how many branches on what was read lay before the last time. */
    private record Turns(int count, int branches) {}

    Interpreter(LitmusThread thread, Cells cells, int turns, Answers<Value> answers) {
        this.thread = thread;
        this.cells = cells;
        this.turns = turns;
        this.answers = answers;
        this.registers = thread.registers().toArray(Value[]::new);
    }

    Trace<Value> run() {
        Optional<Trace.Ending<Value>> ending = Optional.empty();
        for (int steps = 0; ending.isEmpty() && pc < thread.code().size(); steps++) {
            ending = steps == MOST_STEPS ? Optional.of(CUT) : step(thread.code().get(pc));
        }
        return new Trace<>(events, ending.orElseGet(() -> new Trace.Ended<>(List.of(registers))));
    }

    /** {@return how the run ends here, if it does} */
    private Optional<Trace.Ending<Value>> step(Instruction instruction) {
        return switch (instruction) {
            case Compute compute -> compute(compute);
            case Goto jump -> jump(jump.target());
            case Branch branch -> branch(branch);
            case Load load -> access(load.place(), 0, (cell, address) -> load(load, cell, address));
            case Store store -> access(store.place(), 0, (cell, address) -> store(store, cell, address));
            case Atomic atomic -> access(atomic.place(), taint[atomic.register()], (cell, address) -> atomic(atomic, cell, address));
            case CompareExchange swap -> access(swap.place(), 0, (cell, address) -> swap(swap, cell, address));
        };
    }

    private Optional<Trace.Ending<Value>> compute(Compute compute) {
        Optional<Value> value = compute.operator().apply(registers[compute.to()], value(compute.from()));
        if (value.isEmpty()) {
            return Optional.of(IMPOSSIBLE);
        }
        long kept = compute.operator() == Operator.SET ? 0 : taint[compute.to()];
        taint[compute.to()] = kept | taint(compute.from());
        registers[compute.to()] = value.get();
        pc++;
        return Optional.empty();
    }

    private Value value(Operand operand) {
        return switch (operand) {
            case Register r -> registers[r.number()];
            case Constant c -> new Value.Int(c.value());
        };
    }

    private long taint(Operand operand) {
        return operand instanceof Register r ? taint[r.number()] : 0;
    }

    private Optional<Trace.Ending<Value>> stalled() {
        return Optional.of(new Trace.Stalled<>(thread.laterWrites().from(pc, registers)));
    }

    private Optional<Trace.Ending<Value>> branch(Branch branch) {
        long tested = taint[branch.left()] | taint(branch.right());
        if (!answers.answered(tested)) {
            return stalled();
        }
        control |= tested;
        openBranches += tested == 0 ? 0 : 1;
        Optional<Boolean> taken = taken(branch);
        if (taken.isEmpty()) {
            return Optional.of(IMPOSSIBLE);
        }
        if (taken.get()) {
            return jump(branch.target());
        }
        pc++;
        return Optional.empty();
    }

    private Optional<Boolean> taken(Branch branch) {
        Value left = registers[branch.left()];
        Value right = value(branch.right());
        return switch (branch.condition()) {
            case EQUAL -> Optional.of(left.equals(right));
            case DIFFERENT -> Optional.of(!left.equals(right));
            case LESS, NOT_LESS -> left instanceof Value.Int(long a) && right instanceof Value.Int(long b)
                    ? Optional.of(a < b == (branch.condition() == Instruction.Condition.LESS)) : Optional.empty();
        };
    }

    /** Turns of a loop count when what was read decided since the last one; loops that only count are run to their end. */
    private Optional<Trace.Ending<Value>> jump(int target) {
        if (target <= pc) {
            Turns before = turned.getOrDefault(pc, new Turns(0, -1));
            int count = before.branches == openBranches ? before.count : before.count + 1;
            if (count > turns) {
                return Optional.of(CUT);
            }
            turned.put(pc, new Turns(count, openBranches));
        }
        pc = target;
        return Optional.empty();
    }

    private interface Access {
        Optional<Trace.Ending<Value>> at(int cell, long address);
    }

    /** @param more reads that count as if the address came from them */
    private Optional<Trace.Ending<Value>> access(Place place, long more, Access access) {
        long address = taint[place.base()] | more;
        if (!answers.answered(address)) {
            return stalled();
        }
        if (!(registers[place.base()] instanceof Value.Address(String variable, long offset))) {
            if (address == 0 && control == 0) {
                throw new InputException("P" + thread.number() + ": r" + place.base() + " holds " + registers[place.base()] + " where '" + thread.code().get(pc)
                        + "' needs an address; say " + thread.number() + ":r" + place.base() + "=x in the initial state");
            }
            return Optional.of(IMPOSSIBLE);
        }
        OptionalInt cell = cells.at(new Value.Address(variable, offset + place.offset()));
        if (cell.isEmpty()) {
            return Optional.of(IMPOSSIBLE);
        }
        if (op == Event.MOST && !turned.isEmpty()) {
            return Optional.of(CUT);
        }
        if (op == Event.MOST) {
            throw new LimitReached("a thread has more than " + Event.MOST + " accesses");
        }
        Optional<Trace.Ending<Value>> ending = access.at(cell.getAsInt(), address);
        if (ending.isEmpty()) {
            op++;
            pc++;
        }
        return ending;
    }

    private void event(Kind kind, int cell, boolean settled, Value value, long address, long data) {
        events.add(new Event<>(op, kind, cell, settled, kind == Kind.ATOMIC && !settled && answers.promised(op), value, Optional.empty(), new Event.Dependencies(address, data, control)));
    }

    private Value answer() {
        return answers.valued(op) ? answers.value(op) : Value.Unknown.PENDING;
    }

    private void read(int register, Value value) {
        registers[register] = value;
        taint[register] = 1L << op;
    }

    private Optional<Trace.Ending<Value>> load(Load load, int cell, long address) {
        event(load.acquire() ? Kind.ACQUIRE : Kind.READ, cell, answers.answered(op), Value.ZERO, address, 0);
        read(load.to(), answer());
        return Optional.empty();
    }

    private Optional<Trace.Ending<Value>> store(Store store, int cell, long address) {
        long data = taint(store.from());
        event(store.release() ? Kind.RELEASE : Kind.WRITE, cell, answers.answered(data), value(store.from()), address, data);
        return Optional.empty();
    }

    private Optional<Trace.Ending<Value>> atomic(Atomic atomic, int cell, long address) {
        Value read = answer();
        Optional<Value> stored = atomic.operator().apply(read, registers[atomic.register()]);
        if (stored.isEmpty()) {
            return Optional.of(IMPOSSIBLE);
        }
        event(atomic.fetch() ? Kind.FETCH : Kind.ATOMIC, cell, answers.answered(op), stored.get(), address, taint[atomic.register()]);
        if (atomic.fetch()) {
            read(atomic.register(), read);
        }
        return Optional.empty();
    }

    private Optional<Trace.Ending<Value>> swap(CompareExchange swap, int cell, long address) {
        boolean expects = answers.answered(taint[0]);
        Assumption assumed = answers.assumption(op);
        boolean answered = answers.answered(op);
        if (answered && expects && assumed != Assumption.NONE && (assumed == Assumption.SUCCEEDS) != answers.value(op).equals(registers[0])) {
            return Optional.of(IMPOSSIBLE);
        }
        boolean succeeds = assumed == Assumption.NONE ? answered && expects && answers.value(op).equals(registers[0]) : assumed == Assumption.SUCCEEDS;
        if (answered) {
            event(succeeds ? Kind.SWAP_READ : Kind.SWAP_LOST, cell, true, Value.ZERO, address, 0);
        } else {
            events.add(new Event<>(op, Kind.SWAP, cell, false, false, Value.ZERO, Optional.of(new Event.Swap<>(expects, registers[0], registers[swap.register()])),
                    new Event.Dependencies(address, 0, control)));
        }
        if (succeeds) {
            long data = taint[swap.register()];
            event(Kind.SWAP_WRITE, cell, answers.answered(data), registers[swap.register()], address, data);
        }
        read(0, answer());
        return Optional.empty();
    }
}
