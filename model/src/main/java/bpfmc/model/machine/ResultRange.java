package bpfmc.model.machine;

import bpfmc.model.kernel.Helpers;
import bpfmc.model.value.Terms;

/**
 * What a program may take for granted of what a helper or a kernel function returns, each time that it is called.
 *
 * @param function its whole name: "bpf_get_prandom_u32"
 * @param least of the numbers as they are in r0: signed when it is below 0, else unsigned @param most not below {@code least}
 */
public record ResultRange(String function, long least, long most, boolean signed) {
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
}
