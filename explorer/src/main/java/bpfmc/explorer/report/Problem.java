package bpfmc.explorer.report;

import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict.Fault;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Faults with one cause. Of accesses that nothing orders that is a map, and the functions that lack what orders others; where nothing orders any, all
 * functions that touch the field. Of others it is the map and the functions. It is for readers only: whatever compares or accepts works on findings.
 *
 * @param id stays the same from build to build: property, field, functions
 * @param fault the one that is told
 * @param scenario where it was found first
 * @param others further findings with the same cause
 * @param scenarios how many scenarios show it
 * @param cause what the accesses have in common, of findings about accesses
 */
public record Problem(String id, Fault fault, ScenarioResult scenario, ImmutableList<Finding> others, int scenarios, Optional<Cause> cause) {

    /** {@return the places of the finding that are to be mended: those that lack what orders others, or all} */
    public ImmutableList<Place> blamed() {
        ImmutableList<Place> odd = fault.finding().places().select(p -> cause.filter(c -> c.blames(p)).isPresent());
        ImmutableList<Place> all = odd.isEmpty() ? cause.map(Cause::odd).orElse(Lists.immutable.empty()).flatCollect(Cause.Row::places) : odd;
        return (all.isEmpty() ? fault.finding().places() : all).distinct();
    }
}
