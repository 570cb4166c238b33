package bpfmc.model.call;

import bpfmc.model.kernel.Flags;
import bpfmc.model.machine.Machine;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Sets;

/**
 * bpf_tail_call (kernel/bpf/core.c, ___bpf_prog_run, JMP_TAIL_CALL): goes on in one of the programs that the object puts into the array, or fails
 * and execution goes on. The target takes over the running function's frame (a subprogram's caller still waits for it), not its contents.
 * Where user space may take programs out of the array, and put them back, each call may find none.
 */
final class ProgramArrayCalls implements CallFamily {
    @Override
    public String name() {
        return "tail calls";
    }

    @Override
    public ImmutableSet<String> functions() {
        return Sets.immutable.with("bpf_tail_call");
    }

    @Override
    public ImmutableSet<Use> uses(Callee callee) {
        return Sets.immutable.with(Use.GOES_ANYWHERE, Use.UPDATES, Use.FINDS_ELEMENT);
    }

    @Override
    public boolean enter(Call call) {
        Machine m = call.machine();
        Optional<MapDefinition> array = call.map(2);
        if (array.isEmpty() || array.get().initialPrograms().isEmpty()) {
            Call gone = call.fork();
            gone.unsupported("a tail call to a program that the object does not name");
            gone.follow();
        } else if (m.tailCalls < Flags.MOST_TAIL_CALLS) {
            Term index = Terms.extract(m.number(call.argument(3)).term(), 0, 4);
            for (int i : array.get().initialPrograms().keySet().toSortedArray()) {
                Literal chosen = Comparison.equal(index, Terms.constant(i), true);
                Call gone = call.fork();
                if (gone.machine().assume(chosen)) {
                    if (!array.get().programsStay()) {
                        Call missed = gone.fork();
                        missed.finish(missed.machine().unknownValue(8));
                        missed.follow();
                    }
                    enter(gone, array.get().initialPrograms().get(i));
                    gone.follow();
                }
                if (!m.assume(chosen.negated())) {
                    return false;
                }
            }
        }
        return call.finish(m.unknownValue(8));
    }

    private static void enter(Call call, String target) {
        Integer slot = call.config().program().entries().get(target);
        if (slot == null) {
            call.unsupported("a tail call to program " + target + ", which is of another type or too large to follow");
            return;
        }
        Machine m = call.machine();
        Value context = m.registers[1];
        Arrays.fill(m.registers, null);
        m.registers[1] = context;
        m.frames.set(m.depth(), m.frame().withStack(Cells.EMPTY));
        m.tailCalls++;
        m.pc = slot;
    }
}
