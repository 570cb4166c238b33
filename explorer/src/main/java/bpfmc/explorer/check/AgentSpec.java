package bpfmc.explorer.check;

import bpfmc.explorer.condition.ScenarioConditions;
import bpfmc.model.kernel.ContextLevel;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * One agent of a scenario.
 *
 * @param program the program's name, or {@code user:} and a system call @param cpu from 0, empty for any of them
 * @param level where it runs, empty for what its section says @param runs how often, one after the other
 * @param inputs what is assumed of its context, besides what is assumed of every agent's
 * @param place where the file says so: "file:line:column"
 */
public record AgentSpec(String program, OptionalInt cpu, Optional<ContextLevel> level, int runs, ImmutableList<ScenarioConditions.Holds> inputs, String place) {
    /** {@return the same agent on this CPU} */
    public AgentSpec on(int which) {
        return new AgentSpec(program, OptionalInt.of(which), level, runs, inputs, place);
    }

    /** What a file says of an agent that may run on any CPU. */
    public static final String ANY = "any";
}
