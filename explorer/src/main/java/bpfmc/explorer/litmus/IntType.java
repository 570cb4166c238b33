package bpfmc.explorer.litmus;

import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.RichIterable;
import org.eclipse.collections.impl.factory.Lists;

/** The declared type of a location: how wide its elements are, and how its last value is shown and compared. */
record IntType(int bytes, boolean signed) {
    /** Of what nobody declared. */
    static final IntType INT = new IntType(4, true);
    /** Of what holds addresses. */
    static final IntType POINTER = new IntType(8, true);

    private static final Map<String, IntType> NAMES = Map.ofEntries(
            Map.entry("int8_t", new IntType(1, true)), Map.entry("uint8_t", new IntType(1, false)), Map.entry("char", new IntType(1, true)),
            Map.entry("int16_t", new IntType(2, true)), Map.entry("uint16_t", new IntType(2, false)),
            Map.entry("int32_t", INT), Map.entry("uint32_t", new IntType(4, false)), Map.entry("int", INT),
            Map.entry("int64_t", POINTER), Map.entry("uint64_t", new IntType(8, false)), Map.entry("long", POINTER));

    static Optional<IntType> named(String name) {
        return Optional.ofNullable(NAMES.get(name));
    }

    static RichIterable<String> names() {
        return Lists.immutable.withAll(NAMES.keySet()).toSortedList();
    }

    /** {@return the value as a location of this type shows it} */
    Value shown(Value value) {
        return value instanceof Value.Int(long bits) ? new Value.Int(cut(bits)) : value;
    }

    private long cut(long bits) {
        int away = 64 - 8 * bytes;
        return signed ? bits << away >> away : bits << away >>> away;
    }

    String text(Value value) {
        return value instanceof Value.Int(long bits) && !signed ? Long.toUnsignedString(bits) : value.toString();
    }
}
