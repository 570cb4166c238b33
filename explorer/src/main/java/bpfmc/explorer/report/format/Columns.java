package bpfmc.explorer.report.format;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;

/** Rows of text in aligned columns, two spaces between them; columns of numbers stand to the right. */
final class Columns {
    private final MutableList<ImmutableList<String>> rows = Lists.mutable.empty();

    Columns(String... titles) {
        rows.add(Lists.immutable.of(titles));
    }

    void add(String... cells) {
        rows.add(Lists.immutable.of(cells));
    }

    /** {@return the rows, the titles first, each line indented and ended} */
    String render(String indent) {
        int[] widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0)).toArray();
        return rows.stream().map(row -> indent + line(row, widths).stripTrailing() + "\n").collect(Collectors.joining());
    }

    private String line(ImmutableList<String> row, int[] widths) {
        return IntStream.range(0, widths.length).mapToObj(column -> {
            String padding = " ".repeat(widths[column] - row.get(column).length());
            return numeric(column) ? padding + row.get(column) : row.get(column) + padding;
        }).collect(Collectors.joining("  "));
    }

    private boolean numeric(int column) {
        return rows.stream().skip(1).anyMatch(row -> row.get(column).matches("\\d+")) && rows.stream().skip(1).allMatch(row -> row.get(column).matches("\\d+|-"));
    }
}
