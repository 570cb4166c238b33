package bpfmc.explorer.parameterized;

import bpfmc.model.step.Answer;
import bpfmc.model.step.StaleClockSample;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * One way in which an operation can come out.
 *
 * @param after the shared part @param notices whom it concerns besides @param keys what the run has turned out to
 *     mean by its keys
 * @param unwatched name of an element of which no run may hold the address for this to happen, -1 where that does
 *     not matter
 * @param overtaken clock samples of the run than which one in the answer is later
 */
record Way(Answer answer, Shared after, ImmutableList<Notice> notices, KeyTable keys, int unwatched, ImmutableList<StaleClockSample> overtaken) {
    Way(Answer answer, Shared after, ImmutableList<Notice> notices, KeyTable keys, int unwatched) {
        this(answer, after, notices, keys, unwatched, Lists.immutable.empty());
    }

    Way(Answer answer, Shared after, ImmutableList<Notice> notices, KeyTable keys) {
        this(answer, after, notices, keys, -1);
    }

    /** {@return the same way with samples that are overtaken} */
    Way later(ImmutableList<StaleClockSample> samples) {
        return new Way(answer, after, notices, keys, unwatched, samples);
    }

    /** A way that nobody else notices. */
    Way(Answer answer, Shared after, KeyTable keys) {
        this(answer, after, Lists.immutable.empty(), keys);
    }
}
