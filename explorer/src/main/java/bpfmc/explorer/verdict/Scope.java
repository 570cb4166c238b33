package bpfmc.explorer.verdict;

import org.eclipse.collections.api.list.ImmutableList;

/**
 * Everything a verdict depends on. Printed with every verdict.
 *
 * @param cpus number of CPUs @param runs runs on each CPU, one after the other; both {@link #ANY} when it is shown of any number
 * @param memoryModel "sequentially consistent"
 * @param properties what is said of the properties judged
 * @param contexts where each program of the object runs
 * @param settings what was chosen of CPUs and interrupts, a phrase each
 * @param assumptions what is taken for granted, a sentence each
 */
public record Scope(int cpus, int runs, String memoryModel, ImmutableList<Explanation> properties, ImmutableList<Context> contexts,
        ImmutableList<String> settings, ImmutableList<String> assumptions) {

    /** In place of a number of CPUs, and of runs: any. */
    public static final int ANY = 0;

    /** The setting of an object whose programs were all explored, and found to share no memory. */
    public static final String NOTHING_SHARED = "no two programs share memory: nothing can interleave";

    /** The memory model under which every store is seen at once. */
    public static final String SEQUENTIAL = "sequentially consistent";

    /** How a setting begins that names programs which were left out. */
    public static final String NOT_CHECKED = "NOT CHECKED, ";

    /** {@return the settings that name programs which were left out} */
    public ImmutableList<String> notChecked() {
        return settings.select(s -> s.startsWith(NOT_CHECKED));
    }

    /** {@return whether it was shown that no two programs share memory} */
    public boolean nothingShared() {
        return settings.contains(NOTHING_SHARED);
    }

    /** @param program name @param words its level, and what may interrupt it there */
    public record Context(String program, String words) {}

    /** {@return the same with more settings} */
    public Scope with(ImmutableList<String> more) {
        return new Scope(cpus, runs, memoryModel, properties, contexts, settings.newWithAll(more), assumptions);
    }

    /** {@return whether every store is seen at once, as no machine does it} */
    public boolean sequential() {
        return memoryModel.equals(SEQUENTIAL);
    }

    /** {@return the bounds in one line} */
    public String bounds() {
        return (cpus == ANY ? "any number of CPUs, any number of runs" : cpus + " CPUs, " + runs + (runs == 1 ? " run" : " runs") + " each") + ", every input, any map contents, " + memoryModel;
    }
}
