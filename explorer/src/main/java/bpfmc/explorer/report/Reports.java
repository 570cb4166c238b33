package bpfmc.explorer.report;

import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Scope;
import bpfmc.model.program.BpfObject;
import bpfmc.model.rules.Judgement;
import org.eclipse.collections.api.list.ImmutableList;

/** Makes reports. */
public final class Reports {
    private Reports() {}

    public static Report of(BpfObject object, ImmutableList<ScenarioResult> results, Judgement rules, Scope scope) {
        return new Report(object, results, new Problems(object).of(results), rules, scope);
    }
}
