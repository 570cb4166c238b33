package bpfmc.model.thread;

import bpfmc.model.flow.Liveness;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Facts;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A program run without forgetting: every condition on every unknown stays known, and ways that meet stay apart. Follows
 * a path that the {@link ThreadAutomaton} found, to learn what its unknowns must be.
 */
public final class ExactRun {
    private final Interpreter interpreter;
    private final Canonical canonical;

    public ExactRun(RunConfig config) {
        var liveness = Liveness.of(config);
        this.interpreter = new Interpreter(config, liveness, new Unforgotten());
        this.canonical = new Canonical(config.program(), liveness);
    }

    /** {@return the state before the first step} */
    public PrivateState start() {
        return interpreter.start();
    }

    /** {@return the states that may follow; not all of them when there are very many} */
    public ImmutableList<PrivateState> resume(PrivateState state, Answer answer) {
        return interpreter.resume(state, answer);
    }

    /** {@return the state with the notice taken} */
    public PrivateState notice(PrivateState state, Invalidation notice, boolean mine) {
        return Invalidation.take(state, notice, mine);
    }

    /** {@return whether an automaton that forgets would stand in the node's state where the exact run stands in this one} */
    public boolean corresponds(PrivateState exact, PrivateState node) {
        if (exact.operation() instanceof VisibleOperation.End) {
            return node.operation() instanceof VisibleOperation.End && node.held().equals(exact.held())
                    && node.flags().equals(exact.flags());
        }
        Machine m = Machine.of(exact);
        m.operation = exact.operation();
        boolean again = exact.operation() instanceof VisibleOperation.Unsupported || interpreter.reexecutes(m);
        return withoutFacts(canonical.of(m, again)).equals(withoutFacts(node));
    }

    private static PrivateState withoutFacts(PrivateState s) {
        return new PrivateState(s.pc(), s.registers(), s.frames(), s.context(), s.contextVersion(), s.memories(),
                s.packet(), Facts.NONE, s.loads(), s.parked(), s.overtaken(), s.misses(), s.held(), s.flags(), s.fresh(), s.exported(), s.tailCalls(),
                s.progress(), s.operation());
    }
}
