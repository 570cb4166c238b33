package bpfmc.explorer.report.format;

import bpfmc.model.rules.Agreement;
import bpfmc.model.rules.Agreement.Outcome;
import org.eclipse.collections.api.list.ImmutableList;

/** How the lock rules compare with what programs expect of themselves: a row an object, and the sum. */
public final class ExpectationTable {
    private final Columns columns = new Columns("OBJECT", "PROGRAMS", "AGREED", "DISAGREED", "OUT OF SCOPE", "NO EXPECTATION");
    private int objects;
    private final int[] sums = new int[5];

    /** Adds an object's row. @param programs how many programs were judged */
    public void add(String object, int programs, ImmutableList<Agreement> agreements) {
        int[] row = {programs, count(agreements, Outcome.AGREED), count(agreements, Outcome.DISAGREED),
            count(agreements, Outcome.OUT_OF_SCOPE), programs - agreements.size()};
        objects++;
        row(object, row);
        for (int i = 0; i < row.length; i++) {
            sums[i] += row[i];
        }
    }

    private static int count(ImmutableList<Agreement> agreements, Outcome outcome) {
        return agreements.count(a -> a.outcome() == outcome);
    }

    private void row(String name, int[] numbers) {
        String[] cells = new String[numbers.length + 1];
        cells[0] = name;
        for (int i = 0; i < numbers.length; i++) {
            cells[i + 1] = String.valueOf(numbers[i]);
        }
        columns.add(cells);
    }

    /** {@return the table} */
    public String render() {
        if (objects > 1) {
            row("all", sums);
        }
        return columns.render("");
    }
}
