package bpfmc.explorer.verdict;

import org.eclipse.collections.api.list.ImmutableList;

/**
 * Everything a verdict depends on. Printed with every verdict.
 *
 * @param cpus number of CPUs @param runs runs on each CPU, one after the other
 * @param memoryModel "sequentially consistent"
 * @param properties names of the properties judged
 * @param assumptions what is taken for granted, a sentence each
 */
public record Scope(int cpus, int runs, String memoryModel, ImmutableList<String> properties, ImmutableList<String> assumptions) {

    /** {@return the bounds in one line} */
    public String bounds() {
        return cpus + " CPUs, " + runs + (runs == 1 ? " run" : " runs") + " each, every input, any map contents, " + memoryModel;
    }
}
