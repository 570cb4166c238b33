package bpfmc.explorer.condition;

import bpfmc.explorer.condition.Condition.Number.Where;
import bpfmc.explorer.condition.Condition.Number;
import bpfmc.explorer.condition.Condition.Place;
import bpfmc.explorer.condition.Condition.Relation;
import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.model.InputException;
import bpfmc.model.memory.Given;
import bpfmc.model.program.BpfObject;
import bpfmc.model.value.Key;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Reads conditions by recursive descent; the grammar stands in the package's documentation. */
public final class ConditionParser {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(0[xX][0-9a-fA-F]+|\\d+)|([A-Za-z_.][A-Za-z0-9_.]*|\"[^\"]*\")|(==|!=|<=|>=|[-<>+*(),={}\\[\\]]))");
    private static final int MOST_CHARACTERS = 4000;
    /** Deeper ones are nobody's. */
    private static final int MOST_DEPTH = 100;

    private final String text;
    private final PlaceNames names;
    private final RunNames runs;
    private final ImmutableList<Token> tokens;
    private int next;
    private int depth;

    /** @param at character, from 1 @param quoted whether it stood between quotes, which are no part of the text */
    private record Token(String text, int at, boolean quoted) {}

    private ConditionParser(String text, BpfObject object, ImmutableList<AgentPlace> agents) {
        this.text = text;
        this.names = new PlaceNames(object);
        this.runs = new RunNames(agents);
        this.tokens = tokens(text);
    }

    /** {@return the condition} @param agents who runs @throws InputException saying at which character what is wrong */
    public static Condition condition(String text, BpfObject object, ImmutableList<AgentPlace> agents) {
        var parser = new ConditionParser(text, object, agents);
        Condition condition = parser.disjunction();
        parser.end();
        return condition;
    }

    /** {@return the place} @throws InputException when it names none, or several */
    public static Place place(String text, BpfObject object) {
        var parser = new ConditionParser(text, object, Lists.immutable.empty());
        Place place = parser.place(parser.take());
        parser.end();
        return place;
    }

    /** {@return that an element is not in its map} @param text "flows[7]" @throws InputException when it is no element, or one that is always there */
    public static Given absent(String text, BpfObject object) {
        var parser = new ConditionParser(text, object, Lists.immutable.empty());
        Token map = parser.take();
        parser.require("[");
        Key key = parser.key(map);
        parser.require("]");
        parser.end();
        return parser.named(map, () -> parser.names.absent(map.text(), key));
    }

    private static ImmutableList<Token> tokens(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new InputException("a condition of more than " + MOST_CHARACTERS + " characters");
        }
        MutableList<Token> tokens = Lists.mutable.empty();
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.stripTrailing().length()) {
            if (!matcher.region(at, text.length()).lookingAt()) {
                int bad = at + text.substring(at).length() - text.substring(at).stripLeading().length();
                throw fault(text, bad + 1, "'" + text.charAt(bad) + "' has no meaning here");
            }
            String token = matcher.group().strip();
            tokens.add(new Token(token.replace("\"", ""), matcher.end() - token.length() + 1, token.startsWith("\"")));
            at = matcher.end();
        }
        return tokens.toImmutable();
    }

    private static InputException fault(String text, int at, String message) {
        return new InputException("'" + text + "', character " + at + ": " + message);
    }

    private InputException fault(Token token, String message) {
        return fault(text, token.at(), message);
    }

    // ---- tokens

    private Token peek() {
        return next < tokens.size() ? tokens.get(next) : new Token("", text.length() + 1, false);
    }

    private Token take() {
        Token token = peek();
        next++;
        return token;
    }

    private boolean takes(String word) {
        boolean is = peek().text().equals(word);
        next += is ? 1 : 0;
        return is;
    }

    private void require(String word) {
        Token token = take();
        if (!token.text().equals(word)) {
            throw fault(token, "expected '" + word + "'" + found(token));
        }
    }

    private static String found(Token token) {
        return token.text().isEmpty() ? ", but it ends here" : ", not '" + token.text() + "'";
    }

    private void end() {
        if (next < tokens.size()) {
            throw fault(peek(), "expected 'and', 'or', or the end" + found(peek()));
        }
    }

    private void deeper() {
        if (++depth > MOST_DEPTH) {
            throw fault(peek(), "nested more than " + MOST_DEPTH + " deep");
        }
    }

    // ---- truths

    private Condition disjunction() {
        Condition left = conjunction();
        while (takes("or")) {
            left = new Condition.Or(left, conjunction());
        }
        return left;
    }

    private Condition conjunction() {
        Condition left = truth();
        while (takes("and")) {
            left = new Condition.And(left, truth());
        }
        return left;
    }

    private Condition truth() {
        deeper();
        Condition truth;
        if (takes("not")) {
            truth = new Condition.Not(truth());
        } else if (peek().text().equals("(") && groupsTruths()) {
            require("(");
            truth = disjunction();
            require(")");
        } else {
            truth = comparison();
        }
        depth--;
        return truth;
    }

    /** {@return whether the parenthesis that opens here holds a comparison, not a part of a number} */
    private boolean groupsTruths() {
        int open = 0;
        for (int i = next; i < tokens.size(); i++) {
            String token = tokens.get(i).text();
            open += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
            if (open == 0) {
                return false;
            }
            if (relation(token) != null) {
                return true;
            }
        }
        return false;
    }

    private static Relation relation(String sign) {
        return Lists.immutable.with(Relation.values()).detect(r -> r.sign().equals(sign));
    }

    private Condition comparison() {
        Number left = number();
        Token sign = take();
        Relation relation = relation(sign.text());
        if (relation == null) {
            throw fault(sign, "expected ==, !=, <, <=, > or >=" + found(sign));
        }
        return new Condition.Compare(relation, left, number());
    }

    // ---- numbers

    private Number number() {
        Number left = product();
        while (true) {
            if (takes("+")) {
                left = new Number.Plus(left, product());
            } else if (takes("-")) {
                left = new Number.Minus(left, product());
            } else {
                return left;
            }
        }
    }

    private Number product() {
        Number left = atom();
        while (takes("*")) {
            left = new Number.Times(left, atom());
        }
        return left;
    }

    private Number atom() {
        deeper();
        Token token = take();
        Number number;
        if (token.text().isEmpty()) {
            throw fault(token, "expected a number or a field, but it ends here");
        } else if (token.text().equals("(")) {
            number = number();
            require(")");
        } else if (token.text().equals("-")) {
            number = atom();
            number = number instanceof Number.Known known ? new Number.Known(-known.value()) : new Number.Minus(new Number.Known(0), number);
        } else if (Character.isDigit(token.text().charAt(0))) {
            number = new Number.Known(value(token));
        } else if (token.text().equals("sum") && takes("(")) {
            Token of = take();
            number = of.text().equals("return") ? returned(of, Where.SUM) : new Number.Held(Where.SUM, place(of));
            require(")");
        } else if (token.text().equals("return")) {
            number = returned(token, Where.ONE);
        } else {
            number = new Number.Held(Where.ONE, single(token, place(token)));
        }
        depth--;
        return number;
    }

    private Number returned(Token token, Where where) {
        require("(");
        Token program = take();
        if (!program.text().matches("[A-Za-z_].*")) {
            throw fault(program, "expected the name of a program" + found(program));
        }
        Optional<Long> cpu = takes(",") ? Optional.of(value(take())) : Optional.empty();
        require(")");
        return named(program, () -> where == Where.SUM ? runs.all(program.text(), cpu) : runs.one(program.text(), cpu));
    }

    private Place single(Token token, Place place) {
        if (place.key().isEmpty()) {
            throw fault(token, place.text() + " stands for several elements: sum(" + place.text() + ")");
        }
        if (names.perCpu(place)) {
            throw fault(token, place.text() + " has a value on each CPU: sum(" + place.text() + ")");
        }
        return place;
    }

    private Place place(Token token) {
        if (!token.text().matches("[A-Za-z_.].*")) {
            throw fault(token, "expected the name of a map or variable" + found(token));
        }
        if (!takes("[")) {
            return named(token, () -> names.variable(token.text()));
        }
        int from = peek().at();
        Optional<Key> key = takes("*") ? Optional.empty() : Optional.of(key(token));
        int to = peek().at();
        require("]");
        String element = token.text() + "[" + text.substring(from - 1, to - 1).strip() + "]";
        String field = peek().text().startsWith(".") ? fieldName() : "";
        return named(token, () -> names.field(token.text(), key, field, element));
    }

    /** A number, a text, or the fields of a structure or array between braces. */
    private Key key(Token map) {
        Token first = take();
        if (first.quoted()) {
            var names = named(map, () -> this.names.keys(map.text()));
            byte[] bytes = new byte[names.map().keySize()];
            return named(first, () -> {
                names.put(bytes, "", first.text());
                return Key.of(bytes);
            });
        }
        if (first.text().equals("{")) {
            return fields(named(map, () -> names.keys(map.text())));
        }
        boolean negative = first.text().equals("-");
        Token digits = negative ? take() : first;
        if (!digits.text().matches("\\d.*")) {
            throw fault(first, "a key is a number, its fields '{.a = 1, .b = 2}', a text, or * for all" + found(first));
        }
        long number = negative ? -value(digits) : value(digits);
        return named(map, () -> names.key(map.text(), number));
    }

    private Key fields(KeyNames keys) {
        byte[] bytes = new byte[keys.map().keySize()];
        Set<String> named = new HashSet<>();
        while (!takes("}")) {
            Token field = peek();
            String designator = designator();
            if (!named.add(designator)) {
                throw fault(field, designator + " stands here twice");
            }
            require("=");
            Token value = take();
            if (value.quoted()) {
                named(field, () -> put(() -> keys.put(bytes, designator, value.text())));
            } else {
                long number = value.text().equals("-") ? -value(take()) : value(value);
                named(field, () -> put(() -> keys.put(bytes, designator, number)));
            }
            if (!peek().text().equals("}")) {
                require(",");
            }
        }
        return Key.of(bytes);
    }

    private static boolean put(Runnable write) {
        write.run();
        return true;
    }

    /** {@code .src}, {@code .addr[3].low}, {@code [3]}. */
    private String designator() {
        Token first = peek();
        if (first.quoted() || !first.text().startsWith(".") && !first.text().equals("[")) {
            throw fault(first, "expected a field of the key, '.name = number'" + found(first));
        }
        return first.text().startsWith(".") ? "." + fieldName() : indexed("");
    }

    private <T> T named(Token token, Supplier<T> lookup) {
        try {
            return lookup.get();
        } catch (InputException e) {
            throw fault(token, e.getMessage());
        }
    }

    /** Fields that are elements of arrays go on after the bracket: {@code .sizes[3].low}. */
    private String fieldName() {
        return indexed(take().text().substring(1));
    }

    private String indexed(String before) {
        var name = new StringBuilder(before);
        while (peek().text().equals("[")) {
            take();
            name.append('[').append(take().text()).append(']');
            require("]");
            if (peek().text().startsWith(".")) {
                name.append(take().text());
            }
        }
        return name.toString();
    }

    private long value(Token token) {
        if (token.quoted() || !token.text().matches("\\d.*")) {
            throw fault(token, "a number is expected" + found(token));
        }
        try {
            return token.text().startsWith("0x") || token.text().startsWith("0X") ? Long.parseUnsignedLong(token.text().substring(2), 16)
                    : Long.parseUnsignedLong(token.text());
        } catch (NumberFormatException e) {
            throw fault(token, "'" + token.text() + "' is no number of 64 bits");
        }
    }
}
