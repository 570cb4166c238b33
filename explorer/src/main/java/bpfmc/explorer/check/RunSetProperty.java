package bpfmc.explorer.check;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.verdict.Explanation;
import bpfmc.explorer.verdict.Verdict.Fault;
import bpfmc.explorer.verdict.Verdict.Reason;
import org.eclipse.collections.api.list.ImmutableList;

/** A property of all runs of a scenario together, which no single state shows. */
public interface RunSetProperty extends Explanation {
    /** @param unfinished why there may be more faults than these */
    record Faults(ImmutableList<Fault> faults, ImmutableList<Reason> unfinished) {}

    /** {@return what its verdicts take for granted besides what all do, a sentence each} */
    ImmutableList<String> assumptions();

    Faults judge(Scenario scenario, Limits limits);
}
