package bpfmc.explorer.check;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.verdict.Verdict.Fault;
import bpfmc.explorer.verdict.Verdict.Reason;
import org.eclipse.collections.api.list.ImmutableList;

/** A property of all runs of a scenario together, which no single state shows. */
public interface RunSetProperty {
    /** {@return its name on the command line and in reports} */
    String name();

    /** @param unfinished why there may be more faults than these */
    record Judgement(ImmutableList<Fault> faults, ImmutableList<Reason> unfinished) {}

    Judgement judge(Scenario scenario, Limits limits);
}
