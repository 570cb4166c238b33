package bpfmc.explorer.check;

import bpfmc.explorer.condition.ScenarioConditions;
import bpfmc.explorer.reduction.Reduction;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.verdict.Scope;
import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import bpfmc.model.step.Consistency;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What is asked about an object: everything that can change what is said of it. All of it is told with the verdict.
 *
 * @param object as it is loaded: objects joined, constants set, sizes of maps known
 * @param loading what was chosen of how it is loaded, a phrase each for the scope @param constants what was said of read-only data
 * @param programs that take part @param maps of which programs must share one to be explored together, none for all
 * @param systemCalls of user space that take part, as {@code --user} writes them
 * @param agents who runs where; none for every pair of programs @param stated of memory and inputs
 * @param onRequest what is judged of all runs together
 * @param cpus how many CPUs, or {@link #ANY_CPUS} @param runs of each program on each CPU @param interrupts what surrounds them
 * @param rules the lock rules that count
 * @param exploring how the scenarios are explored
 */
public record CheckRequest(BpfObject object, ImmutableList<String> loading, ImmutableList<String> constants, ProgramChoice programs, ImmutableList<String> maps,
        ImmutableList<String> systemCalls, ImmutableList<AgentSpec> agents, ScenarioConditions stated, ImmutableList<RunSetProperty> onRequest, int cpus, int runs,
        InterruptChoice interrupts, RuleChoice rules, Exploring exploring) {

    /** What is explored is explored over the memory that is chosen. */
    public CheckRequest {
        interrupts = interrupts.over(exploring.model().consistency());
        if (cpus == ANY_CPUS && exploring.model() != MemoryModels.sc) {
            throw new InputException("--cpus any: the proof for any number of CPUs is about sequentially consistent memory; say --cpus N beside --memory-model "
                    + exploring.model());
        }
    }

    /** In place of a number of CPUs: any number, each making any number of runs. */
    public static final int ANY_CPUS = 0;

    /** The memory models that programs are explored under. */
    public enum MemoryModels {
        /** Sequentially consistent. */
        sc,
        /** x86's: total store order. */
        tso,
        /** That of BPF, which litmus files are checked under, and objects not yet. */
        bpf;

        private String words() {
            return switch (this) {
                case sc -> Scope.SEQUENTIAL;
                case tso -> "memory as x86 has it (total store order)";
                case bpf -> throw absent();
            };
        }

        private Consistency consistency() {
            return switch (this) {
                case sc -> Consistency.SEQUENTIAL;
                case tso -> Consistency.TOTAL_STORE_ORDER;
                case bpf -> throw absent();
            };
        }

        private static InputException absent() {
            return new InputException("--memory-model bpf: objects cannot be checked under the memory model of BPF yet; say sc or tso");
        }
    }

    /**
     * How scenarios are explored.
     *
     * @param limits of each search; the lock rules have as much time @param model of memory @param reduction by which means fewer states are looked at
     * @param compaction what a search may say that keeps hashes of states; empty for one that keeps the states
     * @param outcomes whether all final contents are listed @param graphs whether small explorations are drawn
     */
    public record Exploring(Limits limits, MemoryModels model, Reduction.Choice reduction, Optional<HashCompaction> compaction, boolean outcomes, boolean graphs) {
        /** Without limits, by all reductions, exactly. */
        public static final Exploring USUAL = new Exploring(Limits.NONE, MemoryModels.sc, Reduction.Choice.all, Optional.empty(), false, false);

        /** {@return the memory model in words} */
        String memory() {
            return model.words();
        }
    }

    /** {@return what the command line asks of an object without an option, but for its limits} */
    public static CheckRequest of(BpfObject object) {
        return new CheckRequest(object, Lists.immutable.empty(), Lists.immutable.empty(), ProgramChoice.ALL, Lists.immutable.empty(), Lists.immutable.empty(),
                Lists.immutable.empty(), ScenarioConditions.NOTHING, Lists.immutable.empty(), 2, 1, InterruptChoice.USUAL, RuleChoice.NEWEST, Exploring.USUAL);
    }

    /** {@return the same, explored otherwise} */
    public CheckRequest exploring(Exploring other) {
        return new CheckRequest(object, loading, constants, programs, maps, systemCalls, agents, stated, onRequest, cpus, runs, interrupts, rules, other);
    }

    /** {@return the same with these agents alone} */
    public CheckRequest withAgents(ImmutableList<AgentSpec> named) {
        return new CheckRequest(object, loading, constants, programs, maps, systemCalls, named, stated, onRequest, cpus, runs, interrupts, rules, exploring);
    }

    /** {@return the same on so many CPUs with so many runs} */
    CheckRequest on(int otherCpus, int otherRuns) {
        return new CheckRequest(object, loading, constants, programs, maps, systemCalls, agents, stated, onRequest, otherCpus, otherRuns, interrupts, rules, exploring);
    }

    /** {@return the same with other programs} */
    public CheckRequest with(ProgramChoice other) {
        return new CheckRequest(object, loading, constants, other, maps, systemCalls, agents, stated, onRequest, cpus, runs, interrupts, rules, exploring);
    }

    /** {@return the same with other interrupts} */
    public CheckRequest with(InterruptChoice other) {
        return new CheckRequest(object, loading, constants, programs, maps, systemCalls, agents, stated, onRequest, cpus, runs, other, rules, exploring);
    }

    /** {@return the same for pairs of programs that share one of these maps} */
    public CheckRequest withMaps(ImmutableList<String> named) {
        return new CheckRequest(object, loading, constants, programs, named, systemCalls, agents, stated, onRequest, cpus, runs, interrupts, rules, exploring);
    }
}
