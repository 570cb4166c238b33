package bpfmc.explorer.store;

/** There is no room for another state. The states that are in the table stay there and stay readable. */
public final class StateTableFullException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Which room is used up. */
    public enum Room {
        /** The bytes the table was allowed. */
        MEMORY,
        /** The numbers that states can have. */
        NUMBERS
    }

    private final Room room;

    StateTableFullException(Room room, String message) {
        super(message);
        this.room = room;
    }

    /** {@return which room is used up} */
    public Room room() {
        return room;
    }
}
