package bpfmc.model.btf;

import bpfmc.model.InputException;
import bpfmc.model.btf.BtfType.Enumerator;

/**
 * Computes what a CO-RE relocation stands for when the object meets its own types: what exists exists, offsets and sizes
 * are the compiler's. Source: bpf_core_parse_spec and bpf_core_calc_field_relo (tools/lib/bpf/relo_core.c, Linux 7.3).
 */
public final class CoreResolver {
    private final BtfTypes types;

    public CoreResolver(BtfTypes types) {
        this.types = types;
    }

    /**
     * {@return the value to put into the instruction}
     *
     * @throws InputException when the relocation does not fit the types
     */
    public long value(CoreRelocation relocation) {
        try {
            if (!types.contains(relocation.type())) {
                throw new InputException("there is no type " + Integer.toUnsignedString(relocation.type()));
            }
            return compute(relocation);
        } catch (InputException e) {
            throw e.within("CO-RE relocation of kind " + relocation.kind() + " on type " + relocation.type()
                    + ", access " + relocation.access());
        }
    }

    /** By the numbers of enum bpf_core_relo_kind (include/uapi/linux/bpf.h). */
    private long compute(CoreRelocation relocation) {
        return switch (relocation.kind()) {
            case 0 -> field(relocation).byteOffset();
            case 1 -> field(relocation).byteSize();
            case 2 -> exists(field(relocation));
            case 3 -> field(relocation).signed() ? 1 : 0;
            case 4 -> field(relocation).leftShift();
            case 5 -> field(relocation).rightShift();
            case 6, 7 -> relocation.type();
            case 8, 12 -> 1;
            case 9 -> size(relocation.type());
            case 10 -> exists(constant(relocation));
            case 11 -> constant(relocation).value();
            default -> throw new InputException("the kind is none of the 13 that libbpf knows");
        };
    }

    /** What can be found exists; what cannot has thrown. */
    private static long exists(Record found) {
        return 1;
    }

    private CoreField field(CoreRelocation relocation) {
        return CoreField.of(types, relocation.type(), relocation.access());
    }

    private Enumerator constant(CoreRelocation relocation) {
        int index = CoreField.index(relocation.access());
        if (types.resolved(relocation.type()) instanceof BtfType.Enumeration constants
                && index >= 0 && index < constants.values().size()) {
            return constants.values().get(index);
        }
        throw new InputException("there is no such constant in " + types.typeName(relocation.type()));
    }

    private long size(int type) {
        return types.sizeOf(type).orElseThrow(() -> new InputException(types.typeName(type) + " has no size"));
    }
}
