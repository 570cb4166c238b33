package bpfmc.explorer.check;

import bpfmc.explorer.scenario.Alternatives;
import bpfmc.explorer.verdict.Scope;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Programs that were left out, and pairs of programs, as the scope tells it. */
final class NotChecked {
    private static final String OPTION = " (--all-alternatives)";

    private NotChecked() {}

    /** @param others names of programs that are in no scenario for another reason */
    static ImmutableList<String> told(Alternatives alternatives, ImmutableList<String> others) {
        return told(Scope.NOT_CHECKED + "no agents of a scenario: ", others, "")
                .newWithAll(told(Scope.NOT_CHECKED + "other forms of hooks that are checked: ", alternatives.programs(), OPTION))
                .newWithAll(told("paired with themselves only, as no loader takes them by itself ('?' sections): ", alternatives.onDemand(), OPTION));
    }

    private static ImmutableList<String> told(String what, ImmutableList<String> programs, String option) {
        return programs.isEmpty() ? Lists.immutable.empty() : Lists.immutable.with(what + programs.makeString(", ") + option);
    }
}
