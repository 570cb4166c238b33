package bpfmc.model.lock;

/** What is deliberately broken in a lock machine, to see that the checks find it. */
public enum Defect {
    NONE("", "as the kernel has it"),
    /** The lock word is read as zero and then stored to, instead of exchanged. */
    NO_EXCHANGE("trivial", "a plain store instead of the exchange"),
    /** The next ticket is loaded and stored, instead of added to atomically. */
    PLAIN_INCREMENT("ticket", "the ticket is drawn by load and store"),
    /** The head of the queue stores the locked byte over the whole word, and with it over the tail of who came meanwhile. */
    LOST_TAIL("queued", "the head of the queue overwrites the tail"),
    /** The head does not wait until its successor has linked itself. */
    EARLY_HAND_OVER("queued", "the lock is handed over before the successor is linked"),
    /** Every context of a CPU uses the same queue node. */
    NODE_IGNORES_LEVEL("queued", "an interrupt uses the queue node of what it interrupted"),
    /** Nobody looks for deadlocks. */
    NO_DETECTION("resilient", "deadlocks are not looked for"),
    /** Who is refused a lock stays noted as holding it. */
    KEPT_ENTRY("resilient", "a lock that was refused stays in the CPU's table");

    private final String lock;
    private final String words;

    Defect(String lock, String words) {
        this.lock = lock;
        this.words = words;
    }

    /** {@return the name of the machine that has it, "" for none} */
    public String lock() {
        return lock;
    }

    /** {@return what is broken} */
    public String words() {
        return words;
    }

    /** {@return its name on the command line: "lost-tail"} */
    public String option() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
