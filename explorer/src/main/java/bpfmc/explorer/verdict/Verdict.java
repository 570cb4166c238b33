package bpfmc.explorer.verdict;

import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** What can be said of a scenario. {@link Holds} is only given for a search that was finished without gaps. */
public sealed interface Verdict {
    /** {@return why the scope is not fully explored, empty when it is, or when the kernel refuses to load it} */
    default ImmutableList<Reason> unfinished() {
        return switch (this) {
            case Holds h -> Lists.immutable.empty();
            case Violated v -> v.unfinished();
            case Rejected r -> Lists.immutable.empty();
            case Inconclusive i -> i.reasons();
        };
    }

    /** Every run of the scope was followed to its end and no state was at fault. */
    record Holds() implements Verdict {}

    /**
     * Some state is at fault. @param unfinished why there may be more, empty when everything was explored
     */
    record Violated(ImmutableList<Fault> faults, ImmutableList<Reason> unfinished) implements Verdict {}

    /** Nothing was found, but not everything was explored. */
    record Inconclusive(ImmutableList<Reason> reasons) implements Verdict {}

    /** The kernel would refuse one of the programs; nothing was explored. */
    record Rejected(ImmutableList<bpfmc.model.rules.Finding> findings) implements Verdict {}

    /** A finding and how it comes about. */
    record Fault(Finding finding, Counterexample counterexample) {
        /** {@return what went wrong, in one sentence} @param names of the object that it was found in */
        public String sentence(SourceNames names) {
            return finding.about().sentence(shown(finding.places()), names);
        }

        /** {@return what would make it go away} @param names of the object that it was found in @param places that are to be mended */
        public String fix(SourceNames names, ImmutableList<Place> places) {
            return finding.about().fix(shown(places), names);
        }

        private Explanation.Shown shown(ImmutableList<Place> places) {
            return new Explanation.Shown(finding.level(), finding.subject(), places, counterexample.steps());
        }
    }

    /** Why a search does not cover its scope. */
    sealed interface Reason {
        /** A run reaches something that is not modelled. */
        record Unsupported(Gap gap) implements Reason {}

        /**
         * A limit ended the search.
         *
         * @param limit which one and its value @param way how to go on
         * @param strain what the machine had too little of, if that is what it was
         */
        record Limit(String limit, String way, Strain strain) implements Reason {}

        /** What was to be shown of any number of CPUs and runs is not shown. @param item what it is about @param why what stands in the way @param way how to go on */
        record NotShown(String item, String why, String way) implements Reason {}

        /** What a search may want of a machine. */
        enum Strain { NOTHING, TIME, MEMORY }
    }
}
