package bpfmc.model.call;

import bpfmc.model.kernel.MapType;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Optional;

/** Elements that a call finds when nobody else runs: some element of the map, or nothing. */
final class VerifierLookups {
    private VerifierLookups() {}

    /** The call returns the address of a value of the map that its first argument names. {@return true} */
    static boolean address(VerifierCall call) {
        return call.finish(call.handle(1).map(m -> call.fresh(call.valueOf(m), 0)).orElseGet(() -> call.object()));
    }

    /** The same, or 0. {@return true} */
    static boolean lookup(VerifierCall call) {
        Optional<Integer> handle = call.handle(1);
        if (handle.isEmpty()) {
            call.nothing();
            return call.finish(Value.to(new Region.Kernel("map value"), 0));
        }
        MapType type = call.map(1).map(MapDefinition::type).orElse(MapType.UNSPEC);
        if (type == MapType.ARRAY_OF_MAPS || type == MapType.HASH_OF_MAPS) {
            call.nothing();
            return call.finish(VerifierElements.inner(call.config(), handle.get()));
        }
        return surelyFound(call, handle.get(), type) ? call.finish(call.fresh(call.valueOf(handle.get()), 0))
                : call.found(call.valueOf(handle.get()), 0);
    }

    /** verifier.c, check_helper_call: get_constant_map_key; only for maps that the object declares itself. */
    private static boolean surelyFound(VerifierCall call, int handle, MapType type) {
        if (!call.knowledge().foundAtConstantKeys() || type != MapType.ARRAY && type != MapType.PERCPU_ARRAY
                || handle >= call.config().object().maps().size()) {
            return false;
        }
        if (!(call.argument(2) instanceof Value.Pointer p && p.region() instanceof Region.Stack s && p.offset() instanceof Constant at)) {
            return false;
        }
        Machine m = call.machine();
        Value key = m.frames.get(s.frame()).stack().read((int) at.value(), 4, MemoryAccess.unknowns(m));
        if (!(key instanceof Value.Scalar number && number.term() instanceof Constant index)) {
            return false;
        }
        call.restsOn(key);
        return Long.compareUnsigned(index.value(), Math.max(1, call.map(1).orElseThrow().maxEntries())) < 0;
    }
}
