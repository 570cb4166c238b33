package bpfmc.model.isa;

import bpfmc.model.InputException;

/** The eleven registers a program can name: result, five arguments, four callee-saved ones, the frame pointer. */
public enum Register {
    R0, R1, R2, R3, R4, R5, R6, R7, R8, R9, R10;

    private static final Register[] ALL = values();

    /** {@return the register with this number} @throws InputException when the number is not 0 to 10 */
    public static Register of(int number) {
        if (number < 0 || number >= ALL.length) {
            throw new InputException("register r" + number + " does not exist");
        }
        return ALL[number];
    }

    /** {@return 0 to 10} */
    public int number() {
        return ordinal();
    }
}
