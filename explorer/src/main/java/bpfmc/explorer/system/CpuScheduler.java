package bpfmc.explorer.system;

import bpfmc.explorer.scenario.CpuRules.Preemption;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.ExecutionContext;
import bpfmc.model.kernel.ExecutionContexts;
import bpfmc.model.kernel.LockIrqMode;
import bpfmc.model.kernel.Masking;
import bpfmc.model.kernel.RecursionGuard;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.step.LockCall;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.thread.ThreadAutomaton;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Who has the CPU. Each CPU holds a stack of agents that have started and not ended; only the top one steps, and an agent
 * of a higher rank may start on top unless what lies below keeps it away.
 *
 * <p>The stack is not stored: ranks rise with levels, so of the agents under way on a CPU the one of the highest rank is
 * on top, and whether an agent is under way shows in its node. For that the start is a step of its own on every CPU with
 * several ranks: an agent that waits for a lock as the first thing it does has started all the same, and the one below it
 * waits too.
 *
 * <p>An agent that stands before the first step of an acquire can be interrupted, also under {@link LockIrqMode#IRQSAVE}: the interrupt came
 * just before the CPU switched interrupts off to wait. No state tells that from an interrupt of the wait itself, as
 * an agent that has not started owns nothing that anybody could wait for.
 */
final class CpuScheduler {
    private final Scenario scenario;
    private final Automata nodes;
    private final ExecutionContext[] contexts;
    private final boolean[] stacked;
    private final int[] predecessor;
    private final int[][] below;
    private final int[][] above;
    private final int[][] guards;

    CpuScheduler(Scenario scenario, Automata nodes) {
        int agents = scenario.agents().size();
        this.scenario = scenario;
        this.nodes = nodes;
        this.contexts = scenario.agents().collect(a -> ExecutionContexts.of(a.program().section())).toArray(new ExecutionContext[agents]);
        this.stacked = new boolean[agents];
        this.predecessor = new int[agents];
        this.below = new int[agents][];
        this.above = new int[agents][];
        this.guards = new int[agents][];
        for (int i = 0; i < agents; i++) {
            AgentPlace own = place(i);
            int before = i;
            predecessor[i] = IntStream.range(0, before).filter(j -> neighbour(j, own) && place(j).rank() == own.rank()).max().orElse(-1);
            below[i] = neighbours(own, j -> place(j).rank() < own.rank());
            above[i] = neighbours(own, j -> place(j).rank() > own.rank());
            guards[i] = neighbours(own, j -> place(j).rank() < own.rank() && guarded(before, j));
            stacked[i] = below[i].length + above[i].length > 0;
        }
    }

    private AgentPlace place(int agent) {
        return scenario.agents().get(agent);
    }

    private boolean neighbour(int agent, AgentPlace other) {
        return place(agent).cpu() == other.cpu();
    }

    private int[] neighbours(AgentPlace own, IntPredicate which) {
        return IntStream.range(0, scenario.agents().size()).filter(j -> neighbour(j, own)).filter(which).toArray();
    }

    /** {@return whether the agent shares its CPU with agents of other ranks, so that its start is a step of its own} */
    boolean stacked(int agent) {
        return stacked[agent];
    }

    /** {@return whether another agent of the scenario may come on top of this one} */
    boolean interruptible(int agent) {
        return above[agent].length > 0;
    }

    /** {@return whether the agent has begun, or can begin at once, so that its private state counts; also after its end} */
    boolean begun(int[] state, int agent) {
        return stacked[agent] ? state[agent] != ThreadAutomaton.START : turn(state, agent);
    }

    /** {@return whether those before the agent have ended} */
    private boolean turn(int[] state, int agent) {
        int before = predecessor[agent];
        return before < 0 || nodes.node(state, before).ended();
    }

    /** {@return whether the agent may step now, if what it stands before lets it} */
    boolean mayStep(int[] state, int agent) {
        if (nodes.node(state, agent).ended() || !turn(state, agent)) {
            return false;
        }
        if (!stacked[agent]) {
            return true;
        }
        for (int other : above[agent]) {
            if (underway(state, other)) {
                return false;
            }
        }
        return state[agent] != ThreadAutomaton.START || mayStart(state, agent);
    }

    private boolean mayStart(int[] state, int agent) {
        for (int other : below[agent]) {
            if (underway(state, other) && !admits(other, nodes.node(state, other).state(), agent, begun(nodes.node(state, other)))) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether an agent of a CPU with several ranks has started and not ended} */
    private boolean underway(int[] state, int agent) {
        return state[agent] != ThreadAutomaton.START && !nodes.node(state, agent).ended();
    }

    private static boolean begun(Node node) {
        return node.operation() instanceof VisibleOperation.Acquire a && a.progress().begun();
    }

    /** {@return whether the agent, which stands before taking a lock, may be waiting for it: what is on top of it could come then too} */
    boolean mayWait(int[] state, int agent) {
        int above = above(state, agent);
        return above < 0 || admits(agent, nodes.node(state, agent).state(), above, true);
    }

    /** {@return whether {@code agent} can come on top of {@code lower} in this private state} @param locking whether that is taking a lock */
    private boolean admits(int lower, PrivateState run, int agent, boolean locking) {
        ContextLevel level = place(agent).level();
        if (level == ContextLevel.NMI) {
            return true;
        }
        Masking masking = contexts[lower].masking();
        if (level == place(lower).level()) {
            return scenario.rules().preemption() == Preemption.TASKS && masking == Masking.NOTHING && !run.flags().noPreemption()
                    && run.held().noneSatisfy(h -> h.ofProgram() || h.ofBucket()) && !locking && !softirqsOff(lower);
        }
        return !run.flags().irqsOff() && !(locking && masksInterrupts(((VisibleOperation.Acquire) run.operation()).call())) && !(level == ContextLevel.SOFTIRQ && softirqsOff(lower));
    }

    /** {@return whether interrupts are off from before the first step of taking a lock} */
    private boolean masksInterrupts(LockCall call) {
        return switch (call) {
            case LockCall.Plain p -> scenario.rules().discipline() == LockIrqMode.IRQSAVE;
            case LockCall.Saving s -> true;
            case LockCall.Resilient r -> false;
            case LockCall.Restoring r -> false;
        };
    }

    private boolean softirqsOff(int agent) {
        return scenario.rules().discipline() == LockIrqMode.SOFTIRQS_OFF && place(agent).program().section().type().networking();
    }

    /** {@return whether the agent, were it to start now, would be sent away by the guard against recursion and not run at all} */
    boolean skipped(int[] state, int agent) {
        for (int other : guards[agent]) {
            if (underway(state, other)) {
                return true;
            }
        }
        return false;
    }

    private boolean guarded(int agent, int lower) {
        return switch (contexts[agent].guard()) {
            case NONE -> false;
            case PER_CPU -> contexts[lower].guard() == RecursionGuard.PER_CPU;
            case PER_PROGRAM -> place(lower).program() == place(agent).program();
        };
    }

    /** {@return the agent next above this one in the stack of its CPU, -1 when there is none} */
    int above(int[] state, int agent) {
        for (int other : above[agent]) {
            if (underway(state, other)) {
                return other;
            }
        }
        return -1;
    }

    /** {@return the agents under way on the CPU of this one, from the bottom of the stack to the top} */
    int[] stack(int[] state, int agent) {
        return IntStream.range(0, scenario.agents().size()).filter(j -> neighbour(j, place(agent)))
                .filter(j -> stacked[j] ? underway(state, j) : j == agent).toArray();
    }
}
