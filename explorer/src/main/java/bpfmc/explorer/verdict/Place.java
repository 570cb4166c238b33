package bpfmc.explorer.verdict;

/**
 * Where a program does its part in a finding.
 *
 * @param program name @param function the function within it @param slot of the instruction
 * @param act what it does there ("load", "store", "lock")
 */
public record Place(String program, String function, int slot, Act act) implements Comparable<Place> {
    /** What an agent does at a place. */
    public enum Act {
        LOAD("load"), STORE("store"), ATOMIC("atomic"), LOCK("lock"), UNLOCK("unlock"), LOOKUP("lookup"), UPDATE("update"), TOGGLE("switch"),
        CLOCK("clock read"), USE("use"), TIMER("timer"), CANCEL("cancel"), END("end");

        private final String word;

        Act(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    @Override
    public int compareTo(Place other) {
        int c = program.compareTo(other.program);
        c = c != 0 ? c : Integer.compare(slot, other.slot);
        return c != 0 ? c : act.compareTo(other.act);
    }
}
