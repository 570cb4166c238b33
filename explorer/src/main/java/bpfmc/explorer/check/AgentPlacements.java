package bpfmc.explorer.check;

import bpfmc.explorer.condition.ScenarioConditions;
import bpfmc.explorer.scenario.Contexts;
import bpfmc.explorer.scenario.CpuRules.Preemption;
import bpfmc.explorer.scenario.Placements;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.explorer.scenario.ScenarioSpace;
import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.synthetic.SystemCalls;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** The agents that a scenario file names, on their CPUs. */
final class AgentPlacements {
    private static final int MOST = 256;

    private AgentPlacements() {}

    /** {@return the system calls among them} */
    static ImmutableList<String> systemCalls(ImmutableList<AgentSpec> agents) {
        return agents.collect(AgentSpec::program).select(p -> p.startsWith(SystemCalls.PREFIX)).collect(p -> p.substring(SystemCalls.PREFIX.length()));
    }

    /** {@return the most runs of an agent} */
    static int runs(ImmutableList<AgentSpec> agents) {
        return agents.collectInt(AgentSpec::runs).max();
    }

    /**
     * {@return the scenarios: one for each way of placing the agents that may run on any CPU} There are as many CPUs as named, then at
     * least {@code --cpus}. On one CPU, agents of a higher level come on top of those of lower ones; those of one level run one after the
     * other, in the order of the file; but where tasks preempt tasks, each task comes on top of those before it in the file.
     *
     * @param alike whether placements that differ in the numbers of CPUs only count as one
     * @throws InputException when there is no such program, or they are too many
     */
    static ImmutableList<Scenario> scenarios(ScenarioSpace extent, ImmutableList<AgentSpec> agents, boolean alike) {
        int named = agents.collectInt(a -> a.cpu().orElse(-1)).max() + 1;
        if (agents.sumOfInt(AgentSpec::runs) > MOST) {
            throw new InputException(agents.getFirst().place() + ": more than " + MOST + " runs in all");
        }
        ImmutableList<AgentSpec> anywhere = anywhere(agents);
        if (anywhere.isEmpty()) {
            for (int cpu = 0; cpu < named; cpu++) {
                int which = cpu;
                if (agents.noneSatisfy(a -> a.cpu().getAsInt() == which)) {
                    throw new InputException(agents.getFirst().place() + ": no agent runs on CPU " + cpu + "; number the CPUs from 0 without gaps");
                }
            }
            return Lists.immutable.with(placed(extent, agents, named));
        }
        int cpus = Math.max(named, extent.cpus());
        if (Math.pow(cpus, anywhere.size()) > MOST) {
            throw new InputException(anywhere.getFirst().place() + ": " + anywhere.size() + " agents on any of " + cpus + " CPUs can be placed in more than "
                    + MOST + " ways; name the CPUs of some");
        }
        ImmutableList<ImmutableList<AgentSpec>> ways = Lists.immutable.with(Lists.immutable.empty());
        for (AgentSpec agent : agents) {
            ways = ways.flatCollect(way -> Lists.immutable.withAll((agent.cpu().isPresent() ? IntStream.of(agent.cpu().getAsInt()) : IntStream.range(0, cpus))
                    .mapToObj(cpu -> way.newWith(agent.on(cpu))).toList()));
        }
        ImmutableList<Scenario> placed = ways.collect(way -> placed(extent, way, cpus)).distinct();
        return alike ? Placements.upToNumbers(placed) : placed;
    }

    /** @throws InputException where a program is given a level that none of its agents runs at, because each names its own */
    static void requireUsed(Contexts contexts, ImmutableList<AgentSpec> agents) {
        contexts.said().keysView().each(program -> {
            if (agents.noneSatisfy(a -> a.program().equals(program) && a.level().isEmpty())) {
                throw new InputException("--context " + program + " does not apply: no agent runs this program without a level of its own");
            }
        });
    }

    /** {@return what the scope says of the agents that may run on any CPU} */
    static ImmutableList<String> told(ImmutableList<AgentSpec> agents, ImmutableList<Scenario> explored) {
        ImmutableList<AgentSpec> anywhere = anywhere(agents);
        int ways = (int) Math.pow(explored.getFirst().cpus(), anywhere.size());
        ImmutableList<String> inputs = agents.select(a -> a.inputs().notEmpty())
                .collect(a -> "inputs of " + a.program() + ": " + a.inputs().collect(i -> i.field() + " = " + i.value()).makeString(", "));
        return anywhere.isEmpty() ? inputs : inputs.newWith(anywhere.collect(AgentSpec::program).makeString(", ") + " on any CPU: all " + ways
                + " placements" + (ways == explored.size() ? "" : ", of which " + explored.size() + " differ in more than the numbers of CPUs"));
    }

    private static ImmutableList<AgentSpec> anywhere(ImmutableList<AgentSpec> agents) {
        return agents.select(a -> a.cpu().isEmpty());
    }

    private static Scenario placed(ScenarioSpace extent, ImmutableList<AgentSpec> agents, int cpus) {
        boolean preempts = extent.rules().preemption() == Preemption.TASKS;
        MutableList<AgentPlace> places = Lists.mutable.empty();
        for (int cpu = 0; cpu < cpus; cpu++) {
            int which = cpu;
            ImmutableList<AgentSpec> here = agents.select(a -> a.cpu().getAsInt() == which);
            ImmutableList<ContextLevel> levels = here.collect(a -> level(extent, a)).distinct().toSortedList().toImmutable();
            int preempting = 0;
            for (AgentSpec agent : here.toSortedList(Comparator.comparing(a -> level(extent, a)))) {
                ContextLevel level = level(extent, agent);
                int rank = levels.indexOf(level) + (preempts ? level == ContextLevel.TASK ? preempting++ : Math.max(0, preempting - 1) : 0);
                for (int run = 0; run < agent.runs(); run++) {
                    places.add(new AgentPlace(program(extent.object(), agent), cpu, level, rank, ScenarioConditions.of(extent.object(), program(extent.object(), agent), agent.inputs())));
                }
            }
        }
        return new Scenario(extent.object(), places.toImmutable(), cpus, extent.rules());
    }

    /**
     * {@return the programs of the loaded object that the agents' runs can go through}
     *
     * @param object with the system calls among them, and with the code that tail calls reach
     * @throws InputException when an agent names no program
     */
    static ImmutableList<BpfProgram> parts(BpfObject object, ImmutableList<AgentSpec> agents, BpfObject loaded) {
        return parts(agents.collect(a -> program(object, a)), loaded);
    }

    /** {@return the programs of the loaded object that runs of these can go through} */
    static ImmutableList<BpfProgram> parts(ImmutableList<BpfProgram> programs, BpfObject loaded) {
        ImmutableList<String> parts = programs.flatCollect(Refused::parts);
        return loaded.programs().select(p -> parts.contains(p.name()));
    }

    private static ContextLevel level(ScenarioSpace extent, AgentSpec agent) {
        return agent.level().orElseGet(() -> extent.contexts().of(program(extent.object(), agent)).level());
    }

    private static BpfProgram program(BpfObject object, AgentSpec agent) {
        String name = agent.program().startsWith(SystemCalls.PREFIX) ? SystemCalls.name(agent.program().substring(SystemCalls.PREFIX.length())) : agent.program();
        ImmutableList<BpfProgram> all = object.programs();
        return all.detectOptional(p -> p.name().equals(name)).orElseThrow(() -> new InputException(agent.place() + ": there is no program '" + name + "'"
                + Nearest.hint(all.collect(BpfProgram::name), name)));
    }
}
