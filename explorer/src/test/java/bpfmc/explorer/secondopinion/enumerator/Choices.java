package bpfmc.explorer.secondopinion.enumerator;

import java.util.ArrayList;
import java.util.List;

/** Makes what asks for choices run once for each series of them. */
final class Choices {
    private final List<int[]> made = new ArrayList<>();
    private int next;

    /** {@return 0 to {@code ways - 1}} */
    int of(int ways) {
        if (next == made.size()) {
            made.add(new int[] {0, ways});
        }
        return made.get(next++)[0];
    }

    /** {@return whether there is another series of choices; the next run makes it} */
    boolean more() {
        next = 0;
        while (!made.isEmpty() && ++made.getLast()[0] == made.getLast()[1]) {
            made.removeLast();
        }
        return !made.isEmpty();
    }
}
