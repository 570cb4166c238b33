package bpfmc.explorer.litmus;

import bpfmc.explorer.litmus.LitmusTest.Quantifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands behind the program: {@code locations}, {@code filter}, and the condition. Each may be missing. */
final class ConditionParser {
    private static final List<String> BEGINNINGS = List.of("locations", "filter", "exists", "forall", "final", "not");
    private static final int DEEPEST = 200;

    private final Scanner in;
    private final InitialState initial;
    private final int threads;
    private final List<Location> shown = new ArrayList<>();
    private Proposition filter = new Proposition.And(List.of());
    private Quantifier quantifier = Quantifier.FORALL;
    private Proposition condition = new Proposition.And(List.of());

    ConditionParser(Scanner in, InitialState initial, int threads) {
        this.in = in;
        this.initial = initial;
        this.threads = threads;
    }

    /** {@return whether the program is over here} */
    static boolean begins(Scanner in) {
        if (in.sees("~") || in.sees("(")) {
            return true;
        }
        return BEGINNINGS.stream().anyMatch(word -> seesWord(in, word));
    }

    private static boolean seesWord(Scanner in, String word) {
        in.skip();
        int at = in.position();
        boolean sees = in.seesWord() && in.programWord("").equals(word) && !in.sees(":");
        in.back(at);
        return sees;
    }

    private boolean takesWord(String word) {
        return seesWord(in, word) && in.takes(word);
    }

    void parse() {
        if (takesWord("locations")) {
            locations();
        }
        if (takesWord("filter")) {
            filter = proposition(0);
        }
        if (in.atEnd()) {
            return;
        }
        boolean not = in.takes("~") || takesWord("not");
        in.skip();
        int at = in.position();
        if (!in.sees("(")) {
            String word = in.name("exists, ~exists or forall");
            quantifier = switch (word) {
                case "exists", "final" -> not ? Quantifier.NOT_EXISTS : Quantifier.EXISTS;
                case "forall" -> Quantifier.FORALL;
                default -> throw in.unknown(at, "quantifier", word, List.of("exists", "forall", "filter", "locations"));
            };
            if (not && !word.equals("exists")) {
                throw in.fault(at, "only exists can be negated");
            }
        } else if (not) {
            throw in.fault(at, "'exists' expected behind ~");
        } else {
            quantifier = Quantifier.EXISTS;
        }
        condition = proposition(0);
        if (!in.atEnd() && !in.sees("<<")) {
            throw in.fault("the end of the file expected behind the condition, not " + in.next());
        }
    }

    private void locations() {
        in.expect("[", "behind locations");
        while (!in.takes("]")) {
            if (in.takes(";")) {
                continue;
            }
            Location location = location();
            shown.add(location);
            in.skip();
            int at = in.position();
            if (in.seesWord()) {
                String word = in.name("a type");
                initial.type(location, IntType.named(word).orElseThrow(() -> in.unknown(at, "type", word, IntType.names())));
            }
            if (in.takes("*")) {
                initial.type(location, IntType.POINTER);
            }
            if (!in.sees(";") && !in.sees("]")) {
                throw in.fault("';' or ']' expected behind a location, not " + in.next());
            }
        }
    }

    private Location location() {
        in.skip();
        int at = in.position();
        Optional<Location.Register> register = InitialState.register(in);
        if (register.isPresent()) {
            if (register.get().thread() >= threads) {
                throw in.fault(at, "there is no thread P" + register.get().thread() + "; the program has " + threads);
            }
            return register.get();
        }
        boolean brackets = in.takes("[");
        in.takes("*");
        in.skip();
        int nameAt = in.position();
        String name = in.name("a variable or a register");
        if (brackets) {
            in.expect("]", "behind " + name);
            return initial.cell(in, nameAt, name, false, 0);
        }
        boolean indexed = in.takes("[");
        return initial.cell(in, nameAt, name, indexed, indexed ? InitialState.index(in) : 0);
    }

    private Proposition proposition(int depth) {
        if (depth > DEEPEST) {
            throw in.fault("the condition is nested too deeply");
        }
        Proposition left = or(depth);
        return in.takes("=>") ? new Proposition.Implies(left, proposition(depth + 1)) : left;
    }

    private Proposition or(int depth) {
        List<Proposition> parts = new ArrayList<>(List.of(and(depth)));
        while (in.takes("\\/")) {
            parts.add(and(depth));
        }
        return parts.size() == 1 ? parts.getFirst() : new Proposition.Or(parts);
    }

    private Proposition and(int depth) {
        List<Proposition> parts = new ArrayList<>(List.of(single(depth)));
        while (in.takes("/\\")) {
            parts.add(single(depth));
        }
        return parts.size() == 1 ? parts.getFirst() : new Proposition.And(parts);
    }

    private Proposition single(int depth) {
        if (depth > DEEPEST) {
            throw in.fault("the condition is nested too deeply");
        }
        if (in.takes("~") || takesWord("not")) {
            return new Proposition.Not(single(depth + 1));
        }
        if (in.takes("(")) {
            Proposition inner = proposition(depth + 1);
            in.expect(")", "behind a condition");
            return inner;
        }
        if (takesWord("true")) {
            return new Proposition.And(List.of());
        }
        return takesWord("false") ? new Proposition.Or(List.of()) : atom();
    }

    private Proposition atom() {
        Location location = location();
        in.skip();
        boolean different = in.takes("!=") || in.takes("<>");
        if (!different && !in.takes("==")) {
            in.expect("=", "or != behind " + location);
        }
        Proposition atom = is(location);
        return different ? new Proposition.Not(atom) : atom;
    }

    private Proposition is(Location location) {
        if (in.takes("{")) {
            return elements(location);
        }
        if (in.sees("*") || in.sees("[")) {
            return new Proposition.Same(location, location());
        }
        if (in.seesDigit()) {
            in.skip();
            int at = in.position();
            if (InitialState.register(in).isPresent()) {
                in.back(at);
                return new Proposition.Same(location, location());
            }
        }
        InitialState.Written written = InitialState.value(in);
        if (!written.variable().isEmpty()) {
            initial.cell(in, written.position(), written.variable(), false, 0);
        }
        return new Proposition.Is(location, initial.resolved(in, written));
    }

    /** {@code x = {1, 2}}: each element of an array. */
    private Proposition elements(Location location) {
        if (!(location instanceof Location.Cell(String variable, int index, boolean array)) || !array || index != 0) {
            throw in.fault("only an array is equal to several values");
        }
        List<Proposition> all = new ArrayList<>();
        do {
            in.skip();
            int at = in.position();
            all.add(new Proposition.Is(initial.cell(in, at, variable, true, all.size()), initial.resolved(in, InitialState.value(in))));
        } while (in.takes(","));
        in.expect("}", "behind the values");
        return new Proposition.And(all);
    }

    List<Location> shown() {
        return shown;
    }

    Proposition filter() {
        return filter;
    }

    Quantifier quantifier() {
        return quantifier;
    }

    Proposition condition() {
        return condition;
    }
}
