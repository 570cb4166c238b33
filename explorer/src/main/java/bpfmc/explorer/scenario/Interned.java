package bpfmc.explorer.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Small numbers for equal values, in the order they are first met. */
final class Interned<T> {
    private final List<T> values = new ArrayList<>();
    private final Map<T, Integer> numbers = new HashMap<>();

    /** @param zero the value that gets number 0 */
    Interned(T zero) {
        number(zero);
    }

    int number(T value) {
        return numbers.computeIfAbsent(value, v -> {
            values.add(v);
            return values.size() - 1;
        });
    }

    T value(int number) {
        return values.get(number);
    }

    int size() {
        return values.size();
    }
}
