package bpfmc.explorer.locks;

import bpfmc.explorer.locks.LockScenario.Agent;
import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.model.lock.LockLayout;
import bpfmc.model.lock.LockMachine;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Agents that take locks step by step. A state holds the shared words, what each agent knows, and for fair locks the agents that
 * have got their place, in their order: whoever comes in before its turn leaves a mark.
 */
final class LockSystem implements TransitionSystem {
    /** The choice of an agent that gives up. */
    private static final int TIMEOUT = 1;

    private static final int OWNED = LockMachine.LOCALS;
    private static final int SECTIONS = OWNED + 1;
    private static final int RELEASING = OWNED + 2;
    /** Whether a section has begun, and with it irqsave; counts only where agents share a CPU. */
    private static final int BEGUN = OWNED + 3;
    /** How many numbers of a state are an agent's own. */
    static final int AGENT_WORDS = OWNED + 4;

    private final LockScenario scenario;
    private final LockMachine machine;
    private final int words;
    private final int agents;
    private final int queue;
    private final int width;
    private final int[] next;
    private final int[] shared;
    private final int[] local = new int[LockMachine.LOCALS];

    LockSystem(LockScenario scenario, LockMachine machine) {
        LockLayout layout = scenario.layout();
        this.scenario = scenario;
        this.machine = machine;
        this.words = layout.words();
        this.agents = scenario.agents().size();
        this.queue = words + agents * AGENT_WORDS;
        this.width = queue + 1 + (machine.fair() ? scenario.locks() * agents : 0);
        this.next = new int[width];
        this.shared = new int[words];
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void initial(int[] state) {
        Arrays.fill(state, 0);
    }

    @Override
    public void successors(int[] state, Successors sink) {
        for (int agent = 0; agent < agents; agent++) {
            if (!mayStep(state, agent)) {
                continue;
            }
            if (step(state, agent, false)) {
                sink.accept(agent, 0, next);
            }
            if (scenario.timeouts() && step(state, agent, true)) {
                sink.accept(agent, TIMEOUT, next);
            }
        }
    }

    /** {@return where in a state an agent's own numbers begin} */
    int at(int agent) {
        return words + agent * AGENT_WORDS;
    }

    /** {@return whether the agent has done all its sections, or has been refused a lock} */
    boolean finished(int[] state, int agent) {
        return state[at(agent) + SECTIONS] == scenario.agents().get(agent).sections();
    }

    private boolean underway(int[] state, int agent) {
        return state[at(agent) + BEGUN] != 0;
    }

    private boolean mayStep(int[] state, int agent) {
        if (finished(state, agent)) {
            return false;
        }
        Agent me = scenario.agents().get(agent);
        for (int other = 0; other < agents; other++) {
            Agent it = scenario.agents().get(other);
            if (other == agent || it.cpu() != me.cpu() || !underway(state, other)) {
                continue;
            }
            if (it.level() >= me.level() || me.masked() && !underway(state, agent)) {
                return false;
            }
        }
        return true;
    }

    /** Takes the agent's next step into {@code next}. @param late whether it is the one of giving up */
    private boolean step(int[] state, int agent, boolean late) {
        int at = at(agent);
        Agent me = scenario.agents().get(agent);
        if (begins(state, agent)) {
            if (late) {
                return false;
            }
            System.arraycopy(state, 0, next, 0, width);
            next[at + BEGUN] = 1;
            return true;
        }
        int owned = state[at + OWNED];
        boolean releasing = state[at + RELEASING] != 0;
        int lock = me.takes().get(releasing ? owned - 1 : owned);
        System.arraycopy(state, 0, shared, 0, words);
        System.arraycopy(state, at, local, 0, local.length);
        int before = local[LockMachine.PC];
        if (!(late ? machine.timeOut(shared, local, me.context(), lock) : machine.step(shared, local, me.context(), lock))) {
            return false;
        }
        System.arraycopy(state, 0, next, 0, width);
        System.arraycopy(shared, 0, next, 0, words);
        System.arraycopy(local, 0, next, at, local.length);
        int after = local[LockMachine.PC];
        if (releasing) {
            released(agent, after);
        } else {
            taken(agent, lock, before, after);
        }
        return true;
    }

    private boolean begins(int[] state, int agent) {
        int cpu = scenario.agents().get(agent).cpu();
        return state[at(agent) + BEGUN] == 0 && scenario.agents().count(a -> a.cpu() == cpu) > 1;
    }

    private void released(int agent, int after) {
        int at = at(agent);
        if (after == LockMachine.OUT) {
            next[at + OWNED]--;
            if (next[at + OWNED] > 0) {
                next[at] = LockMachine.IN;
            } else {
                next[at + RELEASING] = 0;
                next[at + BEGUN] = 0;
                next[at + SECTIONS]++;
            }
        }
    }

    private void taken(int agent, int lock, int before, int after) {
        int at = at(agent);
        Agent me = scenario.agents().get(agent);
        if (machine.fair()) {
            order(agent, lock, machine.queuedAt(before, after), after == LockMachine.IN, machine.givesUp(after));
        }
        if (after == LockMachine.REFUSED) {
            giveUp(at, me);
        } else if (after == LockMachine.IN) {
            next[at + OWNED]++;
            if (next[at + OWNED] == me.takes().size()) {
                next[at + RELEASING] = 1;
            } else {
                next[at] = LockMachine.OUT;
            }
        }
    }

    /** Releases what it owns and tries no further. */
    private void giveUp(int at, Agent me) {
        next[at + LockMachine.VALUE] = 0;
        if (next[at + OWNED] > 0) {
            next[at] = LockMachine.IN;
            next[at + RELEASING] = 1;
            next[at + SECTIONS] = me.sections() - 1;
        } else {
            next[at] = LockMachine.OUT;
            next[at + SECTIONS] = me.sections();
            next[at + BEGUN] = 0;
        }
    }

    private void order(int agent, int lock, boolean queued, boolean in, boolean gone) {
        int first = queue + 1 + lock * agents;
        if (queued) {
            int i = first;
            while (next[i] != 0) {
                i++;
            }
            next[i] = agent + 1;
        }
        if (in && next[first] != agent + 1) {
            next[queue] = 1;
        }
        if (in || gone) {
            int i = first;
            while (i < first + agents && next[i] != agent + 1) {
                i++;
            }
            for (; i < first + agents; i++) {
                next[i] = i + 1 < first + agents ? next[i + 1] : 0;
            }
        }
    }

    /** {@return a number for the agent's places in the queues of all locks} */
    int place(int[] state, int agent) {
        int places = 0;
        for (int i = queue + 1; i < width; i++) {
            places = state[i] == agent + 1 ? 31 * places + i : places;
        }
        return places;
    }

    /** Writes the queues with their agents renamed. */
    void renameQueue(int[] state, int[] result, IntUnaryOperator names) {
        result[queue] = state[queue];
        for (int i = queue + 1; i < width; i++) {
            result[i] = state[i] == 0 ? 0 : names.applyAsInt(state[i] - 1) + 1;
        }
    }

    // ---- for the properties and the trace

    /** {@return whether some agent came in before its turn} */
    boolean outOfOrder(int[] state) {
        return state[queue] != 0;
    }

    /** {@return whether two agents own one lock} */
    boolean shared(int[] state) {
        for (int a = 0; a < agents; a++) {
            for (int b = 0; b < a; b++) {
                for (int i = 0; i < owned(state, a); i++) {
                    for (int j = 0; j < owned(state, b); j++) {
                        if (scenario.agents().get(a).takes().get(i).equals(scenario.agents().get(b).takes().get(j))) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    private int owned(int[] state, int agent) {
        int at = at(agent);
        return state[at + OWNED] - (state[at + RELEASING] != 0 && machine.released(state[at]) ? 1 : 0);
    }

    /** {@return whether some agent has not finished} */
    boolean unfinished(int[] state) {
        for (int agent = 0; agent < agents; agent++) {
            if (!finished(state, agent)) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether no lock is owned or waited for, no queue node in use, and no lock noted as held} */
    boolean clean(int[] state) {
        LockLayout layout = scenario.layout();
        for (int lock = 0; lock < layout.locks(); lock++) {
            if (!machine.free(state[lock])) {
                return false;
            }
        }
        for (int cpu = 0; cpu < layout.cpus(); cpu++) {
            if (state[layout.count(cpu)] != 0 || state[layout.heldCount(cpu)] != 0) {
                return false;
            }
        }
        return true;
    }

    /** {@return what an agent does next} */
    String says(int[] state, int agent, int choice) {
        return finished(state, agent) ? "is done" : begins(state, agent) ? "begins a section"
                : machine.says(state[at(agent)]) + (choice == TIMEOUT ? ": too long, gives up" : "");
    }

    /** {@return the lock of the agent's next step} */
    int lock(int[] state, int agent) {
        int owned = state[at(agent) + OWNED];
        return scenario.agents().get(agent).takes().get(state[at(agent) + RELEASING] != 0 ? owned - 1 : owned);
    }
}
