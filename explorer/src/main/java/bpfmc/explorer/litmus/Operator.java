package bpfmc.explorer.litmus;

import java.util.Optional;

/** Arithmetic of litmus tests: on 64 bits, signed where BPF has no sign, as herd7 computes; addresses can be moved and little else. */
enum Operator {
    ADD("+"), SUB("-"), MUL("*"), DIV("/"), MOD("%"), AND("&"), OR("|"), XOR("^"), SHL("<<"), SHR(">>"), SET("");

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    String sign() {
        return sign;
    }

    /** {@return the result; empty when these two have none} */
    Optional<Value> apply(Value left, Value right) {
        if (this == SET) {
            return Optional.of(right);
        }
        if (left instanceof Value.Unknown || right instanceof Value.Unknown) {
            return Optional.of(Value.Unknown.PENDING);
        }
        if (left instanceof Value.Int(long a) && right instanceof Value.Int(long b)) {
            return Optional.of(new Value.Int(numbers(a, b)));
        }
        return addresses(left, right);
    }

    private Optional<Value> addresses(Value left, Value right) {
        if (this == XOR && left.equals(right)) {
            return Optional.of(Value.ZERO);
        }
        return switch (left) {
            case Value.Address(String variable, long offset) when right instanceof Value.Int(long by) && (this == ADD || this == SUB) ->
                Optional.of(new Value.Address(variable, this == ADD ? offset + by : offset - by));
            case Value.Address(String variable, long offset) when this == SUB && right instanceof Value.Address(String other, long by) && other.equals(variable) ->
                Optional.of(new Value.Int(offset - by));
            case Value.Int(long by) when this == ADD && right instanceof Value.Address(String variable, long offset) ->
                Optional.of(new Value.Address(variable, offset + by));
            case Value.Address meaningless -> Optional.empty();
            case Value.Int meaningless -> Optional.empty();
            case Value.Unknown pending -> Optional.empty();
        };
    }

    /** Division by zero, where herd7 breaks off, is that of BPF. */
    private long numbers(long a, long b) {
        return switch (this) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> b == 0 ? 0 : a / b;
            case MOD -> b == 0 ? a : a % b;
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case SHL -> a << b;
            case SHR -> a >>> b;
            case SET -> b;
        };
    }
}
