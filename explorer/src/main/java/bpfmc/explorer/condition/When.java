package bpfmc.explorer.condition;

/** Where a condition must hold. */
public enum When {
    /** When all runs have ended. */
    FINALLY("finally"),
    /** At every moment. */
    ALWAYS("always"),
    /** Whenever no lock of the elements that it reads is owned. */
    LOCK_FREE("lock-free");

    private final String word;

    When(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
