package bpfmc.explorer.condition;

import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import bpfmc.model.call.Calls;
import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.machine.ResultRange;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.value.Symbol;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Ranges of what helpers and kernel functions return: {@code bpf_get_prandom_u32()}, {@code 0..9}. @param programs that are explored */
record InputResults(ImmutableList<BpfProgram> programs) {
    private static final String CALL = "()";
    private static final int NONE = -1;

    static boolean named(String input) {
        return input.endsWith(CALL);
    }

    /** {@return the call that returned an unknown of the program, if it returns unknown numbers} */
    static ImmutableList<String> names(BpfProgram program, Symbol unknown) {
        int helper = unknown.kind() == Symbol.Kind.CONSTANT_RESULT ? unknown.index()
                : unknown.detail() < program.instructionCount() && program.code().get(unknown.detail()) instanceof Instruction.CallHelper call ? call.helper() : NONE;
        ImmutableList<String> called = Calls.unknownResults(program);
        return Helpers.byId(helper).map(h -> "bpf_" + h.name()).filter(called::contains).map(name -> Lists.immutable.with(name + CALL)).orElseGet(Lists.immutable::empty);
    }

    /** {@return the range} @throws InputException when no program calls such a function, or its results are no unknown numbers, or out of range */
    ResultRange of(String name, String text) {
        String function = name.substring(0, name.length() - CALL.length());
        ImmutableList<String> called = programs.flatCollect(Calls::unknownResults).distinct();
        if (!called.contains(function)) {
            ImmutableList<String> helpers = Helpers.all().collect(h -> "bpf_" + h.name());
            throw new InputException(helpers.contains(function) ? "of what " + function + " returns no range can be assumed: no program that is explored calls it, or"
                    + " its result is no unknown number" + (called.isEmpty() ? "" : "; there are " + called.collect(f -> f + CALL).makeString(", "))
                    : "no program calls '" + function + "'" + Nearest.hint(called.notEmpty() ? called : helpers, function));
        }
        Bounds range = Bounds.of(name, text);
        ResultRange any = ResultRange.any(function);
        if (!any.contains(range.least(), range.signed()) || !any.contains(range.most(), range.signed() && range.most() < 0)) {
            throw new InputException(name + " returns " + any + ", " + text + " does not fit");
        }
        return new ResultRange(function, range.least(), range.most(), range.signed());
    }
}
