package bpfmc.model.program.load;

import bpfmc.model.btf.BtfTypes;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.ValueLayout.SpecialField;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/** The fields that only the kernel may touch in objects that a program allocates (bpf_obj_new). */
public final class AllocatedFields {
    private AllocatedFields() {}

    /** {@return the special fields of the struct with this BTF id, none when there is no such struct} */
    public static ImmutableList<SpecialField> of(BpfObject object, long type) {
        return object.btf().filter(types -> type > 0 && types.contains(type))
                .map(types -> of(types, (int) type)).orElse(Lists.immutable.empty());
    }

    private static ImmutableList<SpecialField> of(BtfTypes types, int type) {
        return new SpecialFields(types).ofAllocated(type);
    }
}
