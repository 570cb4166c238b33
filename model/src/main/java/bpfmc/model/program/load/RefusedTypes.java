package bpfmc.model.program.load;

import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout.SpecialField;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Why the kernel does not load an object's BTF: every struct that a program might allocate has to make sense to it, used or
 * not (kernel/bpf/btf.c, btf_parse_struct_metas). libbpf then goes on without BTF, and maps lose their locks.
 */
public final class RefusedTypes {
    private static final KernelVersion LISTS = KernelVersion.parse("6.2");
    private static final KernelVersion REFCOUNTS = KernelVersion.parse("6.4");
    private static final KernelVersion KERNEL_POINTERS = KernelVersion.parse("6.12");

    /** Special fields that the kernel keeps a record of, of one value or object (BTF_FIELDS_MAX, include/linux/bpf.h). */
    public static final int MOST_FIELDS = 11;

    private RefusedTypes() {}

    /** {@return what is wrong with the object's types, empty when this kernel loads them or there are none} */
    public static Optional<String> why(BpfObject object, KernelVersion version) {
        return object.btf().filter(types -> version.atLeast(LISTS)).flatMap(types -> why(types, version));
    }

    private static Optional<String> why(BtfTypes types, KernelVersion version) {
        var fields = new SpecialFields(types);
        for (int id = 1; id < types.count(); id++) {
            if (types.byId(id) instanceof BtfType.Struct struct && allocatable(types, struct)) {
                Optional<String> fault = fault(struct, fields.ofAllocated(id), version);
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        return Optional.empty();
    }

    /** Only members themselves count, not those of nested structs or in arrays. */
    private static boolean allocatable(BtfTypes types, BtfType.Struct struct) {
        return struct.members().anySatisfy(m -> types.byId(m.type()) instanceof BtfType.Struct member
                && SpecialFields.kindOf(member).filter(RefusedTypes::marks).isPresent());
    }

    private static boolean marks(SpecialKind kind) {
        return switch (kind) {
            case SPIN_LOCK, LIST_HEAD, LIST_NODE, RB_ROOT, RB_NODE, REFCOUNT -> true;
            case RES_SPIN_LOCK, TIMER, WORKQUEUE, TASK_WORK, KPTR, KPTR_UNTRUSTED, PERCPU_KPTR, UPTR -> false;
        };
    }

    private static Optional<String> fault(BtfType.Struct struct, ImmutableList<SpecialField> fields, KernelVersion version) {
        boolean shared = has(fields, SpecialKind.LIST_NODE) && has(fields, SpecialKind.RB_NODE) && !has(fields, SpecialKind.REFCOUNT);
        Optional<String> fault = shared && version.atLeast(REFCOUNTS)
                ? Optional.of("a list node and a tree node, but no bpf_refcount")
                : fields.size() > MOST_FIELDS ? Optional.of("more than " + MOST_FIELDS + " special fields")
                : fields.detectOptional(f -> f.fault().isPresent() && (!f.kind().pointer() || version.atLeast(KERNEL_POINTERS)))
                        .flatMap(SpecialField::fault);
        return fault.map(what -> "struct " + struct.name() + ": " + what);
    }

    private static boolean has(ImmutableList<SpecialField> fields, SpecialKind kind) {
        return fields.anySatisfy(f -> f.kind() == kind);
    }
}
