package bpfmc.explorer.report;

import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Scope;
import bpfmc.model.program.BpfObject;
import bpfmc.model.rules.Judgement;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * All that is to be said about one object.
 *
 * @param object what was checked
 * @param results one for each scenario, in their order
 * @param problems the faults of all scenarios, those with one cause as one, the worst first
 * @param rules what the kernel's lock rules say of the object
 * @param scope what the verdicts depend on
 */
public record Report(BpfObject object, ImmutableList<ScenarioResult> results, ImmutableList<Problem> problems, Judgement rules,
        Scope scope) {

    /** {@return the status of the whole: violated before rejected before inconclusive before holds; inconclusive where nothing was explored} */
    public Status status() {
        Status worst = rules.rejected() ? Status.REJECTED : results.isEmpty() ? Status.INCONCLUSIVE : Status.HOLDS;
        for (ScenarioResult r : results) {
            Status status = Status.of(r.verdict());
            worst = status.compareTo(worst) > 0 ? status : worst;
        }
        return worst;
    }

    /** {@return the ids of all findings, those of the lock rules too: what is compared with earlier runs} */
    public ImmutableList<String> ids() {
        Naming naming = new Naming(object);
        return results.flatCollect(r -> Wording.ids(naming, r))
                .newWithAll(rules.findings().select(bpfmc.model.rules.Finding::rejects).collect(f -> f.rule() + "/" + f.subject())).distinct();
    }

    /** {@return what is said of findings that change nothing, a sentence for each field} */
    public ImmutableList<String> notes() {
        Naming naming = new Naming(object);
        return Lists.immutable.withAll(results.flatCollect(ScenarioResult::notes).groupBy(Finding::subject).keyMultiValuePairsView().toList())
                .collect(f -> "NOTE, both sides store the same constant to " + naming.place(f.getOne()) + ", which changes nothing: "
                        + Lists.immutable.withAll(f.getTwo()).collect(n -> Problems.id(naming, n)).distinct().makeString(", "));
    }

    /** {@return what is to be known of the verdict wherever it is told in a line} */
    public ImmutableList<String> remarks() {
        ImmutableList<String> found = results.flatCollect(r -> r.lookups().found()).distinct();
        ImmutableList<String> missed = results.flatCollect(r -> r.lookups().missed()).distinct().reject(found::contains);
        return Lists.immutable.<String>empty().newWithAll(results.isEmpty() && !rules.rejected() ? Lists.immutable.with("nothing was explored") : Lists.immutable.empty())
                .newWithAll(scope.nothingShared() ? Lists.immutable.with(Scope.NOTHING_SHARED) : Lists.immutable.empty())
                .newWithAll(missed.collect(m -> "every lookup in " + m + " missed"))
                .newWithAll(scope.notChecked()).newWithAll(notes());
    }
}
