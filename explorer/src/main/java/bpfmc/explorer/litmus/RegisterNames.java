package bpfmc.explorer.litmus;

import bpfmc.model.InputException;
import java.util.Optional;

/** Names of registers: r0 to r10, in either case, and fp, which is r10. */
final class RegisterNames {
    private RegisterNames() {}

    /** {@return the fault of a word that is none} */
    static InputException none(Scanner in, int at, String word) {
        return in.fault(at, "there is no register '" + (word.length() > 40 ? word.substring(0, 40) + "..." : word) + "'; there are r0 to r10 and fp");
    }

    /** {@return the number of a register's name} */
    static Optional<Integer> number(String name) {
        if (name.equals("fp") || name.equals("FP")) {
            return Optional.of(10);
        }
        if (name.length() >= 2 && (name.charAt(0) == 'r' || name.charAt(0) == 'R') && name.substring(1).matches("[0-9]|10")) {
            return Optional.of(Integer.parseInt(name.substring(1)));
        }
        return Optional.empty();
    }
}
