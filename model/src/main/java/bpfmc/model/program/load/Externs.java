package bpfmc.model.program.load;

import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.btf.FunctionPrototype;
import java.util.Optional;
import org.eclipse.collections.api.factory.Maps;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.api.map.MutableMap;

/** What the object expects the kernel to provide: functions and variables of section {@code .ksyms}, by name. */
final class Externs {
    private final ImmutableMap<String, Integer> ids;
    private final MutableMap<String, FunctionPrototype> prototypes = Maps.mutable.empty();

    private Externs(ImmutableMap<String, Integer> ids) {
        this.ids = ids;
    }

    static Externs of(Optional<BtfTypes> types) {
        MutableMap<String, Integer> ids = Maps.mutable.empty();
        types.ifPresent(t -> t.dataSection(".ksyms").ifPresent(
                section -> section.variables().forEach(placed -> ids.put(t.byId(placed.type()).name(), placed.type()))));
        return new Externs(ids.toImmutable());
    }

    /** {@return the type id of the function or variable of this name} */
    Optional<Integer> id(String name) {
        return Optional.ofNullable(ids.get(name));
    }

    /** {@return the prototype of a kernel function, the same one for all its calls} */
    FunctionPrototype prototype(BtfTypes types, BtfType.Function function) {
        return prototypes.getIfAbsentPut(function.name(), () -> types.prototype(function.name(), function.prototype()));
    }

    /** {@return whether a declaration leaves its type open: {@code extern const void name __ksym}} */
    static boolean typeless(BtfTypes types, int id) {
        return types.byId(id) instanceof BtfType.Variable variable
                && types.resolved(variable.type()) instanceof BtfType.Void;
    }
}
