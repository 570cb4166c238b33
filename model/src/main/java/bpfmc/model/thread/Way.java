package bpfmc.model.thread;

/** One of the ways that a run alone can go: a machine, what it has in its keeping, and how it got there. */
final class Way {
    final Machine machine;
    Custody custody;
    Trail trail;

    /** Whether the way comes back to a call whose callback has ended, or to the head of a loop that the kernel does not unroll. */
    boolean again;

    Way(Machine machine, Custody custody, Trail trail) {
        this.machine = machine;
        this.custody = custody;
        this.trail = trail;
    }

    Way with(Machine other) {
        return new Way(other, custody, trail);
    }

    Way copy() {
        return with(machine.copy());
    }

    void happened(Trail.Kind kind) {
        trail = trail.then(machine.pc, kind);
    }
}
