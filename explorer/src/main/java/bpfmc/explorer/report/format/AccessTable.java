package bpfmc.explorer.report.format;

import bpfmc.explorer.report.Cause;
import bpfmc.explorer.report.CauseWords;
import bpfmc.explorer.report.Naming;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** All accesses to the field of a problem, as a table; the odd ones are marked. */
final class AccessTable {
    static final ImmutableList<String> TITLES = Lists.immutable.with("", "access", "level", "line", "does", "holds");

    private AccessTable() {}

    /** {@return whether there is anything to compare} */
    static boolean isTold(Cause cause) {
        return cause.accesses().size() > 1;
    }

    /** {@return the cells of an access, as the titles say} */
    static ImmutableList<String> cells(Naming naming, Cause cause, Cause.Row row) {
        String line = naming.line(row.first().program(), row.first().slot()).map(l -> ":" + l.line()).orElse("@" + row.first().slot());
        return Lists.immutable.with(cause.odd().contains(row) ? ">" : "", row.first().program(), row.levels().makeString(", "), line, CauseWords.does(row),
                CauseWords.holds(naming, cause, row));
    }

    /** {@return the lines of the table} */
    static ImmutableList<String> lines(Naming naming, Cause cause) {
        Columns table = new Columns(TITLES.toArray(new String[0]));
        cause.accesses().each(r -> table.add(cells(naming, cause, r).toArray(new String[0])));
        return Lists.immutable.with(table.render("").split("\n"));
    }
}
