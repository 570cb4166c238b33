package bpfmc.explorer.verdict;

import bpfmc.explorer.verdict.Counterexample.Step;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;

/**
 * What a property says of itself and of its findings. Reports, the list of {@code bpfmc explain} and the rules of SARIF logs are
 * written from it, and from nothing else. Nothing of it has a default: a property that leaves a part out does not compile.
 */
public interface Explanation {
    /** {@return its name on the command line and in reports: "lost-update"} */
    String name();

    /** {@return what it means that the property fails, in one line without a full stop} */
    String title();

    /** {@return the levels that its findings have, the gravest first} */
    ImmutableList<Level> levels();

    /**
     * {@return its place among the properties that fail for one cause: the one with the lowest number is told} A consequence comes before
     * the circumstance that allows it: a lost update before the data race. No two of bpfmc's own have the same number.
     */
    int order();

    /** {@return what findings at the same functions and the same map have in common with those of other properties: those of one word have one cause} */
    String cause();

    /** {@return what the trace to a finding tells besides its steps} */
    ImmutableSet<TraceNote> notes();

    /** {@return what went wrong, in one sentence} @param names of the object that it was found in */
    String sentence(Shown shown, SourceNames names);

    /** {@return what would make it go away: only what is legal for these programs and this map} @param names of the object that it was found in */
    String fix(Shown shown, SourceNames names);

    /** {@return the page that explains it, lines ended} */
    String page();

    /** A finding of the property, and how it comes about. @param steps of its trace */
    record Shown(Level level, Subject subject, ImmutableList<Place> places, ImmutableList<Step> steps) {}

    /** What a trace may tell besides its steps. */
    enum TraceNote {
        /** Who waits for whom at its end. */
        WAITS,
        /** Of the finding's memory, which is a lock, who owns it; else what its bytes hold. */
        LOCK_OWNER,
        /** Which step made the element stale; its place is then one of the finding's. */
        STALE_CAUSE,
        /** Whose store is lost; its place is then one of the finding's. */
        LOST_STORE
    }

    /** {@return whether a machine with a weaker memory model may show more than was explored where this is found} */
    default boolean weakerMachinesMayShowMore() {
        return false;
    }
}
