package bpfmc.model.value;

/** Why a number that the machine determines is not followed. What rests on such a number is possible, never confirmed. */
public enum Unfollowed {
    /** Two helpers may return one object, or two. */
    KERNEL_OBJECT("where an object of the kernel lies"),
    /** A subprogram finds in its frame what was there before. */
    UNWRITTEN_FRAME("what a subprogram's frame held before it was written"),
    PACKET_SOMEWHERE("the packet at an offset that can have many values"),
    PACKET_BY_INDEX("a packet byte that an instruction finds by an index"),
    MEMORY_SOMEWHERE("memory at an offset that is not constant"),
    COMPUTED_BY_HELPER("what a helper computes from its arguments"),
    MAP_OBJECT("a field of a map object"),
    READ_VALUE("a value of a map that programs only read"),
    LARGE_NUMBER("a number that is computed in too many steps"),
    OUTPUT_OF_HELPER("what a helper leaves in memory, computed from its arguments");

    private final String what;

    Unfollowed(String what) {
        this.what = what;
    }

    /** {@return what is not followed} */
    public String what() {
        return what;
    }

    /** {@return why the unknown is not followed} @param symbol of kind UNFOLLOWED */
    public static Unfollowed of(Symbol symbol) {
        return values()[symbol.detail()];
    }
}
