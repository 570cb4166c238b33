package bpfmc.model.btf;

import org.eclipse.collections.api.list.ImmutableList;

/** A C function's type, with names resolved and typedefs kept out of the way. */
public record FunctionPrototype(String name, Parameter result, ImmutableList<Parameter> parameters) {
    /**
     * @param name "" for the result @param typeName as in C ("struct bpf_rb_node *")
     * @param kind what the value is, modifiers and typedefs removed
     * @param size bytes of the value itself; for a pointer, {@code pointeeSize} is the size of what it points to (0: unknown)
     */
    public record Parameter(String name, String typeName, Kind kind, int size, int pointeeSize, boolean pointeeConst) {}

    public enum Kind { VOID, INTEGER, BOOLEAN, ENUM, FLOAT, POINTER, AGGREGATE }
}
