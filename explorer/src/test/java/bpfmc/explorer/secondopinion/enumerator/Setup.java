package bpfmc.explorer.secondopinion.enumerator;

import java.util.List;

/**
 * What runs where.
 *
 * @param agents those of one CPU and rank in the order in which they run
 * @param walk how many elements a walk over a hash map visits at most
 */
public record Setup(List<MapSpec> maps, List<Agent> agents, int cpus, Unknowns unknowns, int walk) {
    /** Task, softirq, hardirq, NMI: their order is that of {@link #ordinal()}. */
    public enum Level { TASK, SOFTIRQ, HARDIRQ, NMI }

    /** @param rank runs of a higher rank may come on top of those of a lower, if their level is higher too */
    public record Agent(Program program, int cpu, Level level, int rank) {}

    /** Where the numbers come from that programs cannot choose. */
    public interface Unknowns {
        /** Which number is asked for. */
        enum Source { MEMORY, CONTEXT, PACKET, RANDOM, KEY }

        /** {@return what the bytes may hold, each byte of a number where it stands in memory} @param agent whose, -1 of shared memory */
        long[] numbers(Source source, int agent, int offset, int size);

        /** {@return how long a packet may be} */
        int[] packetLengths(int agent);
    }
}
