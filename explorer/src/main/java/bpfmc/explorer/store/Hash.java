package bpfmc.explorer.store;

/**
 * A 64-bit hash of a packed state. Each word is folded in by a multiplication and a shift that carries the high half
 * back into the low one; the last word gets one more round. Every step is invertible, so two states that differ in one
 * word only never share all 64 bits. The multipliers are odd constants of splitmix64 (Steele, Lea, Flood: Fast
 * Splittable Pseudorandom Number Generators, OOPSLA 2014).
 */
final class Hash {
    static final long FIRST = 0x9E3779B97F4A7C15L;
    static final long SECOND = 0xBF58476D1CE4E5B9L;

    private Hash() {}

    static long of(long[] words, int from, int length) {
        long hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = (hash + words[i]) * FIRST;
            hash ^= hash >>> 32;
        }
        hash *= SECOND;
        return hash ^ hash >>> 32;
    }
}
