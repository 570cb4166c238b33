package bpfmc.explorer.secondopinion.enumerator;

import bpfmc.explorer.secondopinion.enumerator.Program.Link;
import java.util.ArrayList;
import java.util.List;

/**
 * bpf_res_spin_lock and bpf_res_spin_unlock (kernel/bpf/rqspinlock.c). A free lock is taken. Whoever asks for a lock that somebody has may time out; and is told of a deadlock when his CPU
 * has it or has asked for it, or when what the owner's CPU has asked for last is something that his CPU has or has asked for. Who stands before asking may have asked.
 */
final class Resilient {
    private static final String LOCK = "bpf_res_spin_lock";
    private static final String UNLOCK = "bpf_res_spin_unlock";
    private static final long EDEADLK = -35;
    private static final long ETIMEDOUT = -110;

    private Resilient() {}

    static boolean concerns(Program program, int slot) {
        return program.links().get(slot) instanceof Link.OfKfunc f && (f.name().equals(LOCK) || f.name().equals(UNLOCK));
    }

    private static boolean locks(Program program, int slot) {
        return program.links().get(slot) instanceof Link.OfKfunc f && f.name().equals(LOCK);
    }

    static Op standing(World w, int agent) {
        Run run = w.runs[agent];
        int element = run.get(1).id();
        return locks(w.agent(agent).program(), run.pc) ? new Op.Lock(element, true) : new Op.Unlock(element);
    }

    static void step(World w, int agent, Stepper s) {
        Run run = w.mine(agent);
        switch (standing(w, agent)) {
            case Op.Lock l -> Helpers.finish(run, Value.number(take(w, agent, l.element(), s), 0));
            case Op.Unlock u -> {
                w.change(u.element(), e -> e.ownedBy(Element.NOBODY));
                run.held = run.held.stream().filter(h -> h[0] != u.element()).toList();
                Helpers.finish(run, Value.ZERO);
            }
            case Op op -> throw new IllegalStateException("stands before " + op);
        }
    }

    private static long take(World w, int agent, int element, Stepper s) {
        Run run = w.mine(agent);
        int owner = w.elements.get(element).owner();
        if (owner == Element.NOBODY) {
            w.change(element, e -> e.ownedBy(agent));
            List<int[]> held = new ArrayList<>(run.held);
            held.add(new int[] {element, run.pc});
            run.held = held;
            return 0;
        }
        int own = w.agent(agent).cpu();
        int other = w.agent(owner).cpu();
        if (own == other) {
            return EDEADLK;
        }
        boolean deadlock = mayHave(w, own, agent, element);
        for (int latest : latest(w, other)) {
            deadlock |= latest != element && mayHave(w, own, agent, latest);
        }
        return deadlock && s.choices().of(2) == 1 ? EDEADLK : ETIMEDOUT;
    }

    /** {@return whether the CPU has the lock, or one of its runs but this one may have asked for it} */
    private static boolean mayHave(World w, int cpu, int but, int element) {
        return w.stacks.get(cpu).stream().anyMatch(a -> has(w, a).contains(element) || a != but && wants(w, a) == element);
    }

    private static List<Integer> latest(World w, int cpu) {
        List<Integer> latest = new ArrayList<>();
        for (int agent : w.stacks.get(cpu).reversed()) {
            if (wants(w, agent) >= 0) {
                latest.add(wants(w, agent));
            }
            if (!has(w, agent).isEmpty()) {
                latest.add(has(w, agent).getLast());
                break;
            }
        }
        return latest;
    }

    private static List<Integer> has(World w, int agent) {
        return w.runs[agent].held.stream().map(h -> h[0]).filter(e -> w.mapOf(e).resilient()).toList();
    }

    private static int wants(World w, int agent) {
        return Kernel.standing(w, agent) instanceof Op.Lock l && l.resilient() ? l.element() : -1;
    }
}
