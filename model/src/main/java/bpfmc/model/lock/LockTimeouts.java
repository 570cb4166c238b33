package bpfmc.model.lock;

import java.util.Locale;

/** Whether waiting for a resilient lock may end with -ETIMEDOUT (kernel/bpf/rqspinlock.c, Linux 6.15). */
public enum LockTimeouts {
    /** Whenever somebody else owns the lock: a quarter of a second may pass at any place. */
    ANY,
    /** Never: whoever waits, waits until the lock is free or a deadlock is found. */
    NEVER;

    /** {@return its name on the command line} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
