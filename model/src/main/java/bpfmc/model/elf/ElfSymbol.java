package bpfmc.model.elf;

/**
 * One symbol.
 *
 * @param section index of the section it lies in, 0 when it is not defined here
 * @param value offset in that section, in bytes
 * @param size bytes, 0 when unknown
 */
public record ElfSymbol(int index, String name, int section, long value, long size, Binding binding, Kind kind,
        boolean hidden) {
    public enum Binding { LOCAL, GLOBAL, WEAK, OTHER }

    public enum Kind { NONE, OBJECT, FUNCTION, SECTION, OTHER }

    /** {@return whether the symbol is to be found elsewhere: in the kernel, or in an object not linked in} */
    public boolean undefined() {
        return section == 0;
    }
}
