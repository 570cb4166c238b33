package bpfmc.model.program.load;

import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout.Contained;
import bpfmc.model.program.ValueLayout.SpecialField;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.primitive.MutableIntObjectMap;
import org.eclipse.collections.impl.map.mutable.primitive.IntObjectHashMap;

/**
 * Finds the fields of a type that only the kernel may touch, as btf_find_field does (kernel/bpf/btf.c, Linux 7.3): by the
 * name and size of the field's struct, looked at before qualifiers and typedefs are removed; in nested structs and arrays
 * of them, not in unions. What the kernel then refuses (two locks, an array of locks) is listed all the same, for the rules
 * to judge; what it silently passes over (a misaligned lock, a typedef of one) is not.
 */
final class SpecialFields {
    /** More than the kernel accepts (BTF_FIELDS_MAX is 11), and a limit on what a hostile type can make of itself. */
    private static final int MOST = 64;

    private static final String CONTAINS = "contains:";

    private final BtfTypes types;
    private final MutableIntObjectMap<ImmutableList<SpecialField>> known = IntObjectHashMap.newMap();

    SpecialFields(BtfTypes types) {
        this.types = types;
    }

    /** {@return the special fields of a map value, whose own type may be a typedef of a struct} */
    ImmutableList<SpecialField> ofValue(int type) {
        int id = types.resolve(type);
        return types.byId(id) instanceof BtfType.Struct ? aligned(ofStruct(id)) : Lists.immutable.empty();
    }

    /** {@return the special fields of a struct that a program allocates, none when the type is no struct} */
    ImmutableList<SpecialField> ofAllocated(int type) {
        return types.contains(type) ? ofValue(type) : Lists.immutable.empty();
    }

    /** {@return the special fields of a variable in a data section} @param variable its BTF id, which bears its tags */
    ImmutableList<SpecialField> ofVariable(int type, long offset, int variable) {
        return aligned(at(type, offset, new Bearer(variable, -1)));
    }

    /** What a declaration tag can stand at. @param type id of a struct or variable @param component index of the member, -1 for the variable */
    private record Bearer(int type, int component) {}

    private static ImmutableList<SpecialField> aligned(ImmutableList<SpecialField> fields) {
        return fields.select(f -> f.offset() % alignment(f.kind()) == 0);
    }

    private static int alignment(SpecialKind kind) {
        return kind == SpecialKind.SPIN_LOCK || kind == SpecialKind.RES_SPIN_LOCK || kind == SpecialKind.REFCOUNT ? 4 : 8;
    }

    private ImmutableList<SpecialField> ofStruct(int id) {
        ImmutableList<SpecialField> found = known.get(id);
        if (found == null) {
            MutableList<SpecialField> fields = Lists.mutable.empty();
            ImmutableList<BtfType.Member> members = ((BtfType.Struct) types.byId(id)).members();
            for (int i = 0; i < members.size(); i++) {
                BtfType.Member member = members.get(i);
                if (member.bitOffset() % 8 == 0 && member.bitSize() == 0) {
                    addAll(fields, at(member.type(), member.bitOffset() / 8, new Bearer(id, i)));
                }
            }
            found = fields.toImmutable();
            known.put(id, found);
        }
        return found;
    }

    /** The fields within something of this type at this offset; recursion ends because no type contains itself. */
    private ImmutableList<SpecialField> at(int type, long offset, Bearer bearer) {
        int element = type;
        long count = 1;
        while (types.byId(element) instanceof BtfType.Array array) {
            count = Math.min(count * array.count(), Integer.MAX_VALUE);
            element = array.element();
        }
        ImmutableList<SpecialField> one = element(element, bearer);
        long size = types.sizeOf(element).orElse(0);
        MutableList<SpecialField> fields = Lists.mutable.empty();
        for (long i = 0; i < count && fields.size() < MOST && !one.isEmpty(); i++) {
            addAll(fields, moved(one, offset + i * size, types.byId(element) instanceof BtfType.Struct s
                    && kindOf(s).isEmpty() ? 1 : 0, count > 1));
        }
        return fields.toImmutable();
    }

    private ImmutableList<SpecialField> element(int id, Bearer bearer) {
        BtfType type = types.byId(id);
        if (type instanceof BtfType.Struct struct) {
            Optional<SpecialKind> kind = kindOf(struct);
            return kind.map(k -> Lists.immutable.of(k == SpecialKind.LIST_HEAD || k == SpecialKind.RB_ROOT
                    ? head(k, bearer) : new SpecialField(k, 0, k.bytes()))).orElseGet(() -> ofStruct(id));
        }
        return kernelPointer(id);
    }

    /** {@return what the kernel takes a struct for; a kptr is no struct} */
    static Optional<SpecialKind> kindOf(BtfType.Struct struct) {
        return Lists.immutable.of(SpecialKind.values()).detectOptional(kind -> !kind.pointer()
                && kind.structName().equals(struct.name()) && kind.bytes() == struct.size());
    }

    /** btf_find_graph_root: the tag "contains:STRUCT:MEMBER" names the struct that is held, and its node. */
    private SpecialField head(SpecialKind kind, Bearer bearer) {
        Optional<String> tag = types.tagsOf(bearer.type(), bearer.component()).detectOptional(t -> t.startsWith(CONTAINS));
        String[] names = tag.map(t -> t.substring(CONTAINS.length()).split(":", -1)).orElse(new String[0]);
        if (names.length != 2) {
            return head(kind, Optional.empty(), "its " + kind.structName() + " does not say what it contains");
        }
        Optional<Integer> struct = types.find(BtfType.Struct.class, names[0]);
        if (struct.isEmpty()) {
            return head(kind, Optional.empty(), "its " + kind.structName() + " contains struct " + names[0] + ", which BTF does not describe");
        }
        String node = kind == SpecialKind.LIST_HEAD ? SpecialKind.LIST_NODE.structName() : SpecialKind.RB_NODE.structName();
        return ((BtfType.Struct) types.byId(struct.get())).members()
                .detectOptional(m -> m.name().equals(names[1]) && types.byId(m.type()) instanceof BtfType.Struct s && s.name().equals(node))
                .map(m -> head(kind, Optional.of(new Contained(struct.get(), (int) (m.bitOffset() / 8))), ""))
                .orElseGet(() -> head(kind, Optional.empty(), "struct " + names[0] + " has no " + node + " of the name " + names[1]));
    }

    private static SpecialField head(SpecialKind kind, Optional<Contained> contained, String fault) {
        return new SpecialField(kind, 0, kind.bytes(), 0, false, contained, Optional.of(fault).filter(f -> !f.isEmpty()));
    }

    /** btf_find_kptr: a pointer, possibly volatile, to a type with one of the kptr tags, which has to be a struct. */
    private ImmutableList<SpecialField> kernelPointer(int id) {
        int at = types.byId(id) instanceof BtfType.Volatile v ? v.target() : id;
        if (!(types.byId(at) instanceof BtfType.Pointer pointer) || !(types.byId(pointer.target()) instanceof BtfType.TypeTag tag)
                || tag.attribute()) {
            return Lists.immutable.empty();
        }
        Optional<SpecialKind> kind = Optional.ofNullable(switch (tag.name()) {
            case "kptr" -> SpecialKind.KPTR;
            case "kptr_untrusted" -> SpecialKind.KPTR_UNTRUSTED;
            case "percpu_kptr" -> SpecialKind.PERCPU_KPTR;
            case "uptr" -> SpecialKind.UPTR;
            default -> null;
        });
        Optional<Contained> struct = Optional.of(types.resolve(tag.target())).filter(target -> types.byId(target) instanceof BtfType.Struct)
                .map(target -> new Contained(target, 0));
        Optional<String> fault = struct.isPresent() ? Optional.empty()
                : Optional.of("its " + tag.name() + " points to " + types.typeName(tag.target()) + ", which BTF does not describe as a struct");
        return kind.map(k -> Lists.immutable.of(new SpecialField(k, 0, 8, 0, false, struct, fault))).orElse(Lists.immutable.empty());
    }

    private static ImmutableList<SpecialField> moved(ImmutableList<SpecialField> fields, long by, int deeper, boolean repeated) {
        return fields.select(f -> by + f.offset() <= Integer.MAX_VALUE - f.size())
                .collect(f -> new SpecialField(f.kind(), (int) (by + f.offset()), f.size(), f.depth() + deeper, f.repeated() || repeated,
                        f.contained(), f.fault()));
    }

    private static void addAll(MutableList<SpecialField> to, ImmutableList<SpecialField> fields) {
        for (SpecialField field : fields) {
            if (to.size() < MOST) {
                to.add(field);
            }
        }
    }
}
