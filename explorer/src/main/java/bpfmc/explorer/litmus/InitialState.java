package bpfmc.explorer.litmus;

import bpfmc.explorer.litmus.LitmusTest.Variable;
import bpfmc.model.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The part in braces. Names may be used before they are declared, so values are resolved when all has been read. A name that is only used as an
 * address is a variable that holds 0.
 */
final class InitialState {
    /** What stands behind an equals sign: a number, or an element of a variable. */
    record Written(int position, long number, String variable, int index) {}

    private record Declared(IntType type, boolean array, int size, List<Written> values) {}

    private final Map<String, Declared> declared = new TreeMap<>();
    private final Map<Location.Register, Written> registers = new HashMap<>();
    private final Map<Location.Register, IntType> types = new HashMap<>();
    private final Map<Location.Register, Integer> positions = new HashMap<>();

    private InitialState() {}

    static InitialState parse(Scanner in) {
        InitialState out = new InitialState();
        in.expect("{", "before the initial state");
        while (!in.takes("}")) {
            if (!in.takes(";")) {
                out.item(in);
                if (!in.sees(";") && !in.sees("}")) {
                    throw in.fault("';' or '}' expected in the initial state, not " + in.next());
                }
            }
        }
        return out;
    }

    private void item(Scanner in) {
        IntType type = type(in);
        boolean pointer = in.takes("*");
        IntType itself = pointer ? IntType.POINTER : type == null ? IntType.INT : type;
        in.skip();
        int at = in.position();
        Optional<Location.Register> register = register(in);
        if (register.isPresent()) {
            if (type != null || pointer) {
                types.put(register.get(), itself);
            }
            positions.put(register.get(), at);
            if (in.takes("=") && registers.put(register.get(), value(in)) != null) {
                throw in.fault(at, register.get() + " has two initial values");
            }
            return;
        }
        boolean brackets = in.takes("[");
        String name = in.name("a variable or a register");
        if (brackets) {
            in.expect("]", "behind " + name);
        }
        Declared before = declared.get(name);
        if (!brackets && in.takes("[")) {
            array(in, name, itself);
        } else {
            boolean typed = type != null || pointer || before == null;
            declared.put(name, new Declared(typed ? itself : before.type, false, 1, in.takes("=") ? List.of(value(in)) : List.of()));
        }
        if (before != null && (before.array || declared.get(name).array || before.values.size() + declared.get(name).values.size() > 1)) {
            throw in.fault(at, name + " has two initial values");
        }
        if (before != null && before.values.size() == 1) {
            declared.put(name, new Declared(declared.get(name).type, false, 1, before.values));
        }
    }

    /** {@return the type that stands here, or null where a location follows at once} */
    private static IntType type(Scanner in) {
        int start = in.position();
        if (!in.seesWord()) {
            return null;
        }
        in.skip();
        int at = in.position();
        String word = in.name("a type");
        if (!in.seesWord() && !in.seesDigit() && !in.sees("*")) {
            in.back(start);
            return null;
        }
        return IntType.named(word).orElseThrow(() -> in.unknown(at, "type", word, IntType.names()));
    }

    private void array(Scanner in, String name, IntType type) {
        in.skip();
        int at = in.position();
        long size = in.anyNumber("the number of elements");
        if (size < 1 || size > 4096) {
            throw in.fault(at, "an array has 1 to 4096 elements");
        }
        in.expect("]", "behind the number of elements");
        List<Written> values = new ArrayList<>();
        if (in.takes("=")) {
            in.expect("{", "before the elements");
            do {
                values.add(value(in));
            } while (in.takes(","));
            in.expect("}", "behind the elements");
            if (values.size() != size) {
                throw in.fault(at, name + " has " + size + " elements and " + values.size() + " values");
            }
        }
        declared.put(name, new Declared(type, true, (int) size, values));
    }

    /** {@return the register {@code 0:r1} or {@code P0:r1} that stands here, if one does} */
    static Optional<Location.Register> register(Scanner in) {
        in.skip();
        int start = in.position();
        String word = in.run(c -> Character.isLetterOrDigit(c));
        String digits = word.startsWith("P") ? word.substring(1) : word;
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9') || !in.takes(":")) {
            in.back(start);
            return Optional.empty();
        }
        if (digits.length() > 3) {
            throw in.fault(start, "there is no thread " + digits);
        }
        in.skip();
        int at = in.position();
        String name = in.name("a register");
        return Optional.of(new Location.Register(Integer.parseInt(digits), RegisterNames.number(name).orElseThrow(() -> RegisterNames.none(in, at, name))));
    }

    static Written value(Scanner in) {
        in.skip();
        int at = in.position();
        if (in.seesNumber()) {
            return new Written(at, in.anyNumber("a value"), "", 0);
        }
        in.takes("&");
        String name = in.name("a value");
        int index = 0;
        if (in.takes("[")) {
            index = index(in);
        }
        return new Written(at, 0, name, index);
    }

    /** {@return the index, whose opening bracket is behind us} */
    static int index(Scanner in) {
        in.skip();
        int at = in.position();
        long index = in.anyNumber("an index");
        if (index < 0 || index > 4096) {
            throw in.fault(at, "there is no element " + index);
        }
        in.expect("]", "behind the index");
        return (int) index;
    }

    void checkThreads(Scanner in, int threads) {
        positions.forEach((register, at) -> {
            if (register.thread() >= threads) {
                throw in.fault(at, "there is no thread P" + register.thread() + "; the program has " + threads);
            }
        });
    }

    /** {@return the variable's element as a location of a condition} */
    Location.Cell cell(Scanner in, int at, String name, boolean indexed, int index) {
        Declared d = declared.get(name);
        if (d == null && registers.values().stream().noneMatch(w -> w.variable.equals(name))
                && declared.values().stream().noneMatch(v -> v.values.stream().anyMatch(w -> w.variable.equals(name)))) {
            List<String> known = new ArrayList<>(declared.keySet());
            registers.values().stream().map(Written::variable).filter(v -> !v.isEmpty()).distinct().forEach(known::add);
            throw in.unknown(at, "variable", name, known);
        }
        boolean array = d != null && d.array;
        if (indexed && (array ? index >= d.size : index > 0)) {
            throw in.fault(at, "there is no element " + name + "[" + index + "]");
        }
        return new Location.Cell(name, index, array);
    }

    Value resolved(Scanner in, Written written) {
        if (written.variable.isEmpty()) {
            return new Value.Int(written.number);
        }
        Declared d = declared.get(written.variable);
        IntType type = d == null ? IntType.INT : d.type;
        if (written.index > 0 && (d == null || written.index >= d.size)) {
            throw in.fault(written.position, "there is no element " + written.variable + "[" + written.index + "]");
        }
        return new Value.Address(written.variable, (long) written.index * type.bytes());
    }

    Map<Location.Register, Value> registers(Scanner in) {
        Map<Location.Register, Value> out = new HashMap<>();
        registers.forEach((register, written) -> out.put(register, resolved(in, written)));
        return out;
    }

    Map<Location.Register, IntType> types() {
        return types;
    }

    /** A type that a location of a condition brings along. */
    void type(Location location, IntType type) {
        switch (location) {
            case Location.Register r -> types.put(r, type);
            case Location.Cell c -> {
                Declared d = declared.get(c.variable());
                if (d == null || !d.array) {
                    declared.put(c.variable(), new Declared(type, false, 1, d == null ? List.of() : d.values));
                }
            }
        }
    }

    /** {@return all variables, also those that are only pointed to} @throws InputException when a value names an element that is not there */
    Map<String, Variable> variables(Scanner in) {
        Map<String, Variable> out = new TreeMap<>();
        declared.forEach((name, d) -> {
            List<Value> values = new ArrayList<>(d.values.stream().map(w -> resolved(in, w)).toList());
            while (values.size() < d.size) {
                values.add(Value.ZERO);
            }
            out.put(name, new Variable(name, d.type, d.array, values));
        });
        List<Written> written = new ArrayList<>(registers.values());
        declared.values().forEach(d -> written.addAll(d.values));
        written.stream().filter(w -> !w.variable.isEmpty())
                .forEach(w -> out.computeIfAbsent(w.variable, v -> new Variable(v, IntType.INT, false, List.of(Value.ZERO))));
        return out;
    }
}
