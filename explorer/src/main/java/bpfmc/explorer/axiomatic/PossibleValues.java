package bpfmc.explorer.axiomatic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What cells may hold in any execution: the least sets such that what threads store, when they read any values of these, is in them. Found when
 * first asked, which is rare. May have more than there is, so whoever takes a value from here has to see that it comes true.
 */
final class PossibleValues<V> {
    private static final int MOST_RUNS = 200_000;
    private static final int MOST_VALUES = 1_000;

    private final Program<V> program;
    private Map<Integer, Set<V>> values;
    private int runs;
    /** The most writes that the threads can make together: no value is behind a longer chain. */
    private int longest;

    PossibleValues(Program<V> program) {
        this.program = program;
    }

    /** {@return the values of a cell} @throws LimitReached when there are too many */
    synchronized Set<V> of(int cell) {
        if (values == null) {
            values = new LinkedHashMap<>();
            for (int round = 0; grows() && round <= longest; round++) {
                continue;
            }
        }
        return at(cell);
    }

    private Set<V> at(int cell) {
        return values.computeIfAbsent(cell, c -> new LinkedHashSet<>(Set.of(program.initial(c))));
    }

    private boolean grows() {
        int sum = 0;
        boolean grew = false;
        List<Event<V>> stored = new ArrayList<>();
        for (int t = 0; t < program.threads(); t++) {
            int most = 0;
            Deque<Answers<V>> todo = new ArrayDeque<>(List.of(Answers.none()));
            while (!todo.isEmpty()) {
                if (++runs > MOST_RUNS) {
                    throw new LimitReached("the values that memory may hold are too many to be promised");
                }
                Answers<V> answers = todo.pop();
                Trace<V> trace = program.trace(t, answers);
                Optional<Event<V>> open = trace.events().stream().filter(Event::isPendingRead).findFirst();
                if (open.isPresent()) {
                    ask(open.get()).forEach(v -> todo.push(answers.with(open.get().op(), v)));
                } else {
                    List<Event<V>> writes = trace.events().stream().filter(e -> e.kind().writes()).toList();
                    stored.addAll(writes);
                    most = Math.max(most, writes.size());
                }
            }
            sum += most;
        }
        longest = sum;
        for (Event<V> write : stored) {
            grew |= at(write.cell()).add(write.value());
            if (at(write.cell()).size() > MOST_VALUES) {
                throw new LimitReached("the values that memory may hold are too many to be promised");
            }
        }
        return grew;
    }

    /** {@return what a read may find; a compare-and-exchange also what it expects, for two can bring each other about} */
    private Set<V> ask(Event<V> read) {
        Set<V> out = new LinkedHashSet<>(at(read.cell()));
        read.swap().filter(Event.Swap::known).ifPresent(s -> out.add(s.expected()));
        return out;
    }
}
