package bpfmc.model.kernel;

import java.util.Arrays;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What a call does at run time where releases of Linux differ. All else that is modelled is as in {@link KernelVersion#NEWEST}.
 */
public enum Behaviour {
    /**
     * A counter for each CPU and bucket refuses with -EBUSY whoever comes on top of the owner of a hash map's bucket (kernel/bpf/hashtab.c, map_locked, since 20b6cc34ea74);
     * since 6.15 the bucket's lock is a resilient one, and refuses with -EDEADLK.
     */
    BUCKET_GUARD_BUSY("an update over the owner of a bucket's lock is refused with -EBUSY", new KernelVersion(5, 11), new KernelVersion(6, 15)),

    /** bpf_timer_cancel from one callback looks whether another callback is cancelling it (kernel/bpf/helpers.c, since d4523831f07a); before, both wait for ever. */
    TIMER_CANCEL_REFUSES("callbacks that cancel each other's timers are refused with -EDEADLK", new KernelVersion(6, 10), null);

    private final String says;
    private final KernelVersion since;
    private final KernelVersion until;

    /** @param until the first release that does so no more, null when there is none yet */
    Behaviour(String says, KernelVersion since, KernelVersion until) {
        this.says = says;
        this.since = since;
        this.until = until;
    }

    /** {@return whether this release behaves so} */
    public boolean in(KernelVersion kernel) {
        return kernel.atLeast(since) && (until == null || !kernel.atLeast(until));
    }

    /** {@return what differs between this release and the newest one, a sentence each, without "not" where this one does so} */
    public static ImmutableList<String> differences(KernelVersion kernel) {
        return Lists.immutable.withAll(Arrays.asList(values())).select(b -> b.in(kernel) != b.in(KernelVersion.NEWEST))
                .collect(b -> (b.in(kernel) ? "" : "not: ") + b.says);
    }
}
