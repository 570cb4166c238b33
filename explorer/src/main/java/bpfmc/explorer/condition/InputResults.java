package bpfmc.explorer.condition;

import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import bpfmc.model.call.Calls;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.machine.ResultRange;
import bpfmc.model.program.BpfProgram;
import org.eclipse.collections.api.list.ImmutableList;

/** Ranges of what helpers and kernel functions return: {@code bpf_get_prandom_u32()}, {@code 0..9}. @param programs that are explored */
record InputResults(ImmutableList<BpfProgram> programs) {
    private static final String CALL = "()";

    static boolean named(String input) {
        return input.endsWith(CALL);
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
