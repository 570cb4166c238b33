package bpfmc.model.program;

import bpfmc.model.btf.FunctionPrototype;

/** What an instruction's immediate stands for once the object is linked. */
public sealed interface Reference {
    /** The map itself, as an argument of a helper. @param map index into {@link BpfObject#maps()} */
    record Map(int map) implements Reference {}

    /** An address in global data. @param map index of the data section's map @param offset bytes */
    record Data(int map, int offset) implements Reference {}

    /** A function of this program used as a value (a callback). @param slot its first slot */
    record Function(int slot) implements Reference {}

    /** A kernel function. @param prototype from the object's BTF */
    record Kfunc(String name, FunctionPrototype prototype, boolean weak) implements Reference {}

    /** A function of the kernel's own, in programs that bpfmc writes. */
    record Kernel(KernelStep step) implements Reference {}

    /** A kernel variable or its address (.ksyms), of which nothing is known at load time but its name. */
    record KernelSymbol(String name, boolean weak) implements Reference {}
}
