package bpfmc.explorer.spec;

import bpfmc.model.kernel.ContextLevel;
import java.util.Optional;

/**
 * One agent of a scenario.
 *
 * @param program the program's name, or {@code user:} and a system call @param cpu from 0
 * @param level where it runs, empty for what its section says @param runs how often, one after the other
 * @param place where the file says so: "file:line:column"
 */
public record AgentSpec(String program, int cpu, Optional<ContextLevel> level, int runs, String place) {}
