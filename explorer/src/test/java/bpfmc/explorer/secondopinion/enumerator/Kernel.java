package bpfmc.explorer.secondopinion.enumerator;

import bpfmc.explorer.secondopinion.enumerator.Found.Place;
import bpfmc.explorer.secondopinion.enumerator.Op.Access;
import bpfmc.explorer.secondopinion.enumerator.Setup.Unknowns.Source;
import bpfmc.model.isa.AtomicOp;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What one agent's visible instructions do to shared memory. */
final class Kernel {
    private static final int MOST_LOADS = Long.SIZE;
    private static final Load GONE = new Load(-1, -1, 0, false, 0, 0, 0, 0, 0, 0);

    private final World w;
    private final int agent;
    private final Run run;
    private final Stepper stepper;
    private final Set<Found> found;

    /** @param found what goes wrong in the step itself is added */
    Kernel(World w, int agent, Choices choices, Set<Found> found) {
        this.w = w;
        this.agent = agent;
        this.run = w.mine(agent);
        this.stepper = new Stepper(w, agent, choices);
        this.found = found;
    }

    /** {@return what the agent stands before} */
    static Op standing(World w, int agent) {
        Run run = w.runs[agent];
        if (run.call != null) {
            return Helpers.standing(w, agent);
        }
        if (run.walk != null) {
            return new Op.Other();
        }
        return switch (w.agent(agent).program().code().get(run.pc)) {
            case Instruction.Load i -> access(run.get(i.base().number()), i.offset(), i.size().bytes(), false, false);
            case Instruction.Store i -> access(run.get(i.base().number()), i.offset(), i.size().bytes(), true, false);
            case Instruction.Atomic i -> access(run.get(i.base().number()), i.offset(), i.size().bytes(), true, true);
            case Instruction.CallKfunc i -> Resilient.standing(w, agent);
            case Instruction.Exit i -> new Op.End();
            case Instruction other -> throw new IllegalStateException("stands before " + other);
        };
    }

    private static Access access(Value base, int offset, int size, boolean writes, boolean atomic) {
        return new Access(base.id(), base.binding(), (int) base.bits() + offset, size, writes, atomic, false);
    }

    /** Takes the visible step and goes on to the next one. */
    void step() {
        if (run.call != null) {
            Helpers.perform(w, agent, stepper, this);
        } else if (run.walk != null) {
            Walks.step(w, agent, stepper);
        } else if (stepper.instruction() instanceof Instruction.CallKfunc) {
            Resilient.step(w, agent, stepper);
        } else {
            Access a = (Access) standing(w, agent);
            switch (stepper.instruction()) {
                case Instruction.Load i -> {
                    Value v = load(a, run.pc).from(stepper.get(i.base()).loads());
                    stepper.set(i.dst(), i.signExtend() ? Value.number(Arithmetic.signed(v.bits(), 8 * a.size()), v.loads()) : v);
                }
                case Instruction.Store i -> store(a, stepper.operand(i.src()));
                case Instruction.Atomic i -> atomic(i, a);
                default -> throw new IllegalStateException();
            }
            run.pc++;
        }
        stepper.toVisible();
        forgetLoads();
    }

    // ---- accesses

    Value load(Access a, int slot) {
        choose(a, new long[0]);
        long bits = w.elements.get(a.element()).bytes().number(a.offset(), a.size());
        return Value.number(bits, remember(a, slot));
    }

    private void choose(Access a, long[] also) {
        Element e = w.elements.get(a.element());
        Bytes before = e.bytes();
        if (!before.chosen(a.offset(), a.size())) {
            if (also.length > 0 && stepper.choices().of(2) == 1) {
                w.change(a.element(), x -> x.with(before.choosing(a.offset(), a.size(), also[0])));
            } else {
                w.change(a.element(), x -> x.with(stepper.choosing(before, Source.MEMORY, a.offset(), a.size())));
            }
        }
    }

    /** {@return the new load's bit, with those of loads whose numbers the run itself had put there} */
    private long remember(Access a, int slot) {
        if (run.loads.size() == MOST_LOADS) {
            throw new NotEnumerated("more than " + MOST_LOADS + " loads");
        }
        Element e = w.elements.get(a.element());
        boolean keyed = w.mapOf(a.element()).hash() && e.bound();
        List<Load> loads = new ArrayList<>(run.loads);
        loads.add(new Load(a.element(), e.map(), e.key(), keyed, e.cpu(), a.offset(), a.size(), slot, 0, 0));
        run.loads = List.copyOf(loads);
        return 1L << loads.size() - 1 | e.bytes().loads(agent, a.offset(), a.size());
    }

    void store(Access a, Value value) {
        MapSpec spec = w.mapOf(a.element());
        if (spec.special(a.offset()) || spec.special(a.offset() + a.size() - 1)) {
            throw new NotEnumerated("a store to a lock");
        }
        long number = Arithmetic.cut(Stepper.numberOf(value), a.size());
        w.change(a.element(), e -> e.with(e.bytes().storing(agent, w.runs.length, a.offset(), a.size(), number, elsewhere(a, value.loads()))));
        storedTo(a);
    }

    /** {@return those of the loads that are of other bytes} */
    long elsewhere(Access a, long loads) {
        Element e = w.elements.get(a.element());
        long others = loads;
        for (int i = 0; i < run.loads.size(); i++) {
            Load l = run.loads.get(i);
            boolean same = (l.element() == a.element() || e.bound() && l.ofValue(e.map(), e.key())) && l.bits(a.offset(), a.size()) != 0;
            others &= same ? ~(1L << i) : -1;
        }
        return others;
    }

    /** Tells the other runs of a store. */
    void storedTo(Access a) {
        Element e = w.elements.get(a.element());
        boolean keyed = w.mapOf(a.element()).hash() && e.bound();
        for (int other = 0; other < w.runs.length; other++) {
            if (other != agent && !w.runs[other].loads.isEmpty()) {
                Run its = w.mine(other);
                its.loads = its.loads.stream().map(l -> l.storedTo(a.element(), a.offset(), a.size()))
                        .map(l -> keyed ? l.valueStoredTo(e.map(), e.key(), a.offset(), a.size()) : l).toList();
            }
        }
    }

    private void atomic(Instruction.Atomic i, Access a) {
        boolean compares = i.op() == AtomicOp.CMPXCHG;
        Value operand = stepper.get(i.src());
        Value expected = compares ? stepper.get(Register.R0) : Value.ZERO;
        long wanted = Arithmetic.cut(Stepper.numberOf(expected), a.size());
        choose(a, compares ? new long[] {wanted} : new long[0]);
        Bytes before = w.elements.get(a.element()).bytes();
        long old = before.number(a.offset(), a.size());
        long after = Arithmetic.cut(Arithmetic.atomic(i.op(), old, Arithmetic.cut(Stepper.numberOf(operand), a.size()), wanted), a.size());
        boolean fails = compares && old != wanted;
        if (compares && !fails) {
            judgeExchange(a, operand.loads() & ~expected.loads());
        }
        long from = elsewhere(a, operand.loads());
        long remembered = i.fetch() ? remember(a, run.pc) | stepper.get(i.base()).loads() : 0;
        if (!fails) {
            boolean replaces = compares || i.op() == AtomicOp.XCHG;
            w.change(a.element(), e -> e.with(replaces ? before.storing(agent, w.runs.length, a.offset(), a.size(), after, from)
                    : before.mixing(agent, w.runs.length, a.offset(), a.size(), after, from)));
            storedTo(a);
        }
        if (i.fetch()) {
            stepper.set(compares ? Register.R0 : i.src(), Value.number(old, remembered));
        }
    }

    private void judgeExchange(Access a, long loads) {
        Judge.lost(w, agent, a.element(), a.offset(), a.size(), i -> loads, found);
    }

    // ---- locks

    boolean lockIsFree(int element) {
        return w.elements.get(element).owner() == Element.NOBODY;
    }

    void lock(int element) {
        int cpu = w.agent(agent).cpu();
        run.interruptsBeforeLock = w.interrupts[cpu];
        w.lockWord[cpu] = w.interrupts[cpu];
        w.interrupts[cpu] = false;
        w.change(element, e -> e.ownedBy(agent));
        List<int[]> held = new ArrayList<>(run.held);
        held.add(new int[] {element, run.pc});
        run.held = held;
    }

    /** Releasing what the run does not own frees it all the same, and leaves interrupts alone. */
    void unlock(int element) {
        int cpu = w.agent(agent).cpu();
        w.interrupts[cpu] = run.heldAt(element) < 0 ? w.interrupts[cpu] : w.lockWord[cpu];
        w.change(element, e -> e.ownedBy(Element.NOBODY));
        run.held = run.held.stream().filter(h -> h[0] != element).toList();
    }

    // ---- beginning and end

    /** Starts the run on its CPU. */
    void start() {
        int cpu = w.agent(agent).cpu();
        List<Integer> stack = new ArrayList<>(w.stacks.get(cpu));
        stack.add(agent);
        w.stacks.set(cpu, List.copyOf(stack));
        run.status = Run.Status.UNDERWAY;
        run.interruptsBefore = w.interrupts[cpu];
        w.interrupts[cpu] &= w.agent(agent).level().compareTo(Setup.Level.HARDIRQ) < 0;
        stepper.begin();
        stepper.toVisible();
    }

    void end() {
        int cpu = w.agent(agent).cpu();
        List<Integer> stack = w.stacks.get(cpu);
        w.stacks.set(cpu, List.copyOf(stack.subList(0, stack.size() - 1)));
        w.interrupts[cpu] = run.interruptsBefore;
        w.runs[agent] = run.ended();
        for (int e = 0; e < w.elements.size(); e++) {
            w.change(e, x -> x.with(x.bytes().forgetting(agent)));
        }
    }

    /** Loads from which nothing comes any more are nobody's concern. */
    private void forgetLoads() {
        long used = 0;
        for (Value v : run.registers) {
            used |= v == null ? 0 : v.loads();
        }
        for (Run.Frame f : run.frames) {
            used |= f.stack().loads(0);
            for (Value v : f.saved()) {
                used |= v == null ? 0 : v.loads();
            }
            used |= Walks.loads(f.walk());
        }
        used |= Walks.loads(run.walk);
        used |= run.context.loads(0) | run.packet.loads(0) | Helpers.loads(run.call);
        for (Element e : w.elements) {
            used |= e.bytes().loads(agent);
        }
        List<Load> loads = new ArrayList<>(run.loads);
        for (int i = 0; i < loads.size(); i++) {
            loads.set(i, (used & 1L << i) == 0 ? GONE : loads.get(i));
        }
        run.loads = List.copyOf(loads);
    }

    static Place place(World w, int agent) {
        return new Place(w.agent(agent).program().name(), w.runs[agent].pc);
    }
}
