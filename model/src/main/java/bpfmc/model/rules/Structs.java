package bpfmc.model.rules;

import bpfmc.model.btf.BtfType;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** The structs of allocated objects, by their ids in the BTF of the object. */
final class Structs {
    private Structs() {}

    /** {@return whether the id is one of a struct that the object's BTF describes} */
    static boolean is(VerifierPoint m, long type) {
        return of(m, type).isPresent();
    }

    /** {@return the name of the struct with this id, "" when there is none} */
    static String name(VerifierPoint m, long type) {
        return of(m, type).map(BtfType.Struct::name).orElse("");
    }

    private static Optional<BtfType.Struct> of(VerifierPoint m, long type) {
        return m.object().btf().filter(types -> type > 0 && types.contains(type)).map(types -> types.byId((int) type))
                .flatMap(t -> t instanceof BtfType.Struct s ? Optional.of(s) : Optional.empty());
    }
}
