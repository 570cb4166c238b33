package bpfmc.model.btf;

import bpfmc.model.InputException;
import bpfmc.model.btf.FunctionPrototype.Kind;
import bpfmc.model.btf.FunctionPrototype.Parameter;
import org.eclipse.collections.api.factory.Lists;

/** Turns a prototype of BTF into one that needs no type table to be read. */
final class Prototypes {
    /** The kernel's limit (MAX_BPF_FUNC_ARGS, include/linux/bpf.h). */
    private static final int MOST_PARAMETERS = 12;

    private final BtfTypes types;

    Prototypes(BtfTypes types) {
        this.types = types;
    }

    FunctionPrototype of(String name, int id) {
        if (types.resolved(id) instanceof BtfType.Prototype prototype) {
            if (prototype.parameters().size() > MOST_PARAMETERS) {
                throw new InputException("function " + name + " has more than " + MOST_PARAMETERS + " parameters");
            }
            return new FunctionPrototype(name, parameter("", prototype.result()),
                    prototype.parameters().collect(p -> parameter(p.name(), p.type())));
        }
        return new FunctionPrototype(name, parameter("", 0), Lists.immutable.empty());
    }

    private Parameter parameter(String name, int id) {
        int size = (int) Math.min(types.sizeOf(id).orElse(0), Integer.MAX_VALUE);
        String typeName = types.typeName(id);
        return switch (types.resolved(id)) {
            case BtfType.Pointer p -> new Parameter(name, typeName, Kind.POINTER, 8,
                    (int) Math.min(types.sizeOf(p.target()).orElse(0), Integer.MAX_VALUE), isConst(p.target()));
            case BtfType.Int i -> new Parameter(name, typeName, i.bool() ? Kind.BOOLEAN : Kind.INTEGER, size, 0, false);
            case BtfType.Enumeration e -> new Parameter(name, typeName, Kind.ENUM, size, 0, false);
            case BtfType.Float f -> new Parameter(name, typeName, Kind.FLOAT, size, 0, false);
            case BtfType.Composite c -> new Parameter(name, typeName, Kind.AGGREGATE, size, 0, false);
            case BtfType.Array a -> new Parameter(name, typeName, Kind.AGGREGATE, size, 0, false);
            case BtfType.Forward f -> new Parameter(name, typeName, Kind.AGGREGATE, size, 0, false);
            case BtfType.DataSection d -> new Parameter(name, typeName, Kind.AGGREGATE, size, 0, false);
            case BtfType.Void v -> empty(name, typeName);
            case BtfType.Wrapper w -> empty(name, typeName);
            case BtfType.Function f -> empty(name, typeName);
            case BtfType.Prototype p -> empty(name, typeName);
            case BtfType.Variable v -> empty(name, typeName);
            case BtfType.DeclarationTag t -> empty(name, typeName);
        };
    }

    private static Parameter empty(String name, String typeName) {
        return new Parameter(name, typeName, Kind.VOID, 0, 0, false);
    }

    private boolean isConst(int id) {
        int at = id;
        while (types.byId(at) instanceof BtfType.Wrapper wrapper) {
            if (wrapper instanceof BtfType.Const) {
                return true;
            }
            at = wrapper.target();
        }
        return false;
    }
}
