package bpfmc.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Small numbers for equal values, from 0 on, in the order in which they are first met. A number once given never changes.
 *
 * <p>A numbering is for one thread. While nobody gives numbers, other threads may look them up, each by a {@linkplain #draft draft} of its own.
 *
 * @param <T> values that are equal when they mean the same
 */
public final class Numbering<T> {
    private final List<T> values = new ArrayList<>();
    private final Map<T, Integer> numbers = new HashMap<>();
    /** What this is a draft of; null if it is none. */
    private final Numbering<T> original;
    /** Of a draft, whom to tell of provisional numbers; null otherwise. */
    private final Provisional provisional;

    /** Numbers nothing yet. */
    public Numbering() {
        this(null, null);
    }

    private Numbering(Numbering<T> original, Provisional provisional) {
        this.original = original;
        this.provisional = provisional;
    }

    /** {@return a numbering that begins with a value, which gets number 0} */
    public static <T> Numbering<T> from(T zero) {
        Numbering<T> numbering = new Numbering<>();
        numbering.number(zero);
        return numbering;
    }

    /** {@return this numbering for a thread that helps} It knows all numbers of this one, and gives provisional ones besides. */
    public Numbering<T> draft(Provisional given) {
        return new Numbering<>(this, given);
    }

    /** {@return the value's number, a new one if it has none; a provisional one if this is a draft} */
    public int number(T value) {
        Integer known = original == null ? numbers.get(value) : original.numbers.get(value);
        if (known == null && original != null) {
            known = numbers.get(value);
        }
        return known != null ? known : give(value);
    }

    private int give(T value) {
        if (provisional != null) {
            provisional.mark(this::clearProvisional);
        }
        int number = size();
        values.add(value);
        numbers.put(value, number);
        return number;
    }

    /** {@return the value that has this number} */
    public T value(int number) {
        if (original == null) {
            return values.get(number);
        }
        int lasting = original.values.size();
        return number < lasting ? original.values.get(number) : values.get(number - lasting);
    }

    /** {@return whether the number was given for good} */
    public boolean lasting(int number) {
        return original == null || number < original.values.size();
    }

    /** {@return how many values have a number, provisional ones included} */
    public int size() {
        return original == null ? values.size() : original.values.size() + values.size();
    }

    private void clearProvisional() {
        values.clear();
        numbers.clear();
    }
}
