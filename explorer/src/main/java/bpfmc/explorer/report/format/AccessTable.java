package bpfmc.explorer.report.format;

import bpfmc.explorer.report.Cause;
import bpfmc.explorer.report.CauseWords;
import bpfmc.explorer.report.Naming;
import bpfmc.model.program.SourceLine;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** All accesses to the field of a problem, as a table; the odd ones are marked. */
final class AccessTable {
    private AccessTable() {}

    /** {@return the lines of the table; none where there is nothing to compare} */
    static ImmutableList<String> lines(Naming naming, Cause cause) {
        if (cause.accesses().size() < 2) {
            return Lists.immutable.empty();
        }
        Columns table = new Columns("", "access", "level", "line", "does", "holds");
        cause.accesses().each(r -> table.add(cause.odd().contains(r) ? ">" : "", r.first().program(), r.levels().makeString(", "), line(naming, r),
                CauseWords.does(r), CauseWords.holds(naming, cause, r)));
        return Lists.immutable.with(table.render("").split("\n"));
    }

    private static String line(Naming naming, Cause.Row row) {
        return naming.line(row.first().program(), row.first().slot()).map(SourceLine::line).map(n -> ":" + n).orElse("@" + row.first().slot());
    }
}
