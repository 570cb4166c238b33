package bpfmc.explorer.livekernel;

import com.sun.jna.Memory;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** The CPUs of this machine. */
final class Cpus {
    /** For 8192 CPUs, the most that Linux is built for. */
    static final int BYTES = 1024;

    private Cpus() {}

    /** {@return the numbers of those that this process may run on} */
    static ImmutableList<Integer> allowed(CLibrary c) {
        try (Memory cpus = new Memory(BYTES)) {
            cpus.clear();
            c.sched_getaffinity(0, BYTES, cpus);
            MutableList<Integer> allowed = Lists.mutable.empty();
            for (int cpu = 0; cpu < 8 * BYTES; cpu++) {
                if ((cpus.getByte(cpu / 8) >> cpu % 8 & 1) != 0) {
                    allowed.add(cpu);
                }
            }
            return allowed.toImmutable();
        }
    }
}
