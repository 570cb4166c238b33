package bpfmc.model;

import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.collections.api.RichIterable;

/** Which of the names that there are was meant by one that there is not. */
public final class Nearest {
    private Nearest() {}

    /** {@return the name with the fewest characters to insert, delete or change, the first of several; empty when there is none} */
    public static Optional<String> of(RichIterable<String> names, String meant) {
        return names.isEmpty() ? Optional.empty() : Optional.of(names.minBy(n -> distance(n, meant)));
    }

    /** {@return how an error message ends: "; did you mean 'x'?", or "; there are none"} */
    public static String hint(RichIterable<String> names, String meant) {
        return of(names, meant).map(n -> "; did you mean '" + n + "'?").orElse("; there are none");
    }

    /** Levenshtein's, one row of the table at a time. */
    private static int distance(String a, String b) {
        int[] row = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
