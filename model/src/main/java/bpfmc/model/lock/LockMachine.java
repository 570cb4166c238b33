package bpfmc.model.lock;

/**
 * A lock algorithm step by step. What an agent knows on its own is a few numbers, its program counter first: {@link #OUT}
 * before it asks for a lock, {@link #IN} when it owns it, {@link #REFUSED} when it was not given, with the error in
 * {@link #VALUE}; other values are steps on the way. One step is one access to the shared words, with what is private before and after it; a spin that looks again and
 * again is an await, which waits until what it sees lets it go on. So every run ends.
 */
public sealed interface LockMachine permits TrivialMachine, TicketMachine, QueuedMachine, ResilientMachine, ResilientTasMachine {
    int OUT = 0;
    int IN = 1;
    int REFUSED = 2;

    /** Numbers that an agent has of its own: program counter, a value read, a node's index, another node or ticket. */
    int LOCALS = 4;
    int PC = 0;
    int VALUE = 1;
    int INDEX = 2;
    int OTHER = 3;

    /** Why a lock was not given (include/uapi/asm-generic/errno.h): whoever waits would wait for himself. */
    int EDEADLK = 35;
    /** He has waited too long. */
    int ETIMEDOUT = 110;

    /** Where an agent runs. @param nmi whether in an NMI, which nothing on its CPU keeps away */
    record Context(int cpu, boolean nmi) {}

    /** {@return its name on the command line} */
    String name();

    /** {@return whether locks are given in the order in which they were asked for} */
    boolean fair();

    /**
     * Does the next step: of taking the lock, or of releasing it when the agent is {@link #IN}.
     *
     * @param words the shared words, changed @param local what the agent knows, changed @param at where it runs
     * @param lock which lock
     * @return whether it could; it waits otherwise, and nothing has changed
     */
    boolean step(int[] words, int[] local, Context at, int lock);

    /**
     * Does the other step of an agent that waits: it has waited too long and gives up. Time is not counted, so this may come at
     * once. Only locks that refuse have it.
     *
     * @return whether it stands where it may; nothing has changed otherwise
     */
    default boolean timeOut(int[] words, int[] local, Context at, int lock) {
        return false;
    }

    /** {@return whether nobody owns a lock with this word, or waits for it} */
    default boolean free(int word) {
        return word == 0;
    }

    /** {@return whether the step that led to this program counter has given the agent its place among those who wait} */
    boolean queuedAt(int before, int after);

    /** {@return whether an agent that stands here will be refused, and has no place among those who wait any more} */
    default boolean givesUp(int pc) {
        return pc == REFUSED;
    }

    /** {@return whether an agent that is releasing the lock, and stands here, has let it go already} */
    default boolean released(int pc) {
        return false;
    }

    /** {@return what the step at this program counter does, with its number in the kernel's order} */
    String says(int pc);

    /** {@return what a lock word is when CPUs have other names} @param cpus the new numbers by the old ones */
    default int renamedWord(int word, int[] cpus) {
        return word;
    }

    /** {@return what a word of those that each CPU keeps is then} @param place of the word among them ({@link LockLayout}) */
    default int renamedOfCpu(int place, int word, int[] cpus) {
        return word;
    }

    /** {@return what one of the numbers that an agent has of its own is then} @param which {@link #PC} and so on */
    default int renamedLocal(int which, int local, int[] cpus) {
        return local;
    }

    /** {@return the machine of this name} @throws IllegalArgumentException when there is none */
    static LockMachine of(String name, LockLayout layout, Defect defect) {
        return switch (name) {
            case "trivial" -> new TrivialMachine(defect);
            case "ticket" -> new TicketMachine(defect);
            case "queued" -> new QueuedMachine(layout, defect);
            case "resilient" -> ResilientMachine.of(layout, defect);
            case "resilient-tas" -> new ResilientTasMachine(new HeldLocks(layout), defect);
            default -> throw new IllegalArgumentException("no lock machine " + name);
        };
    }
}
