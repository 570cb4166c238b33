package bpfmc.explorer.report;

import bpfmc.explorer.report.Cause.Order;
import bpfmc.explorer.report.Cause.Row;
import bpfmc.explorer.verdict.AccessSite.Lock;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.Place.Act;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** A cause in words. */
public final class CauseWords {
    private static final int NAMED = 3;
    private static final ImmutableList<String> NUMBERS = Lists.immutable.with("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

    private CauseWords() {}

    /** {@return what the accesses have in common, and which do not: "m1[key].n: three of four accesses hold m1[key].lock; prog6 line 97 does not."} */
    public static String sentence(Naming naming, Cause cause) {
        String field = naming.place(cause.field()) + ": ";
        return switch (cause.order()) {
            case Order.ByLock by when cause.odd().isEmpty() -> field + share(cause, "holds ", "hold ") + lock(naming, cause, by.lock()) + ".";
            case Order.ByLock by -> field + share(cause, "holds ", "hold ") + lock(naming, cause, by.lock()) + "; " + odd(naming, cause, "does not", "do not") + ".";
            case Order.Atomically a when cause.odd().isEmpty() -> field + share(cause, "is atomic", "are atomic") + ".";
            case Order.Atomically a -> field + share(cause, "is atomic", "are atomic") + "; " + odd(naming, cause, "is not", "are not") + ".";
            case Order.Nothing n -> field + (cause.accesses().size() == 1 ? "the one access owns no lock, and is not atomic." : "no access owns a lock or is atomic.");
        };
    }

    private static String share(Cause cause, String one, String several) {
        int ordered = cause.ordered();
        if (ordered == cause.accesses().size()) {
            return ordered == 1 ? "the one access " + one : "all " + number(ordered) + " accesses " + several;
        }
        return number(ordered) + " of " + number(cause.accesses().size()) + " accesses " + (ordered == 1 ? one : several);
    }

    private static String number(int n) {
        return n < NUMBERS.size() ? NUMBERS.get(n) : String.valueOf(n);
    }

    private static String odd(Naming naming, Cause cause, String one, String several) {
        return where(naming, cause.odd()) + " " + (cause.odd().size() == 1 ? one : several);
    }

    /** {@return where accesses are: "prog6 line 97 and prog7 line 12"} */
    static String where(Naming naming, ImmutableList<Row> rows) {
        ImmutableList<String> named = rows.collect(r -> at(naming, r));
        return named.size() == 1 ? named.getFirst()
                : named.size() <= NAMED ? named.take(named.size() - 1).makeString(", ") + " and " + named.getLast()
                : named.take(NAMED).makeString(", ") + " and " + number(named.size() - NAMED) + " more";
    }

    private static String at(Naming naming, Row row) {
        Place first = row.first();
        return !naming.program(first.program()).origin().written() ? first.program()
                : first.program() + naming.line(first.program(), first.slot()).map(l -> " line " + l.line()).orElse(" instruction " + first.slot());
    }

    /** {@return what an access does: "load, store"} */
    public static String does(Row row) {
        return row.acts().collect(Act::word).makeString(", ");
    }

    /** {@return what is owned, or switched off, at an access: the locks; else "atomic", "interrupts off", or "-"} */
    public static String holds(Naming naming, Cause cause, Row row) {
        String other = row.atomic() ? "atomic" : row.off().isEmpty() ? "-" : row.off();
        return row.held().isEmpty() ? other : row.held().collect(l -> lock(naming, cause, l)).makeString(", ");
    }

    private static String lock(Naming naming, Cause cause, Lock lock) {
        boolean another = !lock.own() && lock.memory().map() == cause.field().map();
        return naming.place(lock.memory()) + (another ? " of another element" : "");
    }
}
