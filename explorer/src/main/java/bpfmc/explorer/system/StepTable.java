package bpfmc.explorer.system;

import bpfmc.model.machine.Invalidation;
import bpfmc.model.memory.BufferedStore;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.memory.Outcome;
import bpfmc.model.memory.StoreBuffer;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.thread.ThreadAutomaton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.IntList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * In which ways the agents' next steps can come out. What a step does depends on the agent's node and, mostly, on one other component of the
 * state, so it is computed once for each such pair; steps that depend on more are computed each time.
 */
final class StepTable {
    private static final int NODE_BITS = 24;
    private static final int VALUE_BITS = 31;

    /** An agent that the guard against recursion sends away: it is over before it has begun. */
    private static final Effect[] SKIPPED = {
        new Effect(new Outcome(Answer.NONE, Lists.immutable.empty(), Lists.immutable.empty()), ThreadAutomaton.FINISHED, new int[0], new int[0])
    };
    /** What a draft tells once it is marked. */
    private static final Effect[] NOTHING_KNOWN = {};

    private static final int UNKNOWN = Integer.MIN_VALUE;
    private static final int NOTHING = -1;
    private static final int WHOLE = -2;
    private static final int OWN_BUFFER = -3;

    private final SystemParts parts;
    private final Dictionary dictionary;
    private final Automata automata;
    private final SilentSteps silent;
    private final ContentUse contentUse;
    private final int buffers;
    private final EffectTable effects = new EffectTable();
    /** What stores do when they become visible, by CPU. */
    private final EffectTable[] drains;
    /** By automaton and node: what decides what the node's operation does. */
    private final int[][] footprints;
    /** What this is a draft of; null if it is none. */
    private final StepTable original;

    StepTable(SystemParts parts, SilentSteps silent) {
        this(parts, silent, new ContentUse(parts.kept(), parts.dictionary().slots(), parts.scenario()), null);
    }

    private StepTable(SystemParts parts, SilentSteps silent, ContentUse contentUse, StepTable original) {
        this.parts = parts;
        this.dictionary = parts.dictionary();
        this.automata = parts.automata();
        this.silent = silent;
        this.contentUse = contentUse;
        this.original = original;
        this.buffers = dictionary.layout().buffers();
        this.drains = new EffectTable[buffers];
        Arrays.setAll(drains, cpu -> new EffectTable());
        this.footprints = new int[automata.all().size()][0];
    }

    /** {@return the same for a thread that helps, which looks here first} */
    StepTable draft(SystemParts draft, SilentSteps silentSteps) {
        return new StepTable(draft, silentSteps, contentUse, this);
    }

    /** {@return in which ways the agent's next step can come out; nothing once the dictionary is a draft that is marked} */
    Effect[] of(int agent, int[] state) {
        if (skipped(state, agent)) {
            return SKIPPED;
        }
        Node node = automata.node(state, agent);
        int component = footprint(agent, node);
        if (component == OWN_BUFFER) {
            component = buffer(agent);
        } else if (component == WHOLE || buffers > 0 && state[buffer(agent)] != 0) {
            return compute(agent, state);
        }
        long value = component < 0 ? 0 : state[component];
        long key = ((long) agent << NODE_BITS | node.number()) << VALUE_BITS | value;
        Effect[] known = effects.get(key);
        return known != null ? known : remember(key, agent, state);
    }

    private int buffer(int agent) {
        return dictionary.layout().buffer(parts.scenario().agents().get(agent).cpu());
    }

    private Effect[] remember(long key, int agent, int[] state) {
        Effect[] known = original == null ? null : original.effects.get(key);
        Effect[] own = known == null ? compute(agent, state) : Arrays.stream(known).map(Effect::toldNobody).toArray(Effect[]::new);
        if (!dictionary.marked()) {
            effects.put(key, own);
        }
        return own;
    }

    /** {@return whether the agent, were it to start now, would be sent away by the guard against recursion} */
    boolean skipped(int[] state, int agent) {
        return state[agent] == ThreadAutomaton.START && parts.scheduler().stacked(agent) && parts.scheduler().skipped(state, agent);
    }

    private int footprint(int agent, Node node) {
        int[] known = footprints[automata.number(agent)];
        int number = node.number();
        return number < known.length && known[number] != UNKNOWN ? known[number] : findFootprint(agent, node);
    }

    private int findFootprint(int agent, Node node) {
        int number = node.number();
        if (number >= 1 << NODE_BITS) {
            throw new IllegalStateException("a program with more than " + (1 << NODE_BITS) + " private states");
        }
        int component = parts.memory().buffered(node.operation()) ? OWN_BUFFER : footprint(node.operation());
        if (!dictionary.marked()) {
            int[] known = footprints[automata.number(agent)];
            if (number >= known.length) {
                int length = known.length;
                known = Arrays.copyOf(known, Math.max(number + 1, 2 * length));
                Arrays.fill(known, length, known.length, UNKNOWN);
                footprints[automata.number(agent)] = known;
            }
            known[number] = component;
        }
        return component;
    }

    /** {@return the one component that decides what the operation does, or that none does, or more than one} */
    private int footprint(VisibleOperation operation) {
        StateLayout layout = dictionary.layout();
        MemoryModel memory = parts.memory();
        return switch (operation) {
            case VisibleOperation.Access a -> layout.element(a.element().slot());
            case VisibleOperation.Acquire a -> memory.dependsOnMore(a) ? WHOLE : layout.element(a.element().slot());
            case VisibleOperation.Release r -> memory.dependsOnMore(r) ? WHOLE : layout.element(r.element().slot());
            case VisibleOperation.Lookup l -> memory.dependsOnMore(l.map()) ? WHOLE : layout.bindings(l.map());
            case VisibleOperation.Walk w -> memory.dependsOnMore(w.map()) ? WHOLE : layout.bindings(w.map());
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
            case VisibleOperation.Fence f -> NOTHING;
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
        Node node = automata.node(state, agent);
        contentUse.require(agent, node);
        List<Effect> all = new ArrayList<>();
        for (Outcome outcome : parts.memory().step(node.operation(), parts.agent(agent, node.state()), new MemoryView(parts, silent, state))) {
            int[] components = outcome.changes().collectInt(this::component).toArray();
            int[] values = outcome.changes().collectInt(this::number).toArray();
            if (dictionary.marked()) {
                return NOTHING_KNOWN;
            }
            IntList resumed = noticed(agent, automata.of(agent).resume(node.number(), outcome.answer()), outcome);
            silent.settled(agent, resumed).forEach(next -> all.add(new Effect(outcome, next, components, values)));
            if (dictionary.marked()) {
                return NOTHING_KNOWN;
            }
        }
        return all.toArray(new Effect[0]);
    }

    /** {@return how the oldest store of a CPU becomes visible; null when there is none, and when the dictionary is a draft that is marked} */
    Effect drain(int cpu, int[] state) {
        int buffer = state[dictionary.layout().buffer(cpu)];
        if (buffer == 0) {
            return null;
        }
        BufferedStore oldest = dictionary.buffers().value(buffer).stores().getFirst();
        int slot = switch (oldest) {
            case BufferedStore.Bytes b -> b.slot();
            case BufferedStore.Unlock u -> u.slot();
            case BufferedStore.Behind b -> -1;
        };
        long element = slot < 0 ? 0 : state[dictionary.layout().element(slot)];
        long key = (long) buffer << VALUE_BITS | element;
        Effect[] known = drains[cpu].get(key);
        if (known == null && original != null) {
            known = original.drains[cpu].get(key);
            known = known == null ? null : new Effect[] {known[0].toldNobody()};
        }
        Effect effect = known != null ? known[0] : drained(cpu, oldest.agent(), state);
        if (!dictionary.marked()) {
            drains[cpu].put(key, new Effect[] {effect});
        }
        return effect;
    }

    private Effect drained(int cpu, int agent, int[] state) {
        Outcome outcome = parts.memory().drain(cpu, new MemoryView(parts, silent, state)).orElseThrow();
        int[] components = outcome.changes().collectInt(this::component).toArray();
        int[] values = outcome.changes().collectInt(this::number).toArray();
        return new Effect(outcome, agent, components, values);
    }

    private IntList noticed(int agent, IntList resumed, Outcome outcome) {
        if (outcome.notices().isEmpty()) {
            return resumed;
        }
        return resumed.collectInt(next -> {
            int node = next;
            for (Invalidation notice : outcome.notices()) {
                node = automata.of(agent).notice(node, NoticeReach.toAgent(notice, agent), true);
            }
            return node;
        }, IntLists.mutable.empty());
    }

    /** {@return the component that the change is of} */
    int component(Outcome.Change change) {
        return switch (change) {
            case Outcome.Change.OfElement e -> dictionary.layout().element(e.slot());
            case Outcome.Change.OfBindings b -> dictionary.layout().bindings(b.map());
            case Outcome.Change.OfCpuWords w -> dictionary.layout().cpuWords();
            case Outcome.Change.OfBuffer b -> dictionary.layout().buffer(b.cpu());
        };
    }

    /** {@return the number of what it changes to} */
    int number(Outcome.Change change) {
        return switch (change) {
            case Outcome.Change.OfElement e -> dictionary.elements().number(e.element());
            case Outcome.Change.OfBindings b -> dictionary.bindings().number(b.bindings());
            case Outcome.Change.OfCpuWords w -> dictionary.cpuWords().number(w.words());
            case Outcome.Change.OfBuffer b -> dictionary.buffers().number(b.buffer());
        };
    }

    /** {@return the node of another agent after it has been told of a step} @param state after the step */
    int told(int agent, Effect effect, int other, int before, int[] state) {
        if (buffers == 0) {
            return told(agent, effect, other, before);
        }
        StoreBuffer own = dictionary.buffers().value(state[buffer(other)]);
        ImmutableList<Invalidation> notices = NoticeReach.seen(parts.scenario(), effect.notices(), agent, other, own);
        return notices == effect.notices() ? told(agent, effect, other, before) : told(other, before, notices);
    }

    private int told(int agent, Effect effect, int other, int before) {
        int known = effect.told(other, before);
        if (known != Effect.UNKNOWN) {
            return known;
        }
        int node = told(other, before, effect.notices().select(n -> NoticeReach.reaches(parts.scenario(), n, agent, other)));
        if (!dictionary.marked()) {
            effect.told(other, before, node);
        }
        return node;
    }

    private int told(int other, int before, ImmutableList<Invalidation> notices) {
        int node = before;
        for (Invalidation notice : notices) {
            if (!(notice instanceof Invalidation.Written) || automata.node(other, node).remembersLoads()) {
                node = automata.of(other).notice(node, NoticeReach.toAgent(notice, other), false);
            }
        }
        return node;
    }
}
