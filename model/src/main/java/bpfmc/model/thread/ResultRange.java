package bpfmc.model.thread;

import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Reference;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What a program may take for granted of what a helper or a kernel function returns, each time that it is called.
 *
 * @param function its whole name: "bpf_get_prandom_u32"
 * @param least of the numbers as they are in r0: signed when it is below 0, else unsigned @param most not below {@code least}
 */
public record ResultRange(String function, long least, long most, boolean signed) {
    /** {@return a new unknown, within what is known of the function's results} */
    static Value.Scalar unknown(Machine m, Linkage linkage, String function, int bytes) {
        Value.Scalar result = m.unknownValue(bytes);
        for (ResultRange known : linkage.results().select(r -> r.function().equals(function))) {
            if (known.least() == known.most()) {
                return Value.of(known.least());
            }
            Order less = known.signed() ? Order.LESS_SIGNED : Order.LESS_UNSIGNED;
            boolean possible = m.assume(new Literal(new Comparison(less, result.term(), Terms.constant(known.least())), false))
                    && m.assume(new Literal(new Comparison(less, Terms.constant(known.most()), result.term()), false));
            if (!possible) {
                throw new IllegalStateException("no result of " + function + " is within " + known);
            }
        }
        return result;
    }

    /** {@return the least and the most that a helper can return, by its prototype} */
    public static ResultRange any(String function) {
        return Helpers.byName(function.replaceFirst("^bpf_", "")).filter(h -> function.startsWith("bpf_")).map(h -> switch (h.result()) {
            case U32 -> new ResultRange(function, 0, Terms.mask(4), false);
            case S32 -> new ResultRange(function, Integer.MIN_VALUE, Integer.MAX_VALUE, true);
            case U64, VOID, POINTER, POINTER_OR_NULL -> new ResultRange(function, Long.MIN_VALUE, Long.MAX_VALUE, true);
        }).orElse(new ResultRange(function, Long.MIN_VALUE, Long.MAX_VALUE, true));
    }

    /** {@return whether a number is within the range} @param negative whether it is below 0 */
    public boolean contains(long number, boolean negative) {
        boolean everything = signed && least == Long.MIN_VALUE && most == Long.MAX_VALUE;
        return everything || (signed ? (negative || number >= 0) && number >= least && number <= most
                : !negative && Long.compareUnsigned(number, least) >= 0 && Long.compareUnsigned(number, most) <= 0);
    }

    @Override
    public String toString() {
        return signed ? least + ".." + most : Long.toUnsignedString(least) + ".." + Long.toUnsignedString(most);
    }

    /** {@return the functions called by a program whose results are unknown numbers, of which a range can be assumed} */
    public static ImmutableList<String> functions(BpfProgram program) {
        return Lists.immutable.withAll(program.code()).collectWithIndex((i, slot) -> function(program, i, slot)).reject(String::isEmpty).distinct();
    }

    private static String function(BpfProgram program, Instruction instruction, int slot) {
        return switch (instruction) {
            case Instruction.CallHelper call -> Helpers.byId(call.helper()).filter(HelperCalls::returnsUnknown).map(h -> "bpf_" + h.name()).orElse("");
            case Instruction.CallKfunc call when program.references().get(slot) instanceof Reference.Kfunc k && KfuncCalls.returnsUnknown(k, program) -> k.name();
            case null, default -> "";
        };
    }
}
