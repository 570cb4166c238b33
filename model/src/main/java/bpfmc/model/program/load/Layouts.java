package bpfmc.model.program.load;

import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.program.ValueLayout.Field;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.program.ValueLayout;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.primitive.MutableIntObjectMap;
import org.eclipse.collections.impl.map.mutable.primitive.IntObjectHashMap;

/** Makes value layouts out of types, one for each type however many maps share it. */
final class Layouts {
    private static final int LARGEST_LISTED_ARRAY = 64;
    private static final int MOST_FIELDS = 4096;
    private static final int MOST_STEPS_OF_OBJECT = 250_000;

    private final BtfTypes types;
    private final SpecialFields special;
    private final MutableIntObjectMap<ValueLayout> known = IntObjectHashMap.newMap();
    private int budget = MOST_STEPS_OF_OBJECT;

    Layouts(BtfTypes types) {
        this.types = types;
        this.special = new SpecialFields(types);
    }

    /** A variable of a data section: its name, type, and offset in the section. @param variable its own BTF id, which bears its tags */
    record Root(String name, int type, long offset, int variable) {}

    /** {@return the layout of a map's key or value} */
    ValueLayout of(int type, int size) {
        ValueLayout layout = known.get(type);
        if (layout == null || layout.size() != size) {
            boolean named = types.resolved(type) instanceof BtfType.Composite;
            Root root = new Root(named ? "" : "value", type, 0, type);
            layout = layout(size, types.typeName(type), special.ofValue(type), Lists.immutable.of(root));
            known.put(type, layout);
        }
        return layout;
    }

    /** {@return the layout of a data section} */
    ValueLayout ofSection(String name, int size, ImmutableList<Root> variables) {
        MutableList<SpecialField> fields = Lists.mutable.empty();
        variables.forEach(v -> fields.addAllIterable(special.ofVariable(v.type(), v.offset(), v.variable())));
        return layout(size, name, fields.toImmutable(), variables);
    }

    private ValueLayout layout(
            int size, String typeName, ImmutableList<SpecialField> specialFields, ImmutableList<Root> roots) {
        MutableList<Field> fields = Lists.mutable.empty();
        roots.forEach(root -> leaves(root.name(), root.type(), root.offset(), fields));
        fields.removeIf(f -> f.offset() + (long) f.size() > size);
        fields.sortThis((a, b) -> Integer.compare(a.offset(), b.offset()));
        ImmutableList<SpecialField> inside = specialFields
                .select(f -> f.offset() + (long) f.size() <= size)
                .toSortedListBy(SpecialField::offset).toImmutable();
        return new ValueLayout(size, typeName, inside, fields.toImmutable(), new TypedFieldNames(types, roots));
    }

    private void leaves(String name, int type, long offset, MutableList<Field> fields) {
        if (fields.size() >= MOST_FIELDS || budget <= 0 || offset > Integer.MAX_VALUE) {
            return;
        }
        budget--;
        BtfType resolved = types.resolved(type);
        if (resolved instanceof BtfType.Composite composite && !TypedFieldNames.isLeaf(composite)) {
            composite.members().forEach(m -> member(name, m, offset, fields));
        } else if (resolved instanceof BtfType.Array array) {
            elements(name, array, offset, fields);
        } else {
            add(name, type, offset, fields);
        }
    }

    private void member(String name, BtfType.Member member, long offset, MutableList<Field> fields) {
        if (budget <= 0) {
            return;
        }
        Field field = TypedFieldNames.member(types, name, member, offset);
        if (member.bitSize() != 0) {
            budget--;
            fields.add(field);
        } else {
            leaves(field.name(), member.type(), offset + member.bitOffset() / 8, fields);
        }
    }

    private void elements(String name, BtfType.Array array, long offset, MutableList<Field> fields) {
        long size = types.sizeOf(array.element()).orElse(0);
        for (int i = 0; size > 0 && i < array.count() && array.count() <= LARGEST_LISTED_ARRAY; i++) {
            leaves(TypedFieldNames.element(name, i), array.element(), offset + i * size, fields);
        }
    }

    private void add(String name, int type, long offset, MutableList<Field> fields) {
        long size = types.sizeOf(type).orElse(0);
        if (size > 0 && size <= Integer.MAX_VALUE) {
            fields.add(new Field(name, types.typeName(type), (int) offset, (int) size));
        }
    }
}
