package bpfmc.explorer.scenario;

import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.ExecutionContexts;
import bpfmc.model.machine.InputRange;
import bpfmc.model.machine.ResultRange;
import bpfmc.model.memory.Given;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.step.Consistency;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/**
 * Which agents run where.
 *
 * @param object whose programs they run, over whose maps
 * @param agents those of one CPU by rising rank, and within a rank in the order in which they run
 * @param cpus how many CPUs there are
 * @param rules what may interrupt what
 * @param start what is known of maps and inputs at first; the rest is anything
 * @param asked names of the programs for whose own values somebody asks
 */
public record Scenario(BpfObject object, ImmutableList<AgentPlace> agents, int cpus, CpuRules rules, Start start, ImmutableSet<String> asked) {

    /** @throws IllegalArgumentException when ranks and levels of a CPU contradict each other */
    public Scenario {
        for (int cpu = 0; cpu < cpus; cpu++) {
            int which = cpu;
            ImmutableList<AgentPlace> here = agents.select(a -> a.cpu() == which);
            for (int i = 1; i < here.size(); i++) {
                AgentPlace below = here.get(i - 1);
                AgentPlace above = here.get(i);
                boolean fits = above.rank() == below.rank() ? above.level() == below.level()
                        : above.rank() > below.rank() && (above.level().compareTo(below.level()) > 0
                                || above.level() == ContextLevel.TASK && below.level() == ContextLevel.TASK);
                if (!fits) {
                    throw new IllegalArgumentException("CPU" + cpu + ": " + above + " cannot come after " + below);
                }
            }
        }
    }

    /** A scenario in which maps hold anything at first. */
    public Scenario(BpfObject object, ImmutableList<AgentPlace> agents, int cpus, CpuRules rules) {
        this(object, agents, cpus, rules, Start.ANY, Sets.immutable.empty());
    }

    /** {@return the same agents when this is known at first} */
    public Scenario startingWith(Start known) {
        return new Scenario(object, agents, cpus, rules, known, asked);
    }

    /** {@return the same agents over another memory} */
    public Scenario over(Consistency memory) {
        return new Scenario(object, agents, cpus, rules.over(memory), start, asked);
    }

    /** {@return the same scenario, in which the values that these agents' programs return are kept} */
    public Scenario asking(ImmutableIntSet runs) {
        return new Scenario(object, agents, cpus, rules, start, runs.collect(r -> agents.get(r).program().name()).toImmutable());
    }

    /** What is known beforehand. @param contents of maps @param inputs of programs @param results of functions that any of them calls
     * @param different inputs, by programs, that hold another value for each agent */
    public record Start(ImmutableList<Given> contents, ImmutableList<Input> inputs, ImmutableList<ResultRange> results, ImmutableList<ImmutableList<Input>> different) {
        /** Nothing. */
        public static final Start ANY = new Start(Lists.immutable.empty(), Lists.immutable.empty(), Lists.immutable.empty(), Lists.immutable.empty());

        /** @param program its name */
        public record Input(String program, InputRange range) {}
    }

    /** {@return whether the agents surely run in different threads: two tasks on different CPUs, or one that has preempted the other} */
    public boolean differentThreads(int agent, int other) {
        AgentPlace a = agents.get(agent);
        AgentPlace b = agents.get(other);
        return agent != other && a.level() == ContextLevel.TASK && b.level() == ContextLevel.TASK && (a.cpu() != b.cpu() || a.rank() != b.rank());
    }

    /** {@return what is known of the inputs of an agent} */
    public ImmutableList<InputRange> inputs(int agent) {
        return start.inputs().select(i -> i.program().equals(agents.get(agent).program().name())).collect(Start.Input::range).newWithAll(agents.get(agent).inputs());
    }

    /** A scenario under the default rules. */
    public Scenario(BpfObject object, ImmutableList<AgentPlace> agents, int cpus) {
        this(object, agents, cpus, CpuRules.DEFAULT);
    }

    /**
     * One run of one program.
     *
     * @param cpu from 0
     * @param level at which it runs
     * @param rank runs of one rank on a CPU come one after the other; one of a higher rank may come on top of one of a lower
     * @param inputs what is known of its context, besides what is known of every agent's
     */
    public record AgentPlace(BpfProgram program, int cpu, ContextLevel level, int rank, ImmutableList<InputRange> inputs) {
        /** A run of which nothing more is known. */
        public AgentPlace(BpfProgram program, int cpu, ContextLevel level, int rank) {
            this(program, cpu, level, rank, Lists.immutable.empty());
        }

        /** A run at the program's usual level that interrupts nobody. */
        public AgentPlace(BpfProgram program, int cpu) {
            this(program, cpu, ExecutionContexts.of(program.section()).level(), 0);
        }
    }

    /** {@return the programs' names: one for each rank of a CPU, joined by "<" (interrupted by), its
     * programs by commas, the CPUs joined by "+"; "idle" where none runs} */
    public String name() {
        return Lists.immutable.withAll(IntStream.range(0, cpus).boxed().toList()).collect(this::name).makeString(" + ");
    }

    private String name(int cpu) {
        ImmutableList<AgentPlace> here = agents.select(a -> a.cpu() == cpu);
        return here.isEmpty() ? "idle" : here.collect(AgentPlace::rank).distinct().collect(rank -> here.select(a -> a.rank() == rank)
                .collect(a -> a.program().name()).distinct().makeString(", ")).makeString(" < ");
    }
}
