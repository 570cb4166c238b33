package bpfmc.explorer.verdict;

import bpfmc.model.program.SourceLine;
import bpfmc.model.program.ValueLayout;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement that adds to a field in place, as it stands in the source: {@code val->cnt++}, {@code *bytes += len}.
 *
 * @param statement the whole of it, with its semicolon
 * @param value the name of the pointer to the map value, "" in a data section
 * @param address of the field, in C @param amount that is added, in C @param adds false where it is subtracted
 */
public record Increment(String statement, String value, String address, String amount, boolean adds) {
    private static final String NAME = "[A-Za-z_]\\w*";

    /** {@return the statement of a place, if it is one of these and changes the field} */
    public static Optional<Increment> at(SourceNames names, Place place, Subject field) {
        ValueLayout value = names.map(field).value();
        Optional<String> name = value.fieldAt(field.offset(), field.size()).map(f -> f.typeName().equals(value.typeName()) ? "" : f.name());
        boolean global = names.map(field).data().isPresent();
        return name.flatMap(n -> names.program(place.program()).lineAt(place.slot()).map(SourceLine::text)
                .flatMap(text -> in(text.replaceFirst("//.*", ""), n, global)));
    }

    /** @param field its name in the value, "" where the value is no struct @param global whether it is a variable */
    static Optional<Increment> in(String text, String field, boolean global) {
        String name = Pattern.quote(field);
        String direct = global ? "(?<value>)" + name : "(?<value>" + NAME + ")->" + name;
        String plain = field.isEmpty() ? "\\*(?<value>" + NAME + ")" : direct;
        String bracketed = field.isEmpty() ? "\\(\\*(?<value>" + NAME + ")\\)" : direct;
        return first(text, "(?<sign>\\+\\+|--)\\s*" + plain, "1", field, global)
                .or(() -> first(text, bracketed + "\\s*(?<sign>\\+\\+|--)", "1", field, global))
                .or(() -> first(text, plain + "\\s*(?<sign>[+-])=\\s*(?<amount>[^;=]+?)", "", field, global));
    }

    /** @param one the amount that the form adds, "" where it names one */
    private static Optional<Increment> first(String text, String form, String one, String field, boolean global) {
        Matcher m = Pattern.compile("(?<![\\w>.])" + form + "\\s*;").matcher(text);
        if (!m.find()) {
            return Optional.empty();
        }
        String value = m.group("value");
        String address = field.isEmpty() ? value : global ? "&" + field : "&" + value + "->" + field;
        return Optional.of(new Increment(m.group().strip(), value, address, one.isEmpty() ? m.group("amount") : one, m.group("sign").startsWith("+")));
    }

    /** {@return an atomic operation that does the same} */
    public String atomically() {
        return "__sync_fetch_and_" + (adds ? "add" : "sub") + "(" + address + ", " + amount + ")";
    }

    /** {@return the same under a lock of the value} @param lock name of its field, or of the variable in the data section */
    public String under(String lock) {
        String address = value.isEmpty() ? "&" + lock : "&" + value + "->" + lock;
        return "bpf_spin_lock(" + address + "); " + statement + " bpf_spin_unlock(" + address + ")";
    }
}
