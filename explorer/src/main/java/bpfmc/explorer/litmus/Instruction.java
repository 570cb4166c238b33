package bpfmc.explorer.litmus;

/** An instruction of a litmus test. Widths are not kept: herd7 ignores them. Targets are numbers of instructions. */
sealed interface Instruction {
    /** A register or a number. */
    sealed interface Operand permits Register, Constant {}

    record Register(int number) implements Operand {
        @Override
        public String toString() {
            return "r" + number;
        }
    }

    record Constant(long value) implements Operand {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** {@code (base + offset)}. */
    record Place(int base, long offset) {
        @Override
        public String toString() {
            return "(r" + base + (offset < 0 ? " - " + -offset : " + " + offset) + ")";
        }
    }

    /** {@code to = from}, {@code to += from} and so on. */
    record Compute(int to, Operator operator, Operand from) implements Instruction {
        @Override
        public String toString() {
            return "r" + to + " " + operator.sign() + "= " + from;
        }
    }

    record Load(int to, Place place, boolean acquire) implements Instruction {
        @Override
        public String toString() {
            return "r" + to + " = " + (acquire ? "load_acquire" : "*") + place;
        }
    }

    record Store(Place place, Operand from, boolean release) implements Instruction {
        @Override
        public String toString() {
            return release ? "store_release(" + place + ", " + from + ")" : "*" + place + " = " + from;
        }
    }

    /** An atomic on one cell; with {@code fetch} the register gets what the cell held. */
    record Atomic(Operator operator, boolean fetch, Place place, int register) implements Instruction {
        @Override
        public String toString() {
            return !fetch ? "lock *" + place + " " + operator.sign() + "= r" + register
                    : "r" + register + " = " + (operator == Operator.SET ? "xchg" : "fetch " + operator.sign()) + "(" + place + ", r" + register + ")";
        }
    }

    /** Stores the register when the cell holds r0; r0 gets what it held. */
    record CompareExchange(Place place, int register) implements Instruction {
        @Override
        public String toString() {
            return "r0 = cmpxchg(" + place + ", r0, r" + register + ")";
        }
    }

    record Goto(int target) implements Instruction {
        @Override
        public String toString() {
            return "goto " + target;
        }
    }

    record Branch(Condition condition, int left, Operand right, int target) implements Instruction {
        @Override
        public String toString() {
            return "if r" + left + " " + condition.sign() + " " + right + " goto " + target;
        }
    }

    /** What a branch asks. The order of numbers is signed, as in herd7. */
    enum Condition {
        EQUAL("=="), DIFFERENT("!="), LESS("<"), NOT_LESS(">=");

        private final String sign;

        Condition(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }
}
