package bpfmc.explorer.axiomatic;

import java.util.Arrays;

/** What the memory operations of one thread were told: values of reads, and what is assumed where values are not known yet. Never changes. */
public final class Answers<V> {
    /** What is assumed of a compare-and-exchange before that can be known. */
    public enum Assumption { NONE, FAILS, SUCCEEDS }

    /** @param value what was read or, of an atomic that is only promised, what it will read */
    private record Entry<V>(boolean answered, boolean promised, V value, Assumption assumption) {}

    private final Entry<V>[] entries;

    private Answers(Entry<V>[] entries) {
        this.entries = entries;
    }

    /** {@return no answers at all} */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public static <V> Answers<V> none() {
        return new Answers<V>(new Entry[0]);
    }

    /** {@return whether this operation's read has its value} */
    public boolean answered(int op) {
        return op < entries.length && entries[op] != null && entries[op].answered;
    }

    /** {@return whether all operations of a set have their values} */
    public boolean answered(long ops) {
        for (long rest = ops; rest != 0; rest &= rest - 1) {
            if (!answered(Long.numberOfTrailingZeros(rest))) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether this operation's read has a value, or is promised one} */
    public boolean valued(int op) {
        return op < entries.length && entries[op] != null && (entries[op].answered || entries[op].promised);
    }

    /** {@return whether an atomic was promised what it will read, and so stores what follows from that before it has read it} */
    public boolean promised(int op) {
        return op < entries.length && entries[op] != null && entries[op].promised;
    }

    /** {@return the value that was read or promised} */
    public V value(int op) {
        return entries[op].value;
    }

    /** {@return what is assumed of a compare-and-exchange} */
    public Assumption assumption(int op) {
        return op < entries.length && entries[op] != null ? entries[op].assumption : Assumption.NONE;
    }

    /** {@return these and an answer} */
    public Answers<V> with(int op, V value) {
        return with(op, new Entry<>(true, promised(op), value, assumption(op)));
    }

    /** {@return these and a promise to an atomic} */
    public Answers<V> promising(int op, V value) {
        return with(op, new Entry<>(false, true, value, Assumption.NONE));
    }

    /** {@return these and an assumption} */
    public Answers<V> assuming(int op, Assumption assumption) {
        return with(op, new Entry<>(answered(op), promised(op), valued(op) ? value(op) : null, assumption));
    }

    private Answers<V> with(int op, Entry<V> entry) {
        Entry<V>[] more = Arrays.copyOf(entries, Math.max(entries.length, op + 1));
        more[op] = entry;
        return new Answers<>(more);
    }
}
