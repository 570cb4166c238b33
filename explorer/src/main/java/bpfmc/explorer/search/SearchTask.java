package bpfmc.explorer.search;

import bpfmc.explorer.space.Draft;
import bpfmc.explorer.space.Judge;
import bpfmc.explorer.space.TransitionSystem;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a search looks at, for one thread: a system and the judge of its states.
 *
 * @param draft where system and judge mark what has no number yet; {@link Draft#NONE} for the thread that gives numbers
 * @param helpers makes the same for a thread that helps; called, and its result used, only while nobody uses this one; empty if only one thread can search
 */
public record SearchTask<F>(TransitionSystem system, Judge<F> judge, Draft draft, Optional<Supplier<SearchTask<F>>> helpers) {

    /** {@return a task for one thread} */
    public static <F> SearchTask<F> of(TransitionSystem system, Judge<F> judge) {
        return new SearchTask<>(system, judge, Draft.NONE, Optional.empty());
    }

    /** {@return a task for a thread that helps} */
    public static <F> SearchTask<F> ofHelper(TransitionSystem system, Judge<F> judge, Draft draft) {
        return new SearchTask<>(system, judge, draft, Optional.empty());
    }

    /** {@return the same, which others may help with} */
    public SearchTask<F> helpedBy(Supplier<SearchTask<F>> helper) {
        return new SearchTask<>(system, judge, draft, Optional.of(helper));
    }
}
