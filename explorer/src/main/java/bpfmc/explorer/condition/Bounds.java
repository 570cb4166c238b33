package bpfmc.explorer.condition;

import bpfmc.model.InputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range as scenario files write it: {@code 3}, {@code 0..3}, {@code -22..0}. @param signed whether it begins below 0 */
record Bounds(long least, long most, boolean signed) {
    private static final Pattern RANGE = Pattern.compile("(-?\\w+)(?:\\s*\\.\\.\\s*(-?\\w+))?");

    /** {@return the range} @param name of what has it, for messages @throws InputException when it is none, or empty */
    static Bounds of(String name, String text) {
        Matcher range = RANGE.matcher(text.strip());
        if (!range.matches()) {
            throw new InputException(name + ": '" + text + "' is no range; write 3, or 0..3");
        }
        long least = number(name, range.group(1));
        long most = range.group(2) == null ? least : number(name, range.group(2));
        var bounds = new Bounds(least, most, range.group(1).startsWith("-"));
        boolean negative = range.group(2) != null && range.group(2).startsWith("-");
        if (negative && !bounds.signed() || bounds.compare(least, most) > 0) {
            throw new InputException(name + ": the range " + text + " is empty");
        }
        return bounds;
    }

    private static long number(String name, String digits) {
        try {
            return digits.startsWith("0x") ? Long.parseUnsignedLong(digits.substring(2), 16)
                    : digits.startsWith("-") ? Long.parseLong(digits) : Long.parseUnsignedLong(digits);
        } catch (NumberFormatException e) {
            throw new InputException(name + ": '" + digits + "' is no number of 64 bits");
        }
    }

    private int compare(long a, long b) {
        return signed ? Long.compare(a, b) : Long.compareUnsigned(a, b);
    }
}
