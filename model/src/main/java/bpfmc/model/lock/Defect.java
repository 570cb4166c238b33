package bpfmc.model.lock;

import java.util.List;

/** What is deliberately broken in a lock machine, to see that the checks find it. */
public enum Defect {
    NONE("as the kernel has it"),
    /** The lock word is read as zero and then stored to, instead of exchanged. */
    NO_EXCHANGE("a plain store instead of the exchange", "trivial"),
    /** The next ticket is loaded and stored, instead of added to atomically. */
    PLAIN_INCREMENT("the ticket is drawn by load and store", "ticket"),
    /** The head of the queue stores the locked byte over the whole word, and with it over the tail of who came meanwhile. */
    LOST_TAIL("the head of the queue overwrites the tail", "queued"),
    /** The head does not wait until its successor has linked itself. */
    EARLY_HAND_OVER("the lock is handed over before the successor is linked", "queued"),
    /** Every context of a CPU uses the same queue node. */
    NODE_IGNORES_LEVEL("an interrupt uses the queue node of what it interrupted", "queued"),
    /** Nobody looks for deadlocks. */
    NO_DETECTION("deadlocks are not looked for", "resilient", "resilient-tas"),
    /** Who is refused a lock stays noted as holding it. */
    KEPT_ENTRY("a lock that was refused stays in the CPU's table", "resilient", "resilient-tas"),
    /** A head that leaves the queue last leaves its tail in the word: who comes next queues behind nobody. */
    KEPT_TAIL("who leaves the queue last does not reset the tail", "resilient"),
    /** A head that leaves the queue tells nobody. */
    SILENT_HEAD("the head of the queue leaves without telling its successor", "resilient"),
    /** As Linux 6.19 to 7.1 did (mended by 7a3c0289c3c8, "rqspinlock: Reset tail when preserving queue on deadlock"). */
    AWAITED_SUCCESSOR("a head that sees a deadlock waits for a successor, as in Linux 6.19 to 7.1", "resilient");

    private final String words;
    private final List<String> locks;

    Defect(String words, String... locks) {
        this.words = words;
        this.locks = List.of(locks);
    }

    /** {@return the names of the machines that can have it} */
    public List<String> locks() {
        return locks;
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
