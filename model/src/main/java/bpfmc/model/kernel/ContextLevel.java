package bpfmc.model.kernel;

/** Where on a CPU a program runs; a higher level may interrupt a lower one. */
public enum ContextLevel {
    TASK("task"),
    /** In a softirq, or in a task that has softirqs switched off: both keep other softirqs away from the CPU. */
    SOFTIRQ("softirq"),
    HARDIRQ("hardirq"),
    NMI("NMI");

    private final String word;

    ContextLevel(String word) {
        this.word = word;
    }

    /** {@return the level as kernel developers write it ("softirq", "NMI")} */
    public String word() {
        return word;
    }
}
