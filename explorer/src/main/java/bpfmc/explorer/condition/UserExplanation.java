package bpfmc.explorer.condition;

import bpfmc.explorer.property.PropertyPages;
import bpfmc.explorer.verdict.Explanation;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.SourceNames;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/** What is said of conditions that users state, which differ in when they must hold. */
public interface UserExplanation extends Explanation {
    /** {@return when the condition must hold} */
    When when();

    /** All conditions that must hold at one time. */
    record Of(When when) implements UserExplanation {
        @Override
        public String name() {
            return when.word();
        }
    }

    /** {@return what is said of the conditions of each time} */
    static ImmutableList<Explanation> all() {
        return Lists.immutable.with(When.values()).collect(Of::new);
    }

    @Override
    default String title() {
        return switch (when()) {
            case FINALLY -> "A condition of the scenario file fails when all runs have ended";
            case ALWAYS -> "A condition of the scenario file fails at some moment";
            case LOCK_FREE -> "A condition of the scenario file fails while nobody owns a lock of the elements that it reads";
        };
    }

    @Override
    default ImmutableList<Level> levels() {
        return Lists.immutable.with(Level.ERROR);
    }

    /** What users ask is told before everything else, in the order of the file. */
    @Override
    default int order() {
        return 0;
    }

    @Override
    default String cause() {
        return name();
    }

    @Override
    default ImmutableSet<TraceNote> notes() {
        return Sets.immutable.empty();
    }

    @Override
    default String sentence(Shown shown, SourceNames names) {
        return "The scenario says that this never happens.";
    }

    @Override
    default String fix(Shown shown, SourceNames names) {
        return "mend what the programs do, or the scenario if it asks too much";
    }

    /** One page tells of all of them. */
    @Override
    default String page() {
        return PropertyPages.text("conditions");
    }
}
