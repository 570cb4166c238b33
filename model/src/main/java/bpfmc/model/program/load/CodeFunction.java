package bpfmc.model.program.load;

import bpfmc.model.elf.ElfSection;

/**
 * A function as it lies in the file.
 *
 * @param start first slot in its section
 * @param end slot after the last
 * @param entry whether it is a program, which the kernel can attach, and not a subprogram
 */
record CodeFunction(String name, ElfSection section, int start, int end, boolean global, boolean entry) {
    /** {@return how messages call it} */
    String where() {
        return section.content().name() + ": function " + name;
    }

    int slots() {
        return end - start;
    }
}
