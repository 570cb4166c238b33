package bpfmc.explorer.system;

import bpfmc.model.Reading;
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
        Integer known = numbers.get(value);
        if (known != null) {
            return known;
        }
        Reading.mayLearn();
        values.add(value);
        numbers.put(value, values.size() - 1);
        return values.size() - 1;
    }

    T value(int number) {
        return values.get(number);
    }

    int size() {
        return values.size();
    }
}
