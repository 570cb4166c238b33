package bpfmc.explorer.system;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.space.Actors;
import bpfmc.explorer.space.Successors;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.memory.ElementIds;
import bpfmc.model.memory.KeptContents;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.memory.Outcome;
import bpfmc.model.memory.StoreBuffer;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.thread.ThreadAutomaton;
import bpfmc.model.value.Value;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Automata times memory times CPUs: the transition system of a scenario. A state vector holds a node for each agent, and
 * a number for the bindings of each map, for the contents of each element, and for what waits in each store buffer; equal parts have equal numbers.
 *
 * <p>This is what others see of it; it is made of the {@link Dictionary}, the {@link Automata}, the CPU scheduler and the table of steps.
 */
public final class BpfSystem implements Actors {
    private final SystemParts parts;
    private final Scenario scenario;
    private final Automata automata;
    private final CpuScheduler scheduler;
    private final SilentSteps silent;
    private final StepTable table;
    private final Steps steps;
    private final EarlyReads earlyReads;
    private final boolean forgets;
    private final ImmutableList<Outcome.Change> initially;

    /** @param width components of a state vector; {@link StateLayout.TooNarrow} is thrown when that is not enough */
    BpfSystem(Scenario scenario, Memory recall, int width, KeptContents kept) {
        this.parts = SystemParts.of(scenario, recall, width, kept);
        this.scenario = scenario;
        this.automata = parts.automata();
        this.scheduler = parts.scheduler();
        this.silent = new SilentSteps(parts);
        this.table = new StepTable(parts, silent);
        this.forgets = recall == Memory.FORGETTING;
        this.steps = new Steps(parts, table, forgets);
        this.earlyReads = new EarlyReads(parts);
        this.initially = parts.memory().initially(scenario.start().contents(), scenario.cpus());
    }

    private BpfSystem(BpfSystem original) {
        this.parts = original.parts.draft();
        this.scenario = original.scenario;
        this.automata = parts.automata();
        this.scheduler = parts.scheduler();
        this.silent = original.silent.draft(parts);
        this.table = original.table.draft(parts, silent);
        this.forgets = original.forgets;
        this.steps = new Steps(parts, table, forgets);
        this.earlyReads = new EarlyReads(parts);
        this.initially = original.initially;
    }

    /**
     * {@return this system for a thread that helps} It may be used only while nobody uses this one; what has no number yet it marks in its
     * {@link #dictionary}, which is a draft of this one's.
     */
    public BpfSystem helper() {
        return new BpfSystem(this);
    }

    /** {@return what the numbers in states stand for} */
    public Dictionary dictionary() {
        return parts.dictionary();
    }

    /** {@return the automata of the agents} */
    public Automata automata() {
        return automata;
    }

    // ---- the transition system

    @Override
    public int width() {
        return dictionary().layout().width();
    }

    @Override
    public long named() {
        return dictionary().named();
    }

    @Override
    public void initial(int[] state) {
        Arrays.fill(state, 0);
        for (int agent = 0; agent < automata.agents(); agent++) {
            state[agent] = silent.first(agent);
        }
        initially.each(change -> state[table.component(change)] = table.number(change));
    }

    @Override
    public void successors(int[] state, Successors sink) {
        for (int agent = 0; agent < automata.agents(); agent++) {
            steps.of(state, agent, sink);
        }
        for (int cpu = 0; cpu < buffers(); cpu++) {
            steps.ofBuffer(state, cpu, sink);
        }
    }

    /** {@return the agents, and behind them the store buffers of the CPUs, where there are any} */
    @Override
    public int actors() {
        return automata.agents() + buffers();
    }

    @Override
    public void successors(int[] state, int actor, Successors sink) {
        if (isAgent(actor)) {
            steps.of(state, actor, sink);
        } else {
            steps.ofBuffer(state, bufferOf(actor), sink);
        }
    }

    /** {@return whether an actor is an agent, and not a store buffer} */
    public boolean isAgent(int actor) {
        return actor < automata.agents();
    }

    /** {@return the CPU whose store buffer the actor is} */
    public int bufferOf(int actor) {
        return actor - automata.agents();
    }

    /** {@return how many store buffers there are, one for each CPU or none} */
    public int buffers() {
        return dictionary().layout().buffers();
    }

    /** {@return what a CPU has stored that others do not see yet} */
    public StoreBuffer buffer(int[] state, int cpu) {
        return dictionary().buffers().value(state[dictionary().layout().buffer(cpu)]);
    }

    /** {@return whether an actor has to go on where one is let go on after the other: first what has been stored becomes visible, then the agents follow} */
    public boolean underwayAlone(int[] state, int actor) {
        if (!isAgent(actor)) {
            return !buffer(state, bufferOf(actor)).isEmpty();
        }
        for (int cpu = 0; cpu < buffers(); cpu++) {
            if (!buffer(state, cpu).isEmpty()) {
                return false;
            }
        }
        return underway(state, actor);
    }

    /** {@return why what follows from the agent's next step may be more than is followed; empty when it is not} */
    public Optional<String> unfollowed(int[] state, int agent) {
        if (buffers() == 0 || !canStep(state, agent)) {
            return Optional.empty();
        }
        Node node = node(state, agent);
        boolean early = memory().readsEarly(node.operation(), parts.agent(agent, node.state()), view(state)) && earlyReads.noticed(state, agent);
        return early ? Optional.of("under --memory-model tso, a read that may come before others see what the helper call before it has changed")
                : memory().unfollowed(node.operation());
    }

    // ---- who can step

    /** {@return whether the agent can take a step} */
    public boolean canStep(int[] state, int agent) {
        return scheduler.mayStep(state, agent) && table.of(agent, state).length > 0;
    }

    /** {@return whether the agent has its CPU but must wait for others before what it stands before can happen} */
    public boolean blocked(int[] state, int agent) {
        return scheduler.mayStep(state, agent) && !(node(state, agent).operation() instanceof VisibleOperation.Unsupported)
                && table.of(agent, state).length == 0;
    }

    /**
     * {@return whether some agent has its CPU and waits for nobody, but every answer contradicts what it knows} No run comes to such a
     * state, which was not clear when its conditions were met: it is no end of anything.
     */
    public boolean contradicted(int[] state) {
        for (int agent = 0; agent < automata.agents(); agent++) {
            if (scheduler.mayStep(state, agent) && !skipped(state, agent) && table.of(agent, state).length == 0
                    && memory().step(node(state, agent).operation(), parts.agent(agent, node(state, agent).state()), view(state)).notEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** {@return who owns the lock, -1 when nobody does} */
    public int owner(int[] state, VisibleOperation.Acquire lock) {
        return view(state).element(lock.element().slot()).owner(lock.offset());
    }

    /** {@return whether the agent has begun, or can begin at once, and has not ended; it may be suspended} */
    public boolean active(int[] state, int agent) {
        return !node(state, agent).ended() && begun(state, agent);
    }

    /** {@return whether the agent has begun, or can begin at once, so that its private state counts} */
    public boolean begun(int[] state, int agent) {
        return scheduler.begun(state, agent);
    }

    /** {@return whether the agent has taken a step and has not ended} */
    public boolean underway(int[] state, int agent) {
        return silent.underway(state, agent);
    }

    /** {@return whether the agent's run begins the same way whatever its inputs are, and so has no step of its own to start} */
    public boolean startsAtOnce(int agent) {
        return silent.first(agent) != ThreadAutomaton.START;
    }

    /** {@return whether the agent, were it to start now, would be sent away by the guard against recursion} */
    public boolean skipped(int[] state, int agent) {
        return table.skipped(state, agent);
    }

    /** {@return the agents under way on the CPU of this one, from the bottom of the stack to the top} */
    public int[] stack(int[] state, int agent) {
        return scheduler.stack(state, agent);
    }

    // ---- what is in a state

    /** {@return the scenario} */
    public Scenario scenario() {
        return scenario;
    }

    /** {@return the number of the agent's automaton; agents that run the same program share one} */
    public int automaton(int agent) {
        return automata.number(agent);
    }

    /** {@return the node that the agent stands at} */
    public Node node(int[] state, int agent) {
        return automata.node(state, agent);
    }

    /** {@return the agent's run in this private state} */
    public Run run(int agent, int node) {
        return new Run(scenario.agents().get(agent).program(), automata.node(agent, node).state(), slots());
    }

    /** {@return the shared memory of a state, and what others have to do with it; only good until the array changes} */
    public MemoryModel.View view(int[] state) {
        return new MemoryView(parts, silent, state);
    }

    /** {@return the state to look at; only good until the array changes} */
    public Snapshot snapshot(int[] state) {
        return new SystemSnapshot(parts, view(state), state);
    }

    /** {@return which contents of maps are a part of a state} */
    public KeptContents kept() {
        return parts.kept();
    }

    /** {@return which element is which} */
    public ElementIds slots() {
        return dictionary().slots();
    }

    /** {@return every element that was ever changed} */
    public ImmutableList<Integer> touchedElements() {
        return Lists.immutable.withAll(dictionary().layout().slots());
    }

    // ---- what steps do

    /** {@return what every visible operation does, and where elements are found} */
    public MemoryModel memory() {
        return parts.memory();
    }

    /** {@return what memory holds before the first step, where that is known} */
    public ImmutableList<Outcome.Change> initially() {
        return initially;
    }

    /** {@return what the agent's program is run with} */
    public RunConfig config(int agent) {
        return automata.config(agent);
    }

    /** {@return whether nobody can notice the agent's operation or change its answer, so that it is no step} */
    public boolean silent(int agent, VisibleOperation operation) {
        return silent.silent(agent, operation);
    }

    /** {@return in which ways the agent's next step can come out} */
    Effect[] effects(int agent, int[] state) {
        return table.of(agent, state);
    }

    /** {@return the effect of a step} */
    public Effect effect(int[] state, int actor, int choice) {
        return isAgent(actor) ? table.of(actor, state)[choice] : table.drain(bufferOf(actor), state);
    }

    /** {@return whether the agent stands before a map update} */
    boolean updates(int[] state, int agent) {
        return node(state, agent).operation() instanceof VisibleOperation.Update;
    }

    /** {@return what the agent learns by a step} */
    public Answer answer(int[] state, int agent, int choice) {
        return effect(state, agent, choice).outcome().answer();
    }

    /** {@return what the agent's next step does to a lock that is taken or released in several steps; empty for all others} */
    public String says(int[] state, int agent) {
        return memory().says(node(state, agent).operation());
    }

    /** {@return what a step means to the runs besides the memory it changes} */
    public ImmutableList<Invalidation> notices(int[] state, int agent, int choice) {
        return effect(state, agent, choice).notices();
    }

    // ---- how much there is

    /** {@return how many private states the agents' automata have, each automaton counted once} */
    public int privateStates() {
        return automata.all().stream().mapToInt(ThreadAutomaton::size).sum();
    }

    /** {@return how many private states an agent's automaton has; agents that run alike share one} */
    public int privateStates(int agent) {
        return automata.of(agent).size();
    }

    /** {@return at how many places and with how many answers, so far, a lookup in the map has found an element, or none} */
    public int lookups(int map, boolean found) {
        return (int) automata.all().stream().mapToLong(a -> a.answers(operation -> looksUp(operation, map),
                answer -> answer instanceof Answer.Of of && of.value() instanceof Value.Pointer == found)).sum();
    }

    private static boolean looksUp(VisibleOperation operation, int map) {
        return operation instanceof VisibleOperation.Lookup l && l.map() == map || operation instanceof VisibleOperation.LookupOnCpu c && c.map() == map
                || operation instanceof VisibleOperation.Walk w && w.map() == map;
    }
}
