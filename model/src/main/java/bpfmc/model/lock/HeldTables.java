package bpfmc.model.lock;

/** {@link HeldLocks} for real threads: each writes its own CPU's table and reads all. */
record HeldTables(LockLayout layout, LockWords words) {
    void note(int cpu, int lock) {
        int count = words.plain(layout.heldCount(cpu));
        if (count < LockLayout.HELD) {
            words.opaque(layout.held(cpu, count), lock + 1);
        }
        words.release(layout.heldCount(cpu), count + 1);
    }

    void forget(int cpu) {
        int count = words.plain(layout.heldCount(cpu)) - 1;
        if (count < LockLayout.HELD) {
            words.opaque(layout.held(cpu, count), 0);
        }
        words.release(layout.heldCount(cpu), count);
    }

    boolean twice(int cpu, int lock) {
        return below(cpu, Math.min(words.plain(layout.heldCount(cpu)), LockLayout.HELD), lock + 1);
    }

    boolean crossed(int cpu, int lock) {
        for (int other = 0; other < layout.cpus(); other++) {
            int count = words.acquire(layout.heldCount(other));
            if (other == cpu || count < 2 || count > LockLayout.HELD) {
                continue;
            }
            int wanted = words.opaque(layout.held(other, count - 1));
            if (wanted != 0 && below(other, count, lock + 1) && twice(cpu, wanted - 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean below(int cpu, int top, int name) {
        for (int i = 0; i < top - 1; i++) {
            if (words.opaque(layout.held(cpu, i)) == name) {
                return true;
            }
        }
        return false;
    }
}
