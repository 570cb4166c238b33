package bpfmc.explorer.system;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.space.Actors;
import bpfmc.explorer.space.Selection;
import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.Symmetry;
import bpfmc.model.Reading;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.LockIrqMode;
import bpfmc.model.kernel.Masking;
import bpfmc.model.machine.InputRange;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.ElementIds;
import bpfmc.model.memory.KeptContents;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.memory.Outcome;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.thread.ThreadAutomaton;
import bpfmc.model.value.Key;
import bpfmc.model.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.api.list.primitive.IntList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * Automata times memory times CPUs: the transition system of a scenario. A state vector holds a node for each agent, and
 * a number for the bindings of each map and for the contents of each element; equal parts have equal numbers. What an
 * agent's step does depends on its node and, mostly, on one other component, so it is computed once for each such pair.
 */
public final class BpfSystem implements Actors {
    private static final int NODE_BITS = 24;
    private static final int VALUE_BITS = 31;

    private final Scenario scenario;
    private final Memory recall;
    private final ElementIds slots;
    private final MemoryModel memory;
    private final StateLayout layout;
    private final ThreadAutomaton[] automata;
    private final List<NodeTable> tables = new ArrayList<>();
    private final NodeTable[] tableOf;
    private final int[] nodesOf;
    private final CpuScheduler occupancy;
    private final int[] firstNode;
    private final Interned<Element> elements = new Interned<>(Element.UNTOUCHED);
    private final Interned<KeyPartition> bindings = new Interned<>(KeyPartition.NONE);
    private final Interned<ImmutableIntList> cpuWords = new Interned<>(IntLists.immutable.empty());
    private final EffectTable effects = new EffectTable();
    private final Steps steps;
    private final ImmutableList<Outcome.Change> initially;
    private final KeptContents kept;
    private final ContentUse contentUse;

    /** @param width components of a state vector; {@link StateLayout.TooNarrow} is thrown when that is not enough */
    BpfSystem(Scenario scenario, Memory recall, int width, KeptContents kept) {
        BpfObject object = scenario.object();
        int agents = scenario.agents().size();
        this.scenario = scenario;
        this.recall = recall;
        this.slots = new ElementIds(object.maps().size());
        this.memory = new MemoryModel(object, slots, scenario.rules().lock(), scenario.rules().timeouts(), scenario.rules().kernel(), kept);
        this.kept = kept;
        this.contentUse = new ContentUse(kept, slots, scenario);
        this.layout = new StateLayout(agents, object.maps().size(), width);
        this.steps = new Steps(this);
        this.automata = new ThreadAutomaton[agents];
        this.nodesOf = new int[agents];
        this.tableOf = new NodeTable[agents];
        this.firstNode = new int[agents];
        this.occupancy = new CpuScheduler(scenario, this::node);
        shareAutomata();
        for (int i = 0; i < agents; i++) {
            firstNode[i] = firstNode(i);
        }
        this.initially = memory.initially(scenario.start().contents(), scenario.cpus());
    }

    /** Agents that run the same program, know the same of their inputs, and find the same of their CPUs switched off, share one automaton. */
    private void shareAutomata() {
        Map<ImmutableList<InputRange>, Map<BpfProgram, Integer>> masked = new HashMap<>();
        Map<ImmutableList<InputRange>, Map<BpfProgram, Integer>> others = new HashMap<>();
        for (int i = 0; i < automata.length; i++) {
            BpfProgram program = scenario.agents().get(i).program();
            Integer first = (occupancy.found(i) == Masking.INTERRUPTS ? masked : others)
                    .computeIfAbsent(scenario.agents().get(i).inputs(), none -> new IdentityHashMap<>()).putIfAbsent(program, i);
            automata[i] = first != null ? automata[first] : recall.automaton(config(i));
            nodesOf[i] = first != null ? nodesOf[first] : tables.size();
            if (first == null) {
                tables.add(new NodeTable(automata[i]));
            }
            tableOf[i] = tables.get(nodesOf[i]);
        }
    }

    RunConfig config(int agent) {
        BpfProgram program = scenario.agents().get(agent).program();
        return new RunConfig(scenario.object(), program, scenario.rules().discipline(), occupancy.found(agent), scenario.inputs(agent),
                scenario.start().results(), scenario.asked().contains(program.name()), scenario.rules().walk(), slots::mapOf);
    }

    /**
     * A run that begins the same way whatever its inputs are begins before its first visible operation, but where others
     * need to know whether it has begun.
     */
    private int firstNode(int agent) {
        if (occupancy.stacked(agent)) {
            return ThreadAutomaton.START;
        }
        IntList first = closure(agent, automata[agent].resume(ThreadAutomaton.START, Answer.NONE));
        return first.size() == 1 ? first.get(0) : ThreadAutomaton.START;
    }

    @Override
    public int width() {
        return layout.width();
    }

    @Override
    public long named() {
        long named = slots.count() + layout.slots().size() + elements.size() + bindings.size() + cpuWords.size();
        for (NodeTable table : tables) {
            named += table.size();
        }
        return named;
    }

    @Override
    public void initial(int[] state) {
        java.util.Arrays.fill(state, 0);
        System.arraycopy(firstNode, 0, state, 0, firstNode.length);
        initially.each(change -> state[component(change)] = number(change));
    }

    @Override
    public void successors(int[] state, Successors sink) {
        steps.successors(state, sink);
    }

    @Override
    public int actors() {
        return automata.length;
    }

    @Override
    public void successors(int[] state, int agent, Successors sink) {
        steps.successors(state, agent, sink);
    }

    @Override
    public Optional<? extends Actors> reader() {
        return Optional.of(new Steps(this));
    }

    @Override
    public void reading(Runnable task) {
        Reading.during(task);
    }

    /** {@return whose steps must be looked at in each state so that no finding and no terminal state is missed} */
    public Selection stubbornSets() {
        return StubbornSets.of(this);
    }

    /** {@return whether the agent can take a step} */
    boolean canStep(int[] state, int agent) {
        return occupancy.mayStep(state, agent) && effects(agent, state).length > 0;
    }

    /** {@return whether the agent has its CPU but must wait for others before what it stands before can happen} */
    boolean blocked(int[] state, int agent) {
        return occupancy.mayStep(state, agent) && !(node(state, agent).operation() instanceof VisibleOperation.Unsupported)
                && effects(agent, state).length == 0;
    }

    /**
     * {@return whether some agent has its CPU and waits for nobody, but every answer contradicts what it knows} No run comes to such a
     * state, which was not clear when its conditions were met: it is no end of anything.
     */
    public boolean contradicted(int[] state) {
        for (int agent = 0; agent < automata.length; agent++) {
            if (occupancy.mayStep(state, agent) && !skipped(state, agent) && effects(agent, state).length == 0
                    && memory.step(node(state, agent).operation(), agent(agent, node(state, agent)), view(state)).notEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** {@return who owns the lock, -1 when nobody does} */
    int owner(int[] state, VisibleOperation.Acquire lock) {
        return elements.value(state[layout.element(lock.element().slot())]).owner(lock.offset());
    }

    /** {@return whether the agent has begun, or can begin at once, and has not ended; it may be suspended} */
    public boolean active(int[] state, int agent) {
        return !node(state, agent).ended() && begun(state, agent);
    }

    /** {@return whether the agent has begun, or can begin at once, so that its private state counts} */
    public boolean begun(int[] state, int agent) {
        return occupancy.begun(state, agent);
    }

    /** {@return whether the agent has taken a step and has not ended} */
    public boolean underway(int[] state, int agent) {
        return state[agent] != firstNode[agent] && !node(state, agent).ended();
    }

    Node node(int[] state, int agent) {
        return node(agent, state[agent]);
    }

    Node node(int agent, int number) {
        return tableOf[agent].get(number);
    }

    // ---- steps

    /** An agent that the guard against recursion sends away: it is over before it has begun. */
    private static final Effect[] SKIPPED = {
        new Effect(new Outcome(Answer.NONE, Lists.immutable.empty(), Lists.immutable.empty()), ThreadAutomaton.FINISHED, new int[0], new int[0])
    };

    /** {@return in which ways the agent's next step can come out} */
    Effect[] effects(int agent, int[] state) {
        if (skipped(state, agent)) {
            return SKIPPED;
        }
        Node node = node(state, agent);
        int component = node.footprint() != Node.UNKNOWN ? node.footprint() : remember(node);
        if (component == WHOLE) {
            return compute(agent, state);
        }
        long value = component < 0 ? 0 : state[component];
        long key = ((long) agent << NODE_BITS | node.number()) << VALUE_BITS | value;
        Effect[] known = effects.get(key);
        if (known == null) {
            Reading.mayLearn();
            known = compute(agent, state);
            effects.put(key, known);
        }
        return known;
    }

    private int remember(Node node) {
        Reading.mayLearn();
        if (node.number() >= 1 << NODE_BITS) {
            throw new IllegalStateException("a program with more than " + (1 << NODE_BITS) + " private states");
        }
        node.footprint(footprint(node.operation()));
        return node.footprint();
    }

    private static final int NOTHING = -1;
    private static final int WHOLE = -2;

    /** {@return the one component that decides what the operation does, or that none does, or more than one} */
    private int footprint(VisibleOperation operation) {
        return switch (operation) {
            case VisibleOperation.Access a -> layout.element(a.element().slot());
            case VisibleOperation.Acquire a -> memory.dependsOnMore(a) ? WHOLE : layout.element(a.element().slot());
            case VisibleOperation.Release r -> memory.dependsOnMore(r) ? WHOLE : layout.element(r.element().slot());
            case VisibleOperation.Lookup l -> memory.dependsOnMore(l.map()) ? WHOLE : layout.bindings(l.map());
            case VisibleOperation.LookupOnCpu l -> memory.dependsOnMore(l.map()) ? WHOLE : layout.bindings(l.map());
            case VisibleOperation.Update u -> WHOLE;
            case VisibleOperation.Delete d -> WHOLE;
            case VisibleOperation.BeginTimer b -> WHOLE;
            case VisibleOperation.EndTimer e -> NOTHING;
            case VisibleOperation.CancelTimer c -> WHOLE;
            case VisibleOperation.TimerOperation t -> layout.element(t.element().slot());
            case VisibleOperation.LockBucket l -> WHOLE;
            case VisibleOperation.UnlockBucket u -> WHOLE;
            case VisibleOperation.ReadClock c -> NOTHING;
            case VisibleOperation.UseWrapped u -> NOTHING;
            case VisibleOperation.CpuNumber c -> NOTHING;
            case VisibleOperation.CpuCount c -> NOTHING;
            case VisibleOperation.ElementOnCpu e -> NOTHING;
            case VisibleOperation.Toggle t -> NOTHING;
            case VisibleOperation.Start s -> NOTHING;
            case VisibleOperation.End e -> NOTHING;
            case VisibleOperation.Unsupported u -> NOTHING;
        };
    }

    private Effect[] compute(int agent, int[] state) {
        Node node = node(state, agent);
        contentUse.require(agent, node);
        List<Effect> all = new ArrayList<>();
        for (Outcome outcome : memory.step(node.operation(), agent(agent, node), view(state))) {
            int[] components = outcome.changes().collectInt(this::component).toArray();
            int[] values = outcome.changes().collectInt(this::number).toArray();
            IntList resumed = noticed(agent, automata[agent].resume(node.number(), outcome.answer()), outcome.notices());
            closure(agent, resumed).forEach(next -> all.add(new Effect(outcome, next, components, values)));
        }
        return all.toArray(new Effect[0]);
    }

    private MemoryModel.Agent agent(int agent, Node node) {
        Scenario.AgentPlace it = scenario.agents().get(agent);
        return new MemoryModel.Agent(agent, it.cpu(), it.level() == ContextLevel.NMI, scenario.cpus(), node.state().facts());
    }

    private IntList noticed(int agent, IntList resumed, ImmutableList<Invalidation> notices) {
        if (notices.isEmpty()) {
            return resumed;
        }
        return resumed.collectInt(next -> {
            int node = next;
            for (Invalidation notice : notices) {
                node = automata[agent].notice(node, toAgent(notice, agent), true);
            }
            return node;
        }, IntLists.mutable.empty());
    }

    /** Goes on through operations that nobody can notice and whose answers nobody can change. */
    private IntList closure(int agent, IntList reached) {
        var settled = IntLists.mutable.empty();
        reached.forEach(number -> {
            Node node = node(agent, number);
            if (!silent(agent, node.operation())) {
                if (!settled.contains(number)) {
                    settled.add(number);
                }
                return;
            }
            for (Outcome outcome : memory.step(node.operation(), agent(agent, node), MemoryView.NONE)) {
                closure(agent, automata[agent].resume(number, outcome.answer())).forEach(n -> {
                    if (!settled.contains(n)) {
                        settled.add(n);
                    }
                });
            }
        });
        return settled;
    }

    /** {@return whether nobody can notice the agent's operation or change its answer} */
    boolean silent(int agent, VisibleOperation operation) {
        return memory.silent(operation) || operation instanceof VisibleOperation.Toggle && !occupancy.interruptible(agent);
    }

    private int component(Outcome.Change change) {
        return switch (change) {
            case Outcome.Change.OfElement e -> layout.element(e.slot());
            case Outcome.Change.OfBindings b -> layout.bindings(b.map());
            case Outcome.Change.OfCpuWords w -> layout.cpuWords();
        };
    }

    private int number(Outcome.Change change) {
        return switch (change) {
            case Outcome.Change.OfElement e -> elements.number(e.element());
            case Outcome.Change.OfBindings b -> bindings.number(b.bindings());
            case Outcome.Change.OfCpuWords w -> cpuWords.number(w.words());
        };
    }

    /** {@return whether a notice of one agent's step concerns another agent, by the CPUs they run on} */
    boolean reaches(Invalidation notice, int from, int to) {
        boolean sameCpu = scenario.agents().get(from).cpu() == scenario.agents().get(to).cpu();
        return switch (notice) {
            case Invalidation.WordOverwritten w -> sameCpu && scenario.rules().discipline() == LockIrqMode.IRQSAVE;
            case Invalidation.Inserted i -> sameCpu || !scenario.object().maps().get(i.map()).type().perCpu();
            case Invalidation.ClockRead r -> true;
            case Invalidation.Written w -> true;
            case Invalidation.Replaced r -> true;
            case Invalidation.Unlinked u -> true;
            case Invalidation.Reused r -> true;
        };
    }

    static Invalidation toAgent(Invalidation notice, int agent) {
        return notice.toAgent(key -> new Key(key.words().collect(w -> Element.toAgent(w, agent))));
    }

    // ---- views

    /** {@return the shared memory of a state} */
    MemoryModel.View view(int[] state) {
        return MemoryView.of(this, state);
    }

    // ---- for properties and reports

    /** {@return the scenario} */
    public Scenario scenario() {
        return scenario;
    }

    /** {@return the number of the agent's automaton; agents that run the same program share one} */
    public int automaton(int agent) {
        return nodesOf[agent];
    }

    /** {@return the agent's run in this private state} */
    public Run run(int agent, int node) {
        return new Run(scenario.agents().get(agent).program(), node(agent, node).state(), slots);
    }

    /** {@return the state to look at; only good until the array changes} */
    public Snapshot snapshot(int[] state) {
        MemoryModel.View view = view(state);
        return new Snapshot() {
            @Override
            public int agents() {
                return automata.length;
            }

            @Override
            public boolean active(int agent) {
                return BpfSystem.this.active(state, agent);
            }

            @Override
            public int above(int agent) {
                return occupancy.above(state, agent);
            }

            @Override
            public int own(int agent, int bound) {
                boolean perCpu = scenario.object().maps().get(slots.mapOf(bound)).type().perCpu();
                return perCpu ? slots.onCpu(bound, scenario.agents().get(agent).cpu()) : bound;
            }

            @Override
            public Run run(int agent) {
                return BpfSystem.this.run(agent, state[agent]);
            }

            @Override
            public Element element(int slot) {
                return view.element(slot);
            }

            @Override
            public KeyPartition bindings(int map) {
                return view.bindings(map);
            }

            @Override
            public ImmutableList<Integer> mayFind(int agent, int map, Key key) {
                return memory.mayFind(map, key, agent(agent, node(state, agent)), view);
            }

            @Override
            public MemoryModel memory() {
                return memory;
            }
        };
    }

    /** {@return which contents of maps are a part of a state} */
    public KeptContents kept() {
        return kept;
    }

    /** {@return which element is which} */
    public ElementIds slots() {
        return slots;
    }

    /** {@return which states differ in the numbers of CPUs only; none are told where lock words name CPUs} */
    public Symmetry symmetry() {
        return scenario.rules().lock().keepsCpuWords() ? Symmetry.NONE : CpuSymmetry.of(this);
    }

    /** {@return which states differ in the numbers of elements only} */
    public Symmetry elementSymmetry() {
        return ElementSymmetry.of(this);
    }

    /** {@return what memory holds before the first step, where that is known} */
    ImmutableList<Outcome.Change> initially() {
        return initially;
    }

    /** {@return what every visible operation does, and where elements are found} */
    public MemoryModel memory() {
        return memory;
    }

    /** {@return whether the agent has its CPU; what it stands before may still make it wait} */
    boolean mayStep(int[] state, int agent) {
        return occupancy.mayStep(state, agent);
    }

    /** {@return whether the agent, which stands before taking a lock, may be waiting for it} */
    boolean mayWait(int[] state, int agent) {
        return occupancy.mayWait(state, agent);
    }

    /** {@return whether bindings lose the names that runs have given them, when these end} */
    boolean forgets() {
        return recall == Memory.FORGETTING;
    }

    StateLayout layout() {
        return layout;
    }

    ThreadAutomaton automatonOf(int agent) {
        return automata[agent];
    }

    Interned<Element> elements() {
        return elements;
    }

    Interned<ImmutableIntList> cpuWords() {
        return cpuWords;
    }

    Interned<KeyPartition> bindings() {
        return bindings;
    }

    /** {@return whether the agent's run begins the same way whatever its inputs are, and so has no step of its own to start} */
    boolean startsAtOnce(int agent) {
        return firstNode[agent] != ThreadAutomaton.START;
    }

    /** {@return whether the agent, were it to start now, would be sent away by the guard against recursion} */
    public boolean skipped(int[] state, int agent) {
        return state[agent] == ThreadAutomaton.START && occupancy.stacked(agent) && occupancy.skipped(state, agent);
    }

    /** {@return the agents under way on the CPU of this one, from the bottom of the stack to the top} */
    public int[] stack(int[] state, int agent) {
        return occupancy.stack(state, agent);
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
        return memory.says(node(state, agent).operation());
    }

    /** {@return what a step means to the runs besides the memory it changes} */
    public ImmutableList<Invalidation> notices(int[] state, int agent, int choice) {
        return effect(state, agent, choice).notices();
    }

    /** {@return the effect of a step} */
    Effect effect(int[] state, int agent, int choice) {
        return effects(agent, state)[choice];
    }

    /** {@return how many private states the agents' automata have, each automaton counted once} */
    public int privateStates() {
        return (int) java.util.Arrays.stream(automata).distinct().mapToLong(ThreadAutomaton::size).sum();
    }

    /** {@return how many private states an agent's automaton has; agents that run alike share one} */
    public int privateStates(int agent) {
        return automata[agent].size();
    }

    /** {@return at how many places and with how many answers, so far, a lookup in the map has found an element, or none} */
    public int lookups(int map, boolean found) {
        return (int) java.util.Arrays.stream(automata).distinct().mapToLong(a -> a.answers(operation -> looksUp(operation, map),
                answer -> answer instanceof Answer.Of of && of.value() instanceof Value.Pointer == found)).sum();
    }

    private static boolean looksUp(VisibleOperation operation, int map) {
        return operation instanceof VisibleOperation.Lookup l && l.map() == map || operation instanceof VisibleOperation.LookupOnCpu c && c.map() == map;
    }

    /** {@return every element that was ever changed} */
    public ImmutableList<Integer> touchedElements() {
        return Lists.immutable.withAll(layout.slots());
    }
}
