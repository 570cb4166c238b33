package bpfmc.model.verifier;

import bpfmc.model.btf.BtfType;
import bpfmc.model.call.Call;
import bpfmc.model.call.Callee;
import bpfmc.model.call.Calls;
import bpfmc.model.call.Knowledge;
import bpfmc.model.call.VerifierCall;
import bpfmc.model.call.VerifierElements;
import bpfmc.model.flow.ControlFlow;
import bpfmc.model.flow.Liveness;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Width;
import bpfmc.model.machine.Frame;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MachineValues;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.PathHistory;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.machine.VerifierState;
import bpfmc.model.program.Function;
import bpfmc.model.step.CpuFlags;
import bpfmc.model.thread.Canonical;
import bpfmc.model.thread.Interpreter;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Range;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * A program running alone with every answer unknown: lookups find nothing or some element, loads give anything, helpers
 * anything of their type. The same interpreter as everywhere; only what others would answer is made up here.
 *
 * <p>VerifierElements that can do nothing new end, as the verifier prunes ({@link Pruning}): registers and stack that nobody will read do not
 * count, numbers only where something rests on them ({@link Reliance}), locks and regions always. Global functions and callbacks that run later are run on their own, with any arguments, as
 * the verifier does (kernel/bpf/verifier.c, do_check_subprogs, push_async_cb).
 */
public final class VerifierRun {
    /** The verifier's own limit (BPF_COMPLEXITY_LIMIT_INSNS). */
    private static final int MOST_INSTRUCTIONS = 1_000_000;

    /** So many branches are left for later (BPF_COMPLEXITY_LIMIT_JMP_SEQ). */
    private static final int MOST_OPEN = 8192;

    /** The deepest nesting of calls (MAX_CALL_FRAMES). */
    private static final int MOST_FRAMES = 8;

    /** So many instructions between two looks at the clock. */
    private static final int ASKED_EVERY = 1024;

    private static final int FRAME_BYTES = 512;

    private static final String EXCEPTIONS = "exception_callback:";

    /** So many different states at one loop head before numbers that change are given up. */
    private static final int MOST_ROUNDS = 16;

    private final RunConfig config;
    private final Predicate<VerifierPoint> judge;
    private final Knowledge knowledge;
    private final Follow follow;
    private final BooleanSupplier timeIsUp;
    private final Liveness liveness;
    private final Canonical canonical;
    private final Interpreter interpreter;
    private final Deque<VerifierPath> work = new ArrayDeque<>();
    private final Pruning pruning;
    private final boolean loops;
    private final Set<Entry> entries = new LinkedHashSet<>();
    private final Set<Entry> later = new LinkedHashSet<>();
    private int executed;
    private int roundSteps;
    private Gap gap;
    private Gap endless;

    /** A function that begins on its own. @param map of the value that a callback is handed, or -1 @param sleepable whether it may sleep */
    record Entry(int slot, int map, boolean sleepable) {}

    /**
     * Why a program could not be followed to its end.
     *
     * @param what it met @param slot where
     * @param kind whether the kernel's verifier could not either
     */
    public record Gap(String what, int slot, Kind kind) {
        /** What the verifier does at the same place. */
        public enum Kind {
            /** Not known. */
            OURS,
            /** It goes around a loop until it gives up. */
            TOO_LARGE,
            /** It goes around a loop and leaves more branches for later than it can keep. */
            TOO_MANY_BRANCHES,
            /** It sees that a loop's round changes nothing. */
            INFINITE_LOOP
        }

        public Gap(String what, int slot) {
            this(what, slot, Kind.OURS);
        }
    }

    private VerifierRun(RunConfig config, Predicate<VerifierPoint> judge, Knowledge knowledge, Follow follow, BooleanSupplier timeIsUp) {
        this.follow = follow;
        this.pruning = new Pruning(work::push, follow.related);
        this.timeIsUp = timeIsUp;
        this.config = config;
        this.judge = judge;
        this.knowledge = knowledge;
        this.liveness = Liveness.alone(config.program());
        this.canonical = new Canonical(config.program(), liveness);
        this.interpreter = new Interpreter(config, liveness, canonical);
        this.loops = ControlFlow.loops(config.program());
    }

    /**
     * Runs a program along every way.
     *
     * @param judge called before each instruction; a way that it does not accept ends there
     * @param knowledge what the verifier takes for known
     * @return why not all ways could be followed, empty when all were
     * @throws bpfmc.model.InputException when control leaves a function
     */
    public static Optional<Gap> of(RunConfig config, Predicate<VerifierPoint> judge, Knowledge knowledge) {
        return of(config, judge, knowledge, () -> false);
    }

    /** The same, but no longer than the time allows. @param timeIsUp asked now and then; once it is, the run ends with a gap */
    public static Optional<Gap> of(RunConfig config, Predicate<VerifierPoint> judge, Knowledge knowledge, BooleanSupplier timeIsUp) {
        return effort(config, judge, knowledge, Follow.WHAT_MAY_BE_NEW, timeIsUp).gap();
    }

    /** Which ways are followed to their end. */
    enum Follow {
        WHAT_MAY_BE_NEW(4),
        /** The same, with all that is known of how numbers belong together for longer. */
        WITH_RELATIONS(32),
        EVERYTHING(Integer.MAX_VALUE);

        /** So many states at one slot before a run knows no more than the verifier. */
        final int related;

        Follow(int related) {
            this.related = related;
        }
    }

    /** What following a program took. @param instructions along all ways @param states that were kept to compare others with */
    record Effort(Optional<Gap> gap, int instructions, int states) {}

    static Effort effort(RunConfig config, Predicate<VerifierPoint> judge, Knowledge knowledge, Follow follow, BooleanSupplier timeIsUp) {
        var run = new VerifierRun(config, judge, knowledge, follow, timeIsUp);
        run.all();
        return new Effort(Optional.ofNullable(run.endless != null ? run.endless : run.gap), run.executed, run.pruning.states());
    }

    private void all() {
        boolean sleepable = config.program().section().sleepable();
        entries.add(new Entry(0, -1, sleepable));
        for (Function function : config.program().functions().drop(1)) {
            if (function.global() && (!knowledge.onlyWhatIsCalled() || takesExceptions(function))) {
                entries.add(new Entry(function.start(), -1, sleepable));
            }
        }
        Set<Entry> begun = new HashSet<>();
        while (gap == null) {
            Optional<Entry> next = Stream.concat(later.stream(), entries.stream()).filter(begun::add).findFirst();
            if (next.isEmpty()) {
                return;
            }
            work.push(begin(next.get()));
            while (!work.isEmpty() && gap == null) {
                follow(work.pop());
            }
        }
    }

    /** {@return whether the program's exceptions end in the function: that counts as called (check_btf_func, exception_callback)} */
    private boolean takesExceptions(Function function) {
        return config.object().btf().map(types -> IntStream.range(1, types.count()).anyMatch(id -> types.byId(id) instanceof BtfType.Function
                && types.tagsOf(id).contains(EXCEPTIONS + function.name()))).orElse(false);
    }

    private VerifierPath begin(Entry entry) {
        var segment = new Segment(Checkpoint.start(), null);
        VerifierPath way = new VerifierPath(Machine.atEntry(CpuFlags.AS_FOUND), VerifierState.NONE.asSleepable(entry.sleepable()),
                PathHistory.START, config.program(), segment, pruning);
        way.machine.pc = entry.slot();
        if (entry.map() >= 0) {
            way.machine.registers[1] = Value.to(new Region.MapHandle(entry.map()), 0);
            way.machine.registers[2] = Value.to(new Region.Kernel("key"), 0);
            way.machine.registers[3] = firstElement(way, entry.map());
        }
        return way;
    }

    private Value firstElement(VerifierPath way, int map) {
        int slot = config.object().maps().size();
        way.custody = way.custody.withOrigin(slot, new VerifierState.Origin.MapValue(map, false));
        return Value.to(new Region.Element(slot, Region.Life.BOUND), 0);
    }

    private void follow(VerifierPath way) {
        while (gap == null) {
            if (++executed > MOST_INSTRUCTIONS) {
                gap = new Gap("more than " + MOST_INSTRUCTIONS + " instructions along all ways", way.machine.pc);
                return;
            }
            if (executed % ASKED_EVERY == 0 && timeIsUp.getAsBoolean()) {
                gap = new Gap("the time limit", way.machine.pc);
                return;
            }
            if ((way.again || way.held || liveness.joins(way.machine.pc)) && !arrives(way)) {
                return;
            }
            if (!judge.test(new VerifierPoint(config, way)) || !step(way)) {
                return;
            }
        }
    }

    /** {@return whether the way can do something new} */
    private boolean arrives(VerifierPath way) {
        boolean loop = way.again && !way.held;
        way.turns += way.again ? 1 : 0;
        way.again = false;
        way.held = false;
        if (loop && pruning.statesAt(way.machine.pc) > MOST_ROUNDS) {
            MachineValues.change(way.machine, v -> v instanceof Value.Scalar ? way.machine.unknownValue(8) : v);
        }
        canonical.forgetUnread(way.machine, true);
        ElementNumbers.renumber(config, way);
        Canonical.forgetFacts(way.machine);
        boolean goesOn = follow == Follow.EVERYTHING || pruning.arrives(way);
        if (loops && !goesOn && endless == null) {
            pruning.roundOf(way).ifPresent(r -> goRound(way.copy(), r));
        }
        return goesOn;
    }

    /**
     * Goes around a loop by the choices of its last round for as long as they can be made. Here the way has ended, as it can do nothing new; the
     * verifier goes on, and gives up when that takes too many instructions: it cannot have been done with any state that covers this
     * one before.
     */
    private void goRound(VerifierPath way, ImmutableList<PathHistory.Event> round) {
        int head = way.machine.pc;
        Segment own = new Segment(Checkpoint.start(), null);
        Arrival before = null;
        way.segment = own;
        way.trail = PathHistory.START;
        int next = 0;
        int rounds = 0;
        int open = 0;
        for (int left = MOST_INSTRUCTIONS; left > 0; left--) {
            if (++roundSteps > MOST_INSTRUCTIONS + MOST_INSTRUCTIONS / 2 || roundSteps % ASKED_EVERY == 0 && timeIsUp.getAsBoolean()) {
                return;
            }
            int waiting = work.size();
            PathHistory trail = way.trail;
            boolean goesOn = step(way);
            open += goesOn && work.size() > waiting ? 1 : 0;
            VerifierPath chosen = goesOn ? way : null;
            boolean chose = work.size() > waiting || way.trail != trail;
            while (work.size() > waiting) {
                VerifierPath other = work.pop();
                boolean taken = next < round.size() && round.get(next).equals(other.trail.latest()) && other.trail != trail;
                chosen = taken ? other : chosen;
                open -= taken ? 1 : 0;
            }
            if (open > MOST_OPEN) {
                endless = new Gap("a loop that leaves more than " + MOST_OPEN + " branches open", head, Gap.Kind.TOO_MANY_BRANCHES);
                return;
            }
            if (chosen == null || gap != null || chose && chosen.trail != trail && (next == round.size() || !round.get(next++).equals(chosen.trail.latest()))) {
                return;
            }
            way = chosen;
            way.segment = own;
            if (way.machine.pc == head && next == round.size()) {
                next = 0;
                way.trail = PathHistory.START;
                canonical.forgetUnread(way.machine, true);
                ElementNumbers.renumber(config, way);
                Generalised.asTheVerifierKnows(way);
                Canonical.forgetFacts(way.machine);
                if (++rounds <= 2) {
                    Arrival now = Arrival.of(way);
                    if (before != null && before.alike(now)) {
                        endless = new Gap("a loop that changes nothing", head, Gap.Kind.INFINITE_LOOP);
                        return;
                    }
                    before = now;
                }
            }
        }
        endless = new Gap("a loop that takes more than " + MOST_INSTRUCTIONS + " instructions", head, Gap.Kind.TOO_LARGE);
    }

    /** Executes one instruction. {@return whether this way goes on} */
    private boolean step(VerifierPath way) {
        Machine m = way.machine;
        return switch (config.program().code().get(m.pc)) {
            case Instruction.Load i when known(m, i) -> interpret(way);
            case Instruction.Load i when elsewhere(m, i.base()) -> loaded(m, i.dst(), i.signExtend() ? 8 : i.size().bytes());
            case Instruction.LoadAcquire i when elsewhere(m, i.base()) -> loaded(m, i.dst(), i.size().bytes());
            case Instruction.Store i when elsewhere(m, i.base()) -> passed(m);
            case Instruction.StoreRelease i when elsewhere(m, i.base()) -> passed(m);
            case Instruction.Load i when spread(m, i.base(), i.offset(), i.size().bytes()).isPresent() -> {
                way.restsOn(m.value(i.base()));
                yield loaded(m, i.dst(), i.signExtend() ? 8 : i.size().bytes());
            }
            case Instruction.Store i when spread(m, i.base(), i.offset(), i.size().bytes()).isPresent() -> {
                way.restsOn(m.value(i.base()));
                yield storedSomewhere(m, (Value.Pointer) m.value(i.base()), spread(m, i.base(), i.offset(), i.size().bytes()).get());
            }
            case Instruction.Atomic i when elsewhere(m, i.base()) -> !i.fetch() ? passed(m)
                    : loaded(m, i.op() == bpfmc.model.isa.AtomicOp.CMPXCHG ? Register.R0 : i.src(), i.size().bytes());
            case Instruction.LoadPacket i -> {
                for (int r = 1; r <= 5; r++) {
                    m.registers[r] = null;
                }
                yield loaded(m, Register.R0, i.size().bytes());
            }
            case Instruction.AddressSpaceCast i -> {
                m.registers[i.dst().number()] = Value.to(new Region.Kernel("arena memory"), 0);
                yield passed(m);
            }
            case Instruction.CallHelper i -> Calls.alone(callOn(way));
            case Instruction.CallKfunc i -> Calls.alone(callOn(way));
            case Instruction.CallSubprogram i -> call(way, i);
            case Instruction.Exit i -> exit(way);
            case Instruction.JumpIndirect i -> stuck("an indirect jump (gotox)", m.pc);
            case Instruction.CallIndirect i -> stuck("a call through a register (callx)", m.pc);
            case Instruction.Invalid i -> stuck("no instruction (" + i.says() + ")", m.pc);
            case Instruction.MayGoto i -> mayGoto(way, i);
            case Instruction.Branch i when undecided(m, i) -> bothWays(way, i);
            case Instruction i -> interpret(way);
        };
    }

    /** {@return whether the load is one of a constant} Only at a constant offset, as in check_mem_access (bpf_map_is_rdonly). */
    private boolean known(Machine m, Instruction.Load i) {
        return knowledge.frozenData() && m.value(i.base()) instanceof Value.Pointer p && p.region() instanceof Region.Element e
                && p.offset() instanceof Constant && config.dataSection(e) != null && config.dataSection(e).readOnlyData();
    }

    /**
     * {@return whether an address is compared of which the verifier does not know how the comparison ends} It knows only that
     * some addresses are not 0, and how those into the packet lie to its end (is_branch_taken, reg_not_null).
     */
    private boolean undecided(Machine m, Instruction.Branch i) {
        Value a = m.value(i.dst());
        Value b = m.operand(i.src());
        if (i.width() == Width.W32 || a instanceof Value.Scalar && b instanceof Value.Scalar) {
            return false;
        }
        if (a instanceof Value.Pointer p && b instanceof Value.Pointer q) {
            return !inPacket(p.region()) || !inPacket(q.region());
        }
        Value.Pointer address = (Value.Pointer) (a instanceof Value.Pointer ? a : b);
        boolean equality = i.condition() == Condition.EQ || i.condition() == Condition.NE;
        return !equality || !(address == a ? b : a).is(0) || !notNull(address);
    }

    private static boolean inPacket(Region region) {
        return region instanceof Region.Packet || region instanceof Region.PacketEnd;
    }

    private boolean notNull(Value.Pointer p) {
        return switch (p.region()) {
            case Region.Element e -> true;
            case Region.Memory x -> true;
            case Region.MapHandle h -> knowledge.mapsExist();
            case Region.Kernel k -> !VerifierElements.released(p);
            case Region.Stack s -> false;
            case Region.Context c -> false;
            case Region.Packet x -> false;
            case Region.PacketEnd x -> false;
            case Region.Code c -> false;
        };
    }

    private boolean bothWays(VerifierPath way, Instruction.Branch i) {
        VerifierPath taken = way.copy();
        taken.happened(PathHistory.Kind.JUMPS);
        taken.machine.pc += 1 + i.offset();
        work.push(taken);
        way.happened(PathHistory.Kind.FALLS_THROUGH);
        return passed(way.machine);
    }

    /** {@return whether the memory is not the run's own, so that anything may stand there} */
    private static boolean elsewhere(Machine m, Register base) {
        return !(m.value(base) instanceof Value.Pointer p) || switch (p.region()) {
            case Region.Stack s -> false;
            case Region.Memory x -> false;
            case Region.Context c -> false;
            case Region.Packet x -> true;
            case Region.PacketEnd x -> true;
            case Region.Element e -> true;
            case Region.MapHandle h -> true;
            case Region.Code c -> true;
            case Region.Kernel k -> true;
        };
    }

    /** Bytes of a frame. */
    private record Spread(int from, int bytes) {}

    /** {@return the bytes of the stack that an access at an offset which is not known may touch} */
    private static Optional<Spread> spread(Machine m, Register base, int displacement, int bytes) {
        if (!(m.value(base) instanceof Value.Pointer p && p.region() instanceof Region.Stack) || p.offset() instanceof Constant) {
            return Optional.empty();
        }
        Range range = m.facts.range(p.offset());
        long from = range.smin() + displacement;
        long to = range.smax() + displacement + bytes;
        return range.isExact() || range.smin() < -FRAME_BYTES || range.smax() > 0 || from < -FRAME_BYTES || to > 0 ? Optional.empty()
                : Optional.of(new Spread((int) from, (int) (to - from)));
    }

    /** All bytes that the store may touch are unknown (kernel/bpf/verifier.c, check_stack_write_var_off). */
    private static boolean storedSomewhere(Machine m, Value.Pointer p, Spread touched) {
        int frame = ((Region.Stack) p.region()).frame();
        Cells before = m.frames.get(frame).stack();
        Cells stack = before.without(touched.from(), touched.bytes(), MemoryAccess.unknowns(m));
        for (Cells.Cell flag : VerifierElements.irqFlags(before).cells()) {
            stack = stack.write(flag.offset(), flag.size(), flag.value(), MemoryAccess.unknowns(m));
        }
        m.frames.set(frame, m.frames.get(frame).withStack(stack));
        return passed(m);
    }

    private static boolean loaded(Machine m, Register dst, int bytes) {
        m.registers[dst.number()] = m.unknownValue(bytes);
        return passed(m);
    }

    private static boolean passed(Machine m) {
        m.pc++;
        return true;
    }

    private boolean stuck(String what, int slot) {
        gap = new Gap(what, slot);
        return false;
    }

    private boolean interpret(VerifierPath way) {
        Deque<Machine> others = new ArrayDeque<>();
        int from = way.machine.pc;
        Reliance reliance = Reliance.before(config, way);
        boolean goesOn = interpreter.step(way.machine, others);
        reliance.after(goesOn, others.size());
        boolean branches = reliance.instruction() instanceof Instruction.Branch && !others.isEmpty() && goesOn;
        way.segment = branches ? reliance.passed() : way.segment;
        others.descendingIterator().forEachRemaining(m -> {
            VerifierPath other = way.with(m);
            if (branches) {
                other.trail = way.trail.then(from, PathHistory.Kind.JUMPS);
            }
            unstop(other.machine);
            work.push(other);
        });
        if (branches) {
            way.trail = way.trail.then(from, PathHistory.Kind.FALLS_THROUGH);
        }
        unstop(way.machine);
        return goesOn;
    }

    /** An access to the run's own memory that cannot be followed leaves anything there. */
    private void unstop(Machine m) {
        if (!m.stopped()) {
            return;
        }
        m.operation = null;
        switch (config.program().code().get(m.pc)) {
            case Instruction.Load i -> loaded(m, i.dst(), 8);
            case Instruction.LoadAcquire i -> loaded(m, i.dst(), 8);
            case Instruction.LoadImmediate64 i -> {
                loaded(m, i.dst(), 8);
                m.pc++;
            }
            case Instruction.Store i -> anythingAt(m, i.base());
            case Instruction.StoreRelease i -> anythingAt(m, i.base());
            case Instruction.Atomic i -> {
                anythingAt(m, i.base());
                if (i.fetch()) {
                    m.registers[i.src().number()] = m.unknownValue(8);
                }
            }
            case Instruction i -> throw new IllegalStateException("nothing stops here: " + i);
        }
    }

    private static void anythingAt(Machine m, Register base) {
        if (m.value(base) instanceof Value.Pointer p && p.region() instanceof Region.Stack s) {
            m.frames.set(s.frame(), m.frames.get(s.frame()).withStack(VerifierElements.irqFlags(m.frames.get(s.frame()).stack())));
        }
        m.pc++;
    }

    private boolean mayGoto(VerifierPath way, Instruction.MayGoto i) {
        VerifierPath taken = way.copy();
        taken.machine.pc += 1 + i.offset();
        work.push(taken);
        way.again = true;
        return passed(way.machine);
    }

    /** A static function is followed, a global one was judged on its own: only its result is new. */
    private boolean call(VerifierPath way, Instruction.CallSubprogram i) {
        Machine m = way.machine;
        Function callee = config.program().functionAt(m.pc + 1 + i.offset());
        if (callee.global()) {
            entries.add(new Entry(callee.start(), -1, config.program().section().sleepable()));
            Call.finish(m, m.unknownValue(8));
            return true;
        }
        if (m.frames.size() >= MOST_FRAMES) {
            return stuck("calls nested more than " + MOST_FRAMES + " deep", m.pc);
        }
        return interpret(way);
    }

    private boolean exit(VerifierPath way) {
        Machine m = way.machine;
        if (m.depth() == 0) {
            return false;
        }
        var callbacks = way.custody.callbacks();
        if (callbacks.isEmpty() || callbacks.getLast().depth() != m.depth()) {
            return interpret(way);
        }
        Frame frame = m.frames.removeLast();
        m.registers[0] = null;
        for (int r = 1; r <= 9; r++) {
            m.registers[r] = frame.saved().get(r >= 6 ? r - 6 : r + 3);
        }
        m.pc = frame.returnTo();
        way.custody = way.custody.left();
        way.again = true;
        return true;
    }

    private VerifierCall callOn(VerifierPath path) {
        return new PathCall(path, Callee.at(config.program(), path.machine.pc).orElseThrow(), config, knowledge, work::push,
                (slot, map, sleepable) -> later.add(new Entry(slot, map, sleepable)));
    }
}
