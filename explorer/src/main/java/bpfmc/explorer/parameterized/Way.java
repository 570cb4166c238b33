package bpfmc.explorer.parameterized;

import bpfmc.model.step.Answer;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * One way in which an operation can come out.
 *
 * @param after the shared part @param notices whom it concerns besides @param keys what the run has turned out to mean by its keys
 * @param unwatched name of an element of which no run may hold the address for this to happen, -1 where that does not matter
 */
record Way(Answer answer, Shared after, ImmutableList<Notice> notices, KeyTable keys, int unwatched) {
    Way(Answer answer, Shared after, ImmutableList<Notice> notices, KeyTable keys) {
        this(answer, after, notices, keys, -1);
    }

    /** A way that nobody else notices. */
    Way(Answer answer, Shared after, KeyTable keys) {
        this(answer, after, Lists.immutable.empty(), keys);
    }
}
