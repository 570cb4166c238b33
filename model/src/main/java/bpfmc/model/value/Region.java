package bpfmc.model.value;

/** What a pointer points into. */
public sealed interface Region {
    /** The 512 bytes of a function's frame, addressed from the top by negative offsets. @param frame 0 for the program itself */
    record Stack(int frame) implements Region {}

    /** The program's context ({@code struct __sk_buff} and its like). */
    record Context() implements Region {}

    /** The packet. */
    record Packet() implements Region {}

    /** The first byte after the packet; only good for comparisons. */
    record PacketEnd() implements Region {}

    /** Memory that this run alone owns, a reserved ring buffer record for example. @param id number in this run @param size bytes */
    record Memory(int id, int size) implements Region {}

    /** One map value. @param slot the element's identity @param life what became of it since this run looked it up */
    record Element(int slot, Life life) implements Region {}

    /** What became of an element since it was looked up. */
    enum Life {
        /** Still the value of the key it was found under. */
        BOUND,
        /** Deleted or replaced; nobody finds it any more. */
        UNLINKED,
        /** Unlinked and since reused for another key. */
        RECYCLED
    }

    /** A map, as helpers take it. @param map index in the object, or of an inner map */
    record MapHandle(int map) implements Region {}

    /** A function of the program. @param slot its first slot */
    record Code(int slot) implements Region {}

    /** Kernel memory that programs may read but of which nothing is known. @param what for messages ("struct bpf_sock") */
    record Kernel(String what) implements Region {}
}
