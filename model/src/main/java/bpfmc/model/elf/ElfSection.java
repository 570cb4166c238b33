package bpfmc.model.elf;

import bpfmc.model.bytes.Bytes;

/**
 * One section.
 *
 * @param index position in the section table
 * @param name "" for the first, empty one
 * @param size bytes in memory: more than {@code content} for a section without bytes in the file (.bss)
 * @param content bytes in the file, named "section NAME" in messages
 */
public record ElfSection(
        int index, String name, int type, long flags, long size, Bytes content, int link, int info, long entrySize) {
    static final int SYMTAB = 2;
    static final int NOBITS = 8;
    static final int REL = 9;
    static final int RELA = 4;
    private static final int PROGBITS = 1;
    private static final long ALLOC = 2;
    private static final long EXECUTABLE = 4;

    /** {@return whether the section holds instructions} */
    public boolean code() {
        return type == PROGBITS && (flags & EXECUTABLE) != 0 && size > 0;
    }

    /** {@return whether the section belongs to the program at run time, in contrast to debug information and tables} */
    public boolean allocated() {
        return (flags & ALLOC) != 0;
    }

    /** {@return whether the section has no bytes in the file and is zero at load time} */
    public boolean zeroed() {
        return type == NOBITS;
    }
}
