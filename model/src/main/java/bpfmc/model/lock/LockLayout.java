package bpfmc.model.lock;

/**
 * Where the words of some locks lie: first the lock words, then for each CPU what the algorithms keep there.
 *
 * @param locks how many locks @param cpus how many CPUs
 */
public record LockLayout(int locks, int cpus) {
    /** MAX_NODES of kernel/locking/qspinlock.c: one for each context level. */
    public static final int NODES = 4;

    /** Locks that a CPU remembers as held or wanted; the kernel's table (rqspinlock_held_locks) has 31. */
    public static final int HELD = 4;

    private static final int NODE_WORDS = 2;
    /** How many words each CPU keeps. */
    public static final int CPU_WORDS = 1 + NODES * NODE_WORDS + 1 + HELD;

    /** {@return how many words there are} */
    public int words() {
        return locks + cpus * CPU_WORDS;
    }

    /** {@return the first of the words that a CPU keeps} */
    public int cpu(int cpu) {
        return locks + cpu * CPU_WORDS;
    }

    /** {@return the word that counts the queue nodes in use on a CPU} */
    public int count(int cpu) {
        return cpu(cpu);
    }

    /** {@return the word of a queue node that its predecessor sets to hand the lock over} */
    public int locked(int cpu, int index) {
        return cpu(cpu) + 1 + index * NODE_WORDS;
    }

    /** {@return the word of a queue node that names the next one, as a tail does; 0 for none} */
    public int next(int cpu, int index) {
        return locked(cpu, index) + 1;
    }

    /** {@return the word that counts the locks that a CPU holds or wants} */
    public int heldCount(int cpu) {
        return cpu(cpu) + 1 + NODES * NODE_WORDS;
    }

    /** {@return the word that names one of them, its number plus one} */
    public int held(int cpu, int slot) {
        return heldCount(cpu) + 1 + slot;
    }

    /** {@return whether some CPU holds or wants more locks than it can note} The kernel's table is larger, so that only it knows how to go on. */
    public boolean overfull(int[] words) {
        for (int cpu = 0; cpu < cpus; cpu++) {
            if (words[heldCount(cpu)] > HELD) {
                return true;
            }
        }
        return false;
    }

    /** {@return a CPU and the index of one of its nodes in 16 bits, never 0 (qspinlock.h, encode_tail)} */
    public static int tail(int cpu, int index) {
        return cpu + 1 << 2 | index;
    }

    /** {@return whether a CPU keeps the name of a next queue node at this place among its words} */
    static boolean namesNext(int place) {
        return place >= 1 && place < 1 + NODES * NODE_WORDS && (place - 1) % NODE_WORDS == 1;
    }

    /** {@return the same node's tail, or none, when CPUs have other numbers} */
    static int renamedTail(int tail, int[] cpus) {
        return tail == 0 ? 0 : tail(cpus[cpuOf(tail)], indexOf(tail));
    }

    /** {@return the CPU of a tail} */
    public static int cpuOf(int tail) {
        return (tail >> 2) - 1;
    }

    /** {@return the node's index of a tail} */
    public static int indexOf(int tail) {
        return tail & NODES - 1;
    }
}
