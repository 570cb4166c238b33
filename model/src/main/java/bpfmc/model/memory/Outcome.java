package bpfmc.model.memory;

import bpfmc.model.machine.Invalidation;
import bpfmc.model.step.Answer;
import bpfmc.model.value.Comparison.Literal;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.Lists;

/** One way in which a visible operation can come out. */
public record Outcome(Answer answer, ImmutableList<Change> changes, ImmutableList<Invalidation> notices) {

    /** A part of shared memory that is different afterwards. */
    public sealed interface Change {
        record OfElement(int slot, Element element) implements Change {}

        record OfBindings(int map, KeyPartition bindings) implements Change {}

        /** What lock implementations keep for each CPU. */
        record OfCpuWords(ImmutableIntList words) implements Change {}

        /** What a CPU has stored that others do not see yet. */
        record OfBuffer(int cpu, StoreBuffer buffer) implements Change {}
    }

    static Outcome of(Answer answer) {
        return new Outcome(answer, Lists.immutable.empty(), Lists.immutable.empty());
    }

    static Outcome of(Answer answer, Change change) {
        return new Outcome(answer, Lists.immutable.with(change), Lists.immutable.empty());
    }

    /** {@return this outcome of an operation with an answer, which tells the agent this too} */
    Outcome learning(Literal literal) {
        var of = (Answer.Of) answer;
        return new Outcome(new Answer.Of(of.value(), of.learned().newWith(literal)), changes, notices);
    }
}
