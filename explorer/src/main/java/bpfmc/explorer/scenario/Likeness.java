package bpfmc.explorer.scenario;

import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.ExecutionContext;
import bpfmc.model.kernel.Hook;
import bpfmc.model.kernel.Section;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.ProgramOrigin;
import bpfmc.model.program.Reference;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.primitive.ImmutableIntObjectMap;

/**
 * What decides the states of a scenario, without the names in it: tools put the same code on many hooks. Two scenarios that are alike have the
 * same states, up to names and source lines.
 *
 * @param agents in their order
 */
public record Likeness(ImmutableList<Agent> agents) {
    /** @param first the first agent that runs the same program, not only the same code */
    record Agent(Code code, int first, int cpu, ContextLevel level, int rank) {}

    /**
     * What a program does, and its section: only the kind of it where it names a hook. Which function or tracepoint a program is attached to says no
     * more than its context does; what an iterator goes over, or which operation of a struct_ops a program is, says what its arguments are.
     */
    record Code(ImmutableList<Instruction> code, ImmutableList<Extent> functions, ImmutableIntObjectMap<Reference> references,
            String section, ExecutionContext context) {}

    /** Where a function lies. */
    record Extent(int start, int end, boolean global) {}

    /** {@return the scenario's likeness; empty where names may matter: in callbacks, in system calls, and where somebody has said what is known at first} */
    public static Optional<Likeness> of(Scenario scenario, Contexts contexts) {
        ImmutableList<AgentPlace> places = scenario.agents();
        boolean plain = scenario.start().equals(Scenario.Start.ANY) && scenario.asked().isEmpty()
                && places.allSatisfy(a -> a.program().origin() == ProgramOrigin.COMPILED && a.inputs().isEmpty() && a.program().entries().size() == 1);
        return plain ? Optional.of(new Likeness(places.collect(a -> new Agent(code(a.program(), contexts), places.detectIndex(b -> b.program() == a.program()),
                a.cpu(), a.level(), a.rank())))) : Optional.empty();
    }

    private static Code code(BpfProgram p, Contexts contexts) {
        return new Code(p.code(), p.functions().collect(Likeness::extent), p.references(), section(p.section()), contexts.of(p));
    }

    private static String section(Section section) {
        return Hook.of(section).isPresent() ? section.prefix() : section.name();
    }

    private static Extent extent(Function f) {
        return new Extent(f.start(), f.end(), f.global());
    }
}
