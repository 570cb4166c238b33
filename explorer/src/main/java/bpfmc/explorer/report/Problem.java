package bpfmc.explorer.report;

import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict.Fault;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Faults with one cause: the same functions and the same map.
 *
 * @param id stays the same from build to build: property, field, functions
 * @param fault the one that is told
 * @param scenario where it was found first
 * @param others further findings with the same cause
 * @param scenarios how many scenarios show it
 */
public record Problem(String id, Fault fault, ScenarioResult scenario, ImmutableList<Finding> others, int scenarios) {}
