package bpfmc.explorer.litmus;

import bpfmc.explorer.litmus.Instruction.Condition;
import bpfmc.explorer.litmus.Instruction.Constant;
import bpfmc.explorer.litmus.Instruction.Operand;
import bpfmc.explorer.litmus.Instruction.Place;
import bpfmc.explorer.litmus.Instruction.Register;
import bpfmc.model.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The table of instructions: a column a thread, cells end at {@code |}, rows at {@code ;}. */
final class ProgramParser {
    private static final int MOST_THREADS = 64;
    private static final List<String> WORDS = List.of("lock", "goto", "if", "store_release", "load_acquire", "atomic_fetch_add", "atomic_fetch_and",
            "atomic_fetch_or", "atomic_fetch_xor", "xchg_64", "xchg_32_32", "cmpxchg_64", "cmpxchg32_32");
    /** Where a row could begin, what follows the program can stand too. */
    private static final List<String> BEGINNINGS = Stream.concat(WORDS.stream(), Stream.of("exists", "forall", "locations", "filter")).toList();
    private static final List<String> SIZES = List.of("u8", "u16", "u32", "u64");
    private static final Map<String, Operator> FETCHES = Map.of("atomic_fetch_add", Operator.ADD, "atomic_fetch_and", Operator.AND,
            "atomic_fetch_or", Operator.OR, "atomic_fetch_xor", Operator.XOR, "xchg_64", Operator.SET, "xchg_32_32", Operator.SET);
    private static final List<Operator> OPERATORS = List.of(Operator.SHL, Operator.SHR, Operator.ADD, Operator.SUB, Operator.MUL, Operator.DIV, Operator.MOD,
            Operator.AND, Operator.OR, Operator.XOR);

    private final Scanner in;

    ProgramParser(Scanner in) {
        this.in = in;
    }

    /** A thread while it is read: jumps wait for their labels. */
    private static final class Column {
        private final List<Instruction> code = new ArrayList<>();
        private final Map<String, Integer> labels = new HashMap<>();
        private final Map<Integer, Jump> jumps = new HashMap<>();
    }

    private record Jump(int position, String label) {}

    List<List<Instruction>> parse() {
        in.takes(";");
        List<Column> columns = new ArrayList<>();
        do {
            int at = in.position();
            String name = in.programWord("the name of a thread (P" + columns.size() + ")");
            if (!name.equals("P" + columns.size())) {
                in.back(at);
                throw in.fault("the threads are P0, P1 and so on; P" + columns.size() + " expected, not '" + name + "'");
            }
            columns.add(new Column());
            if (columns.size() > MOST_THREADS) {
                throw in.fault("there are more than " + MOST_THREADS + " threads");
            }
        } while (in.takes("|"));
        in.expect(";", "behind the names of the threads");
        while (!in.atEnd() && !ConditionParser.begins(in)) {
            row(columns);
        }
        return columns.stream().map(this::resolved).toList();
    }

    private void row(List<Column> columns) {
        for (int i = 0; i < columns.size(); i++) {
            cell(columns.get(i));
            if (in.takes(";")) {
                return;
            }
            if (i == columns.size() - 1) {
                throw in.fault(in.sees("|") ? "the row has more cells than there are threads" : "';' expected behind the row, not " + in.next());
            }
            in.expect("|", "or ';' behind the instruction");
        }
    }

    private void cell(Column column) {
        while (!in.sees("|") && !in.sees(";")) {
            in.skip();
            int at = in.position();
            if (in.seesWord()) {
                String label = in.programWord("a label");
                if (in.takes(":")) {
                    if (column.labels.put(label, column.code.size()) != null) {
                        throw in.fault(at, "there are two labels '" + label + "'");
                    }
                    continue;
                }
                in.back(at);
            }
            column.code.add(instruction(column));
            return;
        }
    }

    private List<Instruction> resolved(Column column) {
        List<Instruction> out = new ArrayList<>(column.code);
        column.jumps.forEach((index, jump) -> {
            Integer target = column.labels.get(jump.label);
            if (target == null) {
                throw in.unknown(jump.position, "label", jump.label, column.labels.keySet().stream().sorted().toList());
            }
            out.set(index, out.get(index) instanceof Instruction.Branch b ? new Instruction.Branch(b.condition(), b.left(), b.right(), target)
                    : new Instruction.Goto(target));
        });
        return List.copyOf(out);
    }

    private Instruction instruction(Column column) {
        if (in.sees("*")) {
            Place place = memory();
            in.expect("=", "behind the address of a store");
            return new Instruction.Store(place, operand(), false);
        }
        in.skip();
        int at = in.position();
        String word = in.programWord("an instruction");
        return switch (word) {
            case "lock" -> locked();
            case "goto" -> {
                jump(column);
                yield new Instruction.Goto(-1);
            }
            case "if" -> branch(column);
            case "store_release" -> {
                in.expect("(", "behind store_release");
                Place place = cast();
                in.expect(",", "behind the address");
                int from = register();
                in.expect(")", "behind the register");
                yield new Instruction.Store(place, new Register(from), true);
            }
            default -> intoRegister(RegisterNames.number(word).orElseThrow(() -> noInstruction(at, word)));
        };
    }

    private InputException noInstruction(int at, String word) {
        if (word.matches("[rR][0-9]+")) {
            return RegisterNames.none(in, at, word);
        }
        if (word.length() > 2 && RegisterNames.number(word.substring(0, 2)).isPresent() && "-/.".indexOf(word.charAt(2)) >= 0) {
            return in.fault(at, "'" + word + "' is one word here: names may hold - / and ., so blanks are needed around them");
        }
        return in.unknown(at, "instruction", word, BEGINNINGS);
    }

    private Instruction intoRegister(int to) {
        in.skip();
        int sign = in.position();
        if (in.takes("s>>=")) {
            throw in.fault(sign, "s>>= is not followed; herd7 does not follow it either");
        }
        for (Operator operator : OPERATORS) {
            if (in.takes(operator.sign() + "=")) {
                return new Instruction.Compute(to, operator, operand());
            }
        }
        in.expect("=", "or an operator behind r" + to);
        if (in.sees("*")) {
            return new Instruction.Load(to, memory(), false);
        }
        in.skip();
        int at = in.position();
        if (in.seesNumber()) {
            return new Instruction.Compute(to, Operator.SET, operand());
        }
        String word = in.programWord("a register, a number, a load or an atomic");
        Optional<Integer> register = RegisterNames.number(word);
        if (register.isPresent()) {
            return new Instruction.Compute(to, Operator.SET, new Register(register.get()));
        }
        if (!WORDS.contains(word)) {
            throw noInstruction(at, word);
        }
        in.expect("(", "behind " + word);
        Instruction out = switch (word) {
            case "load_acquire" -> new Instruction.Load(to, cast(), true);
            case "atomic_fetch_add", "atomic_fetch_and", "atomic_fetch_or", "atomic_fetch_xor" -> new Instruction.Atomic(FETCHES.get(word), true, cast(), next());
            case "xchg_64", "xchg_32_32" -> new Instruction.Atomic(Operator.SET, true, baseAndOffset(), next());
            case "cmpxchg_64", "cmpxchg32_32" -> {
                Place place = baseAndOffset();
                next();
                yield new Instruction.CompareExchange(place, next());
            }
            default -> throw in.unknown(at, "instruction", word, WORDS);
        };
        in.expect(")", "behind the last operand");
        return out;
    }

    /** {@return the register behind a comma} */
    private int next() {
        in.expect(",", "before the next operand");
        return register();
    }

    private Instruction locked() {
        Place place = memory();
        in.skip();
        int at = in.position();
        for (Operator operator : OPERATORS) {
            if (in.takes(operator.sign() + "=")) {
                if (operator != Operator.ADD && operator != Operator.AND && operator != Operator.OR && operator != Operator.XOR) {
                    throw in.fault(at, "lock has +=, &=, |= and ^= only");
                }
                return new Instruction.Atomic(operator, false, place, register());
            }
        }
        throw in.fault("+=, &=, |= or ^= expected behind the address of lock, not " + in.next());
    }

    private Instruction branch(Column column) {
        int left = register();
        in.skip();
        for (Condition condition : Condition.values()) {
            if (in.takes(condition.sign())) {
                Operand right = operand();
                in.skip();
                int at = in.position();
                String word = in.programWord("goto");
                if (!word.equals("goto")) {
                    throw in.fault(at, "'goto' expected behind the condition, not '" + word + "'");
                }
                jump(column);
                return new Instruction.Branch(condition, left, right, -1);
            }
        }
        throw in.fault("==, !=, < or >= expected, not " + in.next());
    }

    private void jump(Column column) {
        in.skip();
        int at = in.position();
        column.jumps.put(column.code.size(), new Jump(at, in.programWord("a label")));
    }

    private Operand operand() {
        return in.seesNumber() ? new Constant(in.decimal("a number")) : new Register(register());
    }

    /** {@return the place of {@code *(u64 *)(r1 + 0)}} */
    private Place memory() {
        in.expect("*", "before the size of an access");
        size();
        in.expect("(", "before the address");
        return addressAndClose();
    }

    /** {@return the place of {@code (u64 *)(r1 + 0)}, which stands in parentheses of its own} */
    private Place cast() {
        size();
        in.expect("(", "before the address");
        return addressAndClose();
    }

    private void size() {
        in.expect("(", "before the size of an access");
        in.skip();
        int at = in.position();
        String size = in.name("a size");
        if (!SIZES.contains(size)) {
            throw in.unknown(at, "size", size, SIZES);
        }
        in.expect("*", "behind the size");
        in.expect(")", "behind the size");
    }

    private Place addressAndClose() {
        Place place = baseAndOffset();
        in.expect(")", "behind the address");
        return place;
    }

    private Place baseAndOffset() {
        int base = register();
        in.skip();
        int at = in.position();
        if (!in.takes("+") && !in.takes("-")) {
            throw in.fault("an offset with its sign expected, as in (r" + base + " + 0), not " + in.next());
        }
        in.back(at);
        boolean minus = in.takes("-");
        if (!minus) {
            in.takes("+");
        }
        long offset = in.decimal("an offset");
        return new Place(base, minus ? -offset : offset);
    }

    private int register() {
        in.skip();
        int at = in.position();
        String word = in.programWord("a register");
        return RegisterNames.number(word).orElseThrow(() -> RegisterNames.none(in, at, word));
    }
}
