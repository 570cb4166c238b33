package bpfmc.explorer.system.exact;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.space.Step;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.DifferentInputs;
import bpfmc.explorer.system.Effect;
import bpfmc.explorer.system.NoticeReach;
import bpfmc.explorer.system.UnreadMemory;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.memory.Outcome;
import bpfmc.model.memory.StoreBuffer;
import bpfmc.model.program.Async;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.thread.ExactRun;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.bits.Conditions;
import bpfmc.model.value.bits.Decision;
import bpfmc.model.value.bits.Decisions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * Follows a path once more with nothing forgotten, collects every condition on the way, and looks for inputs that satisfy
 * them all: with these inputs the programs really take this path.
 */
public final class ExactReplay {
    private static final int MOST_STEPS = 20_000;
    private static final int MOST_SOLUTIONS = 12;

    /**
     * @param inputs values for the unknowns; others may have any value
     * @param ends the runs as they are then, one for each agent; none when no inputs are found
     * @param doubt empty when the inputs satisfy every condition, else what stood in the way
     */
    public record Result(Map<Symbol, Long> inputs, ImmutableList<PrivateState> ends, Optional<String> doubt) {}

    private final BpfSystem system;
    private final Path path;
    private final TargetCondition wanted;
    private final Decisions decisions;
    private final ExactRun[] runs;
    private int steps;
    private int attempts;
    private ImmutableList<PrivateState> ends = Lists.immutable.empty();
    private Optional<String> doubt = Optional.of("the path could not be followed with all conditions known");

    private ExactReplay(BpfSystem system, Path path, TargetCondition wanted, Decisions decisions) {
        this.decisions = decisions;
        this.wanted = wanted;
        this.system = system;
        this.path = path;
        this.runs = new ExactRun[system.scenario().agents().size()];
        for (int i = 0; i < runs.length; i++) {
            runs[i] = new ExactRun(system.config(i));
        }
    }

    /** {@return inputs that lead down the path to what is wanted, or why none were found} @param decisions remembers what was decided */
    public static Result of(BpfSystem system, Path path, TargetCondition wanted, Decisions decisions) {
        var replay = new ExactReplay(system, path, wanted, decisions);
        return replay.begin(0, new World(new PrivateState[replay.runs.length], Map.of(), Map.of(), IntLists.immutable.empty(), Map.of(),
                Conditions.NONE, Lists.immutable.empty()).after(system.initially()))
                .map(inputs -> new Result(inputs, replay.ends, Optional.empty())).orElseGet(() -> new Result(Map.of(), Lists.immutable.empty(), replay.doubt));
    }

    /** The exact state of everything. @param conditions on keys whose names have been forgotten since @param samples of clocks so far, in order */
    private record World(PrivateState[] agents, Map<Integer, Element> elements, Map<Integer, KeyPartition> bindings, ImmutableIntList cpuWords,
            Map<Integer, StoreBuffer> buffers, Conditions conditions, ImmutableList<Symbol> samples) {

        /** {@return the shared memory} @param watched what the path's own state says of who may still use an element, and who has locked its bucket */
        MemoryModel.View view(MemoryModel.View watched) {
            return new MemoryModel.View() {
                @Override
                public Element element(int slot) {
                    return elements.getOrDefault(slot, Element.UNTOUCHED);
                }

                @Override
                public KeyPartition bindings(int map) {
                    return bindings.getOrDefault(map, KeyPartition.NONE);
                }

                @Override
                public ImmutableIntList cpuWords() {
                    return cpuWords;
                }

                @Override
                public int bucketOwner(int slot) {
                    return watched.bucketOwner(slot);
                }

                @Override
                public boolean runs(Async async, int slot) {
                    return watched.runs(async, slot);
                }

                @Override
                public ImmutableList<MemoryModel.Locking> locking() {
                    return watched.locking();
                }

                @Override
                public boolean cancelling(int slot) {
                    return watched.cancelling(slot);
                }

                @Override
                public boolean changesBelow(int agent, int map) {
                    return watched.changesBelow(agent, map);
                }

                @Override
                public int cpuOf(int agent) {
                    return watched.cpuOf(agent);
                }

                @Override
                public boolean different(Term input, Term other) {
                    return watched.different(input, other);
                }

                @Override
                public boolean watched(int slot) {
                    return watched.watched(slot);
                }

                @Override
                public StoreBuffer buffer(int cpu) {
                    return World.this.buffer(cpu);
                }
            };
        }

        StoreBuffer buffer(int cpu) {
            return buffers.getOrDefault(cpu, StoreBuffer.EMPTY);
        }

        World with(int agent, PrivateState state) {
            PrivateState[] changed = agents.clone();
            changed[agent] = state;
            return new World(changed, elements, bindings, cpuWords, buffers, conditions, samples);
        }

        World after(ImmutableList<Outcome.Change> changes) {
            var newElements = new HashMap<>(elements);
            var newBindings = new HashMap<>(bindings);
            var newBuffers = new HashMap<>(buffers);
            ImmutableIntList words = changes.selectInstancesOf(Outcome.Change.OfCpuWords.class).collect(Outcome.Change.OfCpuWords::words)
                    .getLastOptional().orElse(cpuWords);
            changes.each(c -> {
                switch (c) {
                    case Outcome.Change.OfElement e -> newElements.put(e.slot(), e.element());
                    case Outcome.Change.OfBindings b -> newBindings.put(b.map(), b.bindings());
                    case Outcome.Change.OfCpuWords w -> { }
                    case Outcome.Change.OfBuffer b -> newBuffers.put(b.cpu(), b.buffer());
                }
            });
            return new World(agents, newElements, newBindings, words, newBuffers, conditions, samples);
        }

        World clockRead(ImmutableList<Invalidation> notices) {
            return new World(agents, elements, bindings, cpuWords, buffers, conditions,
                    samples.newWithAll(notices.selectInstancesOf(Invalidation.ClockRead.class).collect(Invalidation.ClockRead::sample)));
        }

        /** {@return the world without the names of an agent that has ended, as the system forgets them; what they meant is kept} */
        World forget(int agent) {
            Conditions kept = conditions;
            for (KeyPartition b : bindings.values()) {
                kept = PathConditions.with(kept, b);
            }
            var forgotten = new HashMap<>(bindings);
            forgotten.replaceAll((map, b) -> b.forget(agent));
            return new World(agents, elements, forgotten, cpuWords, buffers, kept, samples);
        }
    }

    /** Puts the agents, one after the other, where the path begins. */
    private Optional<Map<Symbol, Long>> begin(int agent, World world) {
        if (agent == runs.length) {
            return follow(0, world);
        }
        PrivateState start = runs[agent].start();
        if (!system.startsAtOnce(agent)) {
            return begin(agent + 1, world.with(agent, start));
        }
        PrivateState node = system.node(path.initial().toArray(), agent).state();
        for (PrivateState state : closure(agent, runs[agent].resume(start, Answer.NONE))) {
            if (runs[agent].corresponds(state, node)) {
                var found = begin(agent + 1, world.with(agent, state));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Map<Symbol, Long>> follow(int index, World world) {
        if (index == path.steps().size()) {
            return solve(world);
        }
        Step step = path.steps().get(index);
        if (!system.isAgent(step.actor())) {
            return followBuffer(index, system.bufferOf(step.actor()), world);
        }
        int agent = step.actor();
        Effect effect = system.effect(path.before(index), agent, step.choice());
        PrivateState node = system.run(agent, effect.next()).state();
        if (system.skipped(path.before(index), agent)) {
            return follow(index + 1, world.with(agent, node));
        }
        PrivateState before = world.agents()[agent];
        for (Outcome outcome : system.memory().step(before.operation(), agent(agent, before),
                world.view(system.view(path.before(index))))) {
            if (!outcome.changes().equals(effect.outcome().changes())) {
                continue;
            }
            World timed = world.clockRead(outcome.notices());
            for (PrivateState state : closure(agent, runs[agent].resume(before, outcome.answer()))) {
                PrivateState told = told(agent, state, outcome.notices(), true);
                if (++steps > MOST_STEPS || attempts > MOST_SOLUTIONS) {
                    return Optional.empty();
                }
                if (runs[agent].corresponds(told, node)) {
                    World after = tellOthers(agent, timed.with(agent, told).after(outcome.changes()), outcome.notices());
                    var found = follow(index + 1, node.operation() instanceof VisibleOperation.End ? after.forget(agent) : after);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** A store becomes visible: there is one way for that. */
    private Optional<Map<Symbol, Long>> followBuffer(int index, int cpu, World world) {
        if (++steps > MOST_STEPS || attempts > MOST_SOLUTIONS || world.buffer(cpu).isEmpty()) {
            return Optional.empty();
        }
        int agent = world.buffer(cpu).stores().getFirst().agent();
        Outcome outcome = system.memory().drain(cpu, world.view(system.view(path.before(index)))).orElseThrow();
        return follow(index + 1, tellOthers(agent, world.after(outcome.changes()), outcome.notices()));
    }

    private MemoryModel.Agent agent(int agent, PrivateState state) {
        Scenario scenario = system.scenario();
        Scenario.AgentPlace it = scenario.agents().get(agent);
        return new MemoryModel.Agent(agent, it.cpu(), it.level() == ContextLevel.NMI, scenario.cpus(), state.facts());
    }

    private PrivateState told(int agent, PrivateState state, ImmutableList<Invalidation> notices, boolean mine) {
        PrivateState told = state;
        for (Invalidation notice : notices) {
            told = runs[agent].notice(told, NoticeReach.toAgent(notice, agent), mine);
        }
        return told;
    }

    private World tellOthers(int agent, World world, ImmutableList<Invalidation> notices) {
        World told = world;
        for (int other = 0; other < runs.length && notices.notEmpty(); other++) {
            if (other != agent) {
                int to = other;
                StoreBuffer own = world.buffer(system.scenario().agents().get(to).cpu());
                told = told.with(to, told(to, told.agents()[to], NoticeReach.seen(system.scenario(), notices, agent, to, own)
                        .select(n -> NoticeReach.reaches(system.scenario(), n, agent, to)), false));
            }
        }
        return told;
    }

    private List<PrivateState> closure(int agent, ImmutableList<PrivateState> reached) {
        List<PrivateState> settled = new ArrayList<>();
        for (PrivateState state : reached) {
            if (!system.silent(agent, state.operation())) {
                settled.add(state);
                continue;
            }
            for (Outcome outcome : system.memory().step(state.operation(), agent(agent, state), new UnreadMemory())) {
                settled.addAll(closure(agent, runs[agent].resume(state, outcome.answer())));
            }
        }
        return settled;
    }

    // ---- conditions

    private Optional<Map<Symbol, Long>> solve(World world) {
        attempts++;
        ImmutableList<PrivateState> states = Lists.immutable.with(world.agents());
        Conditions conditions = PathConditions.of(states, world.bindings().values()).and(world.conditions())
                .and(PathConditions.inOrder(world.samples())).and(CurrentThreads.onTop(system, path));
        Decisions wishes = decisions.aside(VisibleInputs.MOST_DECISIONS);
        MemoryModel.View memory = world.view(system.view(path.last().toArray()));
        for (ImmutableList<Literal> alternative : wanted.in(memory, states)) {
            switch (decide(decisions, conditions.and(alternative))) {
                case Decision.Satisfied s -> {
                    ends = states;
                    return Optional.of(VisibleInputs.of(s.values(), conditions.and(alternative), memory, states, c -> decide(wishes, c)));
                }
                case Decision.Contradiction c -> doubt = Optional.of("what this way asks of inputs contradicts itself");
                case Decision.Undecided u -> doubt = Optional.of(u.limit());
            }
        }
        return Optional.empty();
    }

    private Decision decide(Decisions by, Conditions conditions) {
        return by.of(KernelFacts.with(system.scenario(), DifferentInputs.with(system.scenario(), conditions)));
    }
}
