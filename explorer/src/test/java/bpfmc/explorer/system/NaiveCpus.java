package bpfmc.explorer.system;

import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.CpuRules.Preemption;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.LockIrqMode;
import bpfmc.model.lock.LockTimeouts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * CPUs as a kernel developer would write them down: an interrupt flag, a flags word, a preemption count, a count of
 * programs under way, and a stack of runs. Concrete bytes, every interleaving; shares nothing with the explorer.
 */
final class NaiveCpus {
    static final int CELLS = 4;
    static final int LOCKS = 2;

    /** One step. @param where cell or lock @param number added by a load; how many steps to skip where a resilient lock is refused */
    record Op(Kind kind, int where, int number) {
        enum Kind { LOAD, STORE, LOCK, UNLOCK, IRQ_SAVE, IRQ_RESTORE, PREEMPT_OFF, PREEMPT_ON, TRY, TRY_IRQ, RELEASE, RELEASE_IRQ }

        boolean tries() {
            return kind == Kind.TRY || kind == Kind.TRY_IRQ;
        }
    }

    /** How waiting for a resilient lock ends. */
    private enum Wait { TAKEN, DEADLOCK, TIMEOUT }

    static final int EDEADLK = -35;
    static final int ETIMEDOUT = -110;

    enum Guard { NONE, CPU, PROGRAM }

    /** What the kernel does around a program. @param preemptOff while it runs @param irqsOff likewise */
    record Around(boolean networking, boolean preemptOff, boolean irqsOff, Guard guard) {}

    record Program(int id, Around around, List<Op> ops) {}

    record Run(Program program, int cpu, ContextLevel level, int rank) {}

    /** How acquiring goes: at once, or first interrupts off and then the wait, as in the kernel. */
    enum Acquiring { ONE_STEP, TWO_STEPS }

    /** How everything ended. @param runs "done", "off" (with interrupts off), "new", "underway" */
    record End(List<Integer> cells, List<String> runs) {
        boolean stuck() {
            return runs.contains("underway");
        }
    }

    private static final int NEW = -1;
    private static final int DONE = -2;
    private static final int OFF = -3;

    private final List<Run> runs;
    private final int cpus;
    private final CpuRules rules;
    private final Acquiring acquiring;
    private final Set<End> ends = new HashSet<>();

    NaiveCpus(List<Run> runs, int cpus, CpuRules rules, Acquiring acquiring) {
        this.runs = runs;
        this.cpus = cpus;
        this.rules = rules;
        this.acquiring = acquiring;
    }

    Set<End> ends() {
        Set<String> seen = new HashSet<>();
        Deque<World> open = new ArrayDeque<>();
        open.push(new World(runs.size(), cpus));
        while (!open.isEmpty()) {
            World world = open.pop();
            if (seen.add(world.toString())) {
                List<World> next = next(world);
                open.addAll(next);
                if (next.isEmpty()) {
                    ends.add(world.end());
                }
            }
        }
        return ends;
    }

    private List<World> next(World world) {
        List<World> next = new ArrayList<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            List<Integer> stack = world.stacks.get(cpu);
            if (!stack.isEmpty()) {
                for (Wait way : Wait.values()) {
                    World after = new World(world);
                    if (step(after, stack.getLast(), way)) {
                        next.add(after);
                    }
                }
            }
        }
        for (int run = 0; run < runs.size(); run++) {
            if (world.at[run] == NEW && mayStart(world, run)) {
                World after = new World(world);
                start(after, run);
                next.add(after);
            }
        }
        return next;
    }

    private boolean mayStart(World w, int run) {
        Run r = runs.get(run);
        List<Integer> stack = w.stacks.get(r.cpu());
        if (stack.isEmpty()) {
            return true;
        }
        Run top = runs.get(stack.getLast());
        boolean on = w.irqs[r.cpu()];
        if (r.level() == top.level()) {
            return r.rank() > top.rank() && rules.preemption() == Preemption.TASKS && on && w.preempt[r.cpu()] == 0 && w.softirqsOff[r.cpu()] == 0;
        }
        return r.level().compareTo(top.level()) > 0 && switch (r.level()) {
            case TASK -> false;
            case SOFTIRQ -> on && w.softirqsOff[r.cpu()] == 0;
            case HARDIRQ -> on;
            case NMI -> true;
        };
    }

    private void start(World w, int run) {
        Run r = runs.get(run);
        Around around = r.program().around();
        for (int below : w.stacks.get(r.cpu())) {
            Program other = runs.get(below).program();
            if (around.guard() == Guard.CPU && other.around().guard() == Guard.CPU || around.guard() == Guard.PROGRAM && other.id() == r.program().id()) {
                w.at[run] = DONE;
                return;
            }
        }
        w.stacks.get(r.cpu()).add(run);
        w.irqsBefore[run] = w.irqs[r.cpu()];
        w.irqs[r.cpu()] &= r.level().compareTo(ContextLevel.HARDIRQ) < 0 && !around.irqsOff();
        w.irqsFound[run] = w.irqs[r.cpu()];
        w.preempt[r.cpu()] += around.preemptOff() ? 1 : 0;
        w.softirqsOff[r.cpu()] += bhOff(r) ? 1 : 0;
        w.at[run] = 0;
        endIfOver(w, run);
    }

    private boolean bhOff(Run r) {
        return rules.discipline() == LockIrqMode.SOFTIRQS_OFF && r.program().around().networking();
    }

    private void endIfOver(World w, int run) {
        Run r = runs.get(run);
        if (w.at[run] < r.program().ops().size()) {
            return;
        }
        w.at[run] = w.irqs[r.cpu()] == w.irqsFound[run] ? DONE : OFF;
        w.irqs[r.cpu()] = w.irqsBefore[run];
        w.preempt[r.cpu()] -= r.program().around().preemptOff() ? 1 : 0;
        w.softirqsOff[r.cpu()] -= bhOff(r) ? 1 : 0;
        w.stacks.get(r.cpu()).removeLast();
        w.registers[run] = 0;
    }

    /** {@return whether the run can take its next step, and has} */
    private boolean step(World w, int run, Wait way) {
        Run r = runs.get(run);
        int cpu = r.cpu();
        Op op = r.program().ops().get(w.at[run]);
        boolean irqsave = rules.discipline() == LockIrqMode.IRQSAVE;
        if (op.tries()) {
            return attempt(w, run, op, way);
        } else if (way != Wait.TAKEN) {
            return false;
        }
        switch (op.kind()) {
            case LOAD -> w.registers[run] = w.cells[op.where()] + op.number();
            case STORE -> w.cells[op.where()] = w.registers[run] & 0xff;
            case LOCK -> {
                if (!w.waiting[run] && acquiring == Acquiring.TWO_STEPS) {
                    prepare(w, run, cpu, irqsave);
                    w.waiting[run] = true;
                    return true;
                }
                if (w.owners[op.where()] >= 0) {
                    return false;
                }
                if (!w.waiting[run]) {
                    prepare(w, run, cpu, irqsave);
                }
                w.waiting[run] = false;
                w.owners[op.where()] = run;
                w.word[cpu] = irqsave ? w.flags[run] : w.word[cpu];
            }
            case UNLOCK -> {
                boolean flags = w.word[cpu];
                w.owners[op.where()] = -1;
                w.irqs[cpu] = irqsave ? flags : w.irqs[cpu];
                w.preempt[cpu] -= 1;
            }
            case IRQ_SAVE -> {
                w.saved[run] = w.irqs[cpu];
                w.irqs[cpu] = false;
            }
            case IRQ_RESTORE -> w.irqs[cpu] = w.saved[run];
            case PREEMPT_OFF -> w.preempt[cpu]++;
            case PREEMPT_ON -> w.preempt[cpu]--;
            case RELEASE, RELEASE_IRQ -> {
                w.owners[LOCKS + op.where()] = -1;
                w.tables.get(cpu).removeLast();
                w.irqs[cpu] = op.kind() == Op.Kind.RELEASE ? w.irqs[cpu] : w.savedByLock[run][op.where()];
                w.preempt[cpu]--;
            }
            case TRY, TRY_IRQ -> throw new IllegalStateException();
        }
        w.at[run]++;
        endIfOver(w, run);
        return true;
    }

    /** bpf_res_spin_lock: notes the lock in the table of the CPU, then takes it, or is refused and takes it off the table. */
    private boolean attempt(World w, int run, Op op, Wait way) {
        int cpu = runs.get(run).cpu();
        List<Integer> table = w.tables.get(cpu);
        boolean irq = op.kind() == Op.Kind.TRY_IRQ;
        if (!w.waiting[run]) {
            w.flags[run] = w.irqs[cpu];
            w.irqs[cpu] &= !irq;
            w.preempt[cpu]++;
            table.add(op.where());
            w.waiting[run] = true;
            return way == Wait.TAKEN;
        }
        boolean free = w.owners[LOCKS + op.where()] < 0;
        List<Integer> had = table.subList(0, table.size() - 1);
        boolean own = had.contains(op.where());
        w.waiting[run] = false;
        if (way == Wait.TAKEN && free) {
            w.owners[LOCKS + op.where()] = run;
            w.savedByLock[run][op.where()] = irq ? w.flags[run] : w.savedByLock[run][op.where()];
            w.at[run]++;
            return true;
        }
        if (free || way == Wait.TAKEN || way == Wait.DEADLOCK && !own && !crossed(w, cpu, op.where(), had)
                || way == Wait.TIMEOUT && (own || rules.timeouts() == LockTimeouts.NEVER)) {
            return false;
        }
        table.removeLast();
        w.irqs[cpu] = irq ? w.flags[run] : w.irqs[cpu];
        w.preempt[cpu]--;
        w.registers[run] = way == Wait.DEADLOCK ? EDEADLK : ETIMEDOUT;
        w.at[run] += op.number();
        endIfOver(w, run);
        return true;
    }

    /** check_deadlock_ABBA of kernel/bpf/rqspinlock.c. */
    private boolean crossed(World w, int cpu, int lock, List<Integer> had) {
        for (int other = 0; other < cpus; other++) {
            List<Integer> table = w.tables.get(other);
            if (other != cpu && table.size() >= 2 && table.subList(0, table.size() - 1).contains(lock) && had.contains(table.getLast())) {
                return true;
            }
        }
        return false;
    }

    private static void prepare(World w, int run, int cpu, boolean irqsave) {
        w.flags[run] = w.irqs[cpu];
        w.irqs[cpu] &= !irqsave;
        w.preempt[cpu]++;
    }

    private static final class World {
        final int[] at;
        final int[] registers;
        final boolean[] waiting;
        final boolean[] flags;
        final boolean[] saved;
        final boolean[] irqsBefore;
        final boolean[] irqsFound;
        final boolean[] irqs;
        final boolean[] word;
        final int[] preempt;
        final int[] softirqsOff;
        /** Of plain locks, then of resilient ones. */
        final int[] owners = new int[2 * LOCKS];
        final boolean[][] savedByLock;
        /** Resilient locks that a CPU has or wants. */
        final List<List<Integer>> tables = new ArrayList<>();
        final int[] cells = new int[CELLS];
        final List<List<Integer>> stacks = new ArrayList<>();

        World(int runs, int cpus) {
            at = new int[runs];
            Arrays.fill(at, NEW);
            registers = new int[runs];
            waiting = new boolean[runs];
            flags = new boolean[runs];
            saved = new boolean[runs];
            irqsBefore = new boolean[runs];
            irqsFound = new boolean[runs];
            irqs = new boolean[cpus];
            Arrays.fill(irqs, true);
            word = new boolean[cpus];
            preempt = new int[cpus];
            softirqsOff = new int[cpus];
            Arrays.fill(owners, -1);
            for (int cpu = 0; cpu < cpus; cpu++) {
                stacks.add(new ArrayList<>());
                tables.add(new ArrayList<>());
            }
            savedByLock = new boolean[runs][LOCKS];
        }

        World(World w) {
            at = w.at.clone();
            registers = w.registers.clone();
            waiting = w.waiting.clone();
            flags = w.flags.clone();
            saved = w.saved.clone();
            irqsBefore = w.irqsBefore.clone();
            irqsFound = w.irqsFound.clone();
            irqs = w.irqs.clone();
            word = w.word.clone();
            preempt = w.preempt.clone();
            softirqsOff = w.softirqsOff.clone();
            System.arraycopy(w.owners, 0, owners, 0, 2 * LOCKS);
            savedByLock = Arrays.stream(w.savedByLock).map(boolean[]::clone).toArray(boolean[][]::new);
            w.tables.forEach(t -> tables.add(new ArrayList<>(t)));
            System.arraycopy(w.cells, 0, cells, 0, CELLS);
            w.stacks.forEach(s -> stacks.add(new ArrayList<>(s)));
        }

        End end() {
            return new End(Arrays.stream(cells).boxed().toList(), Arrays.stream(at).mapToObj(a -> switch (a) {
                case NEW -> "new";
                case DONE -> "done";
                case OFF -> "off";
                default -> "underway";
            }).toList());
        }

        @Override
        public String toString() {
            return Arrays.toString(at) + Arrays.toString(registers) + Arrays.toString(waiting) + Arrays.toString(flags) + Arrays.toString(saved)
                    + Arrays.toString(irqsBefore) + Arrays.toString(irqsFound) + Arrays.toString(irqs) + Arrays.toString(word)
                    + Arrays.toString(preempt) + Arrays.toString(softirqsOff) + Arrays.toString(owners) + Arrays.toString(cells) + stacks + tables + Arrays.deepToString(savedByLock);
        }
    }
}
