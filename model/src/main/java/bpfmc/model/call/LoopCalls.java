package bpfmc.model.call;

import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.Flags;
import bpfmc.model.machine.Frame;
import bpfmc.model.machine.Machine;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Sets;

/** bpf_loop (kernel/bpf/bpf_iter.c, Linux 5.17): runs a function so many times; a result other than 0 ends the call. */
final class LoopCalls implements CallFamily {
    /** Turns whose number is not known that are followed. */
    private static final int MOST_UNKNOWN_TURNS = 8;

    @Override
    public String name() {
        return "loops";
    }

    @Override
    public ImmutableSet<String> functions() {
        return Sets.immutable.with("bpf_loop");
    }

    /** The callback may do what the program's code may do anywhere. */
    @Override
    public ImmutableSet<Use> uses(Callee callee) {
        return Sets.immutable.with(Use.FINDS_ELEMENT, Use.UPDATES);
    }

    @Override
    public boolean enter(Call call) {
        Optional<String> refusal = Callbacks.refusal(call);
        if (refusal.isPresent()) {
            return call.unsupported(refusal.get());
        }
        return call.argument(4).is(0) ? loop(call, 0) : call.finish(Value.of(Errno.EINVAL.result()));
    }

    @Override
    public boolean returned(Call call, Frame callback) {
        return Callbacks.goesOn(call, callback.turn()) && loop(call, callback.turn());
    }

    private static boolean loop(Call call, int turns) {
        Machine m = call.machine();
        Term wanted = Terms.extract(m.number(call.argument(1)).term(), 0, 4);
        Literal more = new Literal(new Comparison(Order.LESS_UNSIGNED, Terms.constant(turns), wanted), true);
        Literal tooMany = new Literal(new Comparison(Order.LESS_UNSIGNED, Terms.constant(Flags.MOST_LOOPS), wanted), true);
        Call refused = call.fork();
        if (turns == 0 && refused.machine().assume(tooMany)) {
            refused.finish(Value.of(Errno.E2BIG.result()));
            refused.follow();
        }
        Call ended = call.fork();
        if (ended.machine().assume(more.negated())) {
            ended.finish(Value.of(turns));
            ended.follow();
        }
        if (!m.assume(tooMany.negated()) || !m.assume(more)) {
            return false;
        }
        return turns >= MOST_UNKNOWN_TURNS && !wanted.isConstant()
                ? call.unsupported("bpf_loop with more than " + MOST_UNKNOWN_TURNS + " turns, whose number is not known")
                : Callbacks.enter(call, turns + 1, Callbacks.NO_WALK, Value.of(turns), call.argument(3), null, null);
    }

    @Override
    public boolean alone(VerifierCall call) {
        Value context = call.argument(3);
        return Callbacks.alone(call, 2, false, m -> m.registers[2] = context);
    }
}
