package bpfmc.model.value.bits;

import java.util.HashMap;
import java.util.Map;

/**
 * Gates as clauses (Tseitin's encoding): each output is a variable that equals its inputs' function. Gates of known inputs are worked out
 * at once, and equal gates are one.
 */
final class Gates {
    static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMany() {
            super("too many gates", null, false, false);
        }
    }

    private enum Kind { AND, XOR, MAJORITY, CHOICE }

    private record Gate(Kind kind, int a, int b, int c) {}

    private final Clauses clauses;
    private final int mostGates;
    private final Map<Gate, Integer> known = new HashMap<>();

    /** The literal that is true. */
    final int yes;
    /** The literal that is false. */
    final int no;

    /** @param mostGates more of them throw {@link TooMany} */
    Gates(Clauses clauses, int mostGates) {
        this.clauses = clauses;
        this.mostGates = mostGates;
        yes = clauses.variable();
        no = -yes;
        clauses.add(yes);
    }

    int input() {
        return clauses.variable();
    }

    /** Says that one of the literals is true. */
    void require(int... literals) {
        clauses.add(literals);
    }

    int constant(boolean value) {
        return value ? yes : no;
    }

    int and(int a, int b) {
        if (a == no || b == no || a == -b) {
            return no;
        }
        return a == yes || a == b ? b : b == yes ? a : gate(new Gate(Kind.AND, Math.min(a, b), Math.max(a, b), 0));
    }

    int or(int a, int b) {
        return -and(-a, -b);
    }

    int xor(int a, int b) {
        if (a == no || a == yes) {
            return a == no ? b : -b;
        }
        if (b == no || b == yes) {
            return b == no ? a : -a;
        }
        if (a == b || a == -b) {
            return constant(a != b);
        }
        int x = Math.abs(a);
        int y = Math.abs(b);
        int gate = gate(new Gate(Kind.XOR, Math.min(x, y), Math.max(x, y), 0));
        return a < 0 == b < 0 ? gate : -gate;
    }

    /** {@return whether at least two of the three are true} */
    int majority(int a, int b, int c) {
        if (a == b || a == -b) {
            return a == b ? a : c;
        }
        if (a == c || b == c) {
            return c;
        }
        if (a == -c || b == -c) {
            return a == -c ? b : a;
        }
        if (a == yes || b == yes || c == yes) {
            return a == yes ? or(b, c) : b == yes ? or(a, c) : or(a, b);
        }
        if (a == no || b == no || c == no) {
            return a == no ? and(b, c) : b == no ? and(a, c) : and(a, b);
        }
        int low = Math.min(a, Math.min(b, c));
        int high = Math.max(a, Math.max(b, c));
        return gate(new Gate(Kind.MAJORITY, low, a + b + c - low - high, high));
    }

    /** {@return {@code condition ? a : b}} */
    int choose(int condition, int a, int b) {
        if (condition == yes || condition == no || a == b) {
            return condition == no ? b : a;
        }
        if (condition < 0) {
            return choose(-condition, b, a);
        }
        if (a == yes || a == condition) {
            return or(condition, b);
        }
        if (a == no || a == -condition) {
            return and(-condition, b);
        }
        if (b == yes || b == -condition) {
            return or(-condition, a);
        }
        if (b == no || b == condition) {
            return and(condition, a);
        }
        return a == -b ? -xor(condition, a) : gate(new Gate(Kind.CHOICE, condition, a, b));
    }

    private int gate(Gate gate) {
        Integer output = known.get(gate);
        if (output == null) {
            if (known.size() >= mostGates) {
                throw new TooMany();
            }
            output = clauses.variable();
            known.put(gate, output);
            define(gate, output);
        }
        return output;
    }

    private void define(Gate g, int out) {
        switch (g.kind()) {
            case AND -> {
                clauses.add(-out, g.a());
                clauses.add(-out, g.b());
                clauses.add(out, -g.a(), -g.b());
            }
            case XOR -> {
                clauses.add(-out, g.a(), g.b());
                clauses.add(-out, -g.a(), -g.b());
                clauses.add(out, -g.a(), g.b());
                clauses.add(out, g.a(), -g.b());
            }
            case MAJORITY -> {
                clauses.add(-out, g.a(), g.b());
                clauses.add(-out, g.a(), g.c());
                clauses.add(-out, g.b(), g.c());
                clauses.add(out, -g.a(), -g.b());
                clauses.add(out, -g.a(), -g.c());
                clauses.add(out, -g.b(), -g.c());
            }
            case CHOICE -> {
                clauses.add(-out, -g.a(), g.b());
                clauses.add(-out, g.a(), g.c());
                clauses.add(out, -g.a(), -g.b());
                clauses.add(out, g.a(), -g.c());
                clauses.add(-out, g.b(), g.c());
                clauses.add(out, -g.b(), -g.c());
            }
        }
    }
}
