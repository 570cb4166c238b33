package bpfmc.model.program.load;

import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.program.ValueLayout.Field;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.program.load.Layouts.Root;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Names a byte range by walking the type from outside inwards. In a union the member that fits closest wins, the first of
 * several.
 */
record TypedFieldNames(BtfTypes types, ImmutableList<Root> roots) implements ValueLayout.FieldNames {
    /** Unions within unions could make a walk exponential; after so many steps the field found so far will do. */
    private static final int MOST_STEPS = 20_000;
    private static final int LONGEST_PATH = 256;
    private static final int MOST_DEPTH = 32;

    @Override
    public Optional<Field> fieldAt(int offset, int size) {
        return new Walk(offset, size).run();
    }

    @Override
    public boolean isPadding(int offset) {
        return roots.anySatisfy(r -> covers(r.offset(), types.sizeOf(r.type()).orElse(0), offset) && isPadding(r.type(), offset - r.offset(), 0));
    }

    private static boolean covers(long start, long size, long offset) {
        return start <= offset && offset < start + size;
    }

    /** In a union a byte is padding when it is in each of the members that reach it. */
    private boolean isPadding(int type, long offset, int depth) {
        return depth < MOST_DEPTH && switch (types.resolved(type)) {
            case BtfType.Composite composite when !isLeaf(composite) -> composite.members()
                    .select(m -> covers(m.bitOffset() / 8, member(types, "", m, 0).size(), offset))
                    .allSatisfy(m -> m.bitSize() == 0 && isPadding(m.type(), offset - m.bitOffset() / 8, depth + 1));
            case BtfType.Array array when types.sizeOf(array.element()).orElse(0) > 0 ->
                    isPadding(array.element(), offset % types.sizeOf(array.element()).orElse(0), depth + 1);
            case BtfType other -> false;
        };
    }

    /** {@return a member as a field; bit-fields are widened to whole bytes} */
    static Field member(BtfTypes types, String name, BtfType.Member member, long offset) {
        String path = member.name().isEmpty() ? name : clip(name.isEmpty() ? member.name() : name + "." + member.name());
        long start = offset + member.bitOffset() / 8;
        long size = member.bitSize() == 0
                ? types.sizeOf(member.type()).orElse(0)
                : (member.bitOffset() % 8 + member.bitSize() + 7) / 8;
        return new Field(path, types.typeName(member.type()), clamp(start), clamp(size), member.bitSize() != 0);
    }

    /** {@return whether only the kernel looks inside: a lock is a lock, and not its word} */
    static boolean isLeaf(BtfType.Composite composite) {
        return composite instanceof BtfType.Struct struct && SpecialFields.kindOf(struct).isPresent();
    }

    /** {@return the path of an element} */
    static String element(String name, long index) {
        return clip(name + "[" + index + "]");
    }

    private static String clip(String path) {
        return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "...";
    }

    private static int clamp(long value) {
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    @Override
    public String toString() {
        return "names of " + roots.size() + " variables";
    }

    /** One question: which field covers these bytes? */
    private final class Walk {
        private final long offset;
        private final long end;
        private int steps;

        Walk(int offset, int size) {
            this.offset = offset;
            this.end = offset + (long) size;
        }

        Optional<Field> run() {
            for (Root root : roots) {
                Field whole = new Field(root.name(), types.typeName(root.type()), clamp(root.offset()),
                        clamp(types.sizeOf(root.type()).orElse(0)));
                if (covers(whole)) {
                    return Optional.of(within(whole, root.type())).filter(f -> !f.name().isEmpty());
                }
            }
            return Optional.empty();
        }

        private boolean covers(Field field) {
            return field.offset() <= offset && end <= field.offset() + (long) field.size();
        }

        private Field within(Field field, int type) {
            BtfType resolved = types.resolved(type);
            if (resolved instanceof BtfType.Composite composite && !isLeaf(composite)) {
                return withinComposite(field, composite);
            }
            return resolved instanceof BtfType.Array array ? withinArray(field, array) : field;
        }

        private Field withinComposite(Field field, BtfType.Composite composite) {
            Field best = field;
            for (BtfType.Member member : composite.members()) {
                if (steps++ > MOST_STEPS || field.offset() + member.bitOffset() / 8 > offset) {
                    continue;
                }
                Field candidate = member(types, field.name(), member, field.offset());
                if (covers(candidate)) {
                    Field inner = member.bitSize() == 0 ? within(candidate, member.type()) : candidate;
                    best = inner.size() < best.size() || best == field && !inner.name().equals(field.name()) ? inner : best;
                }
            }
            return best;
        }

        private Field withinArray(Field field, BtfType.Array array) {
            long size = types.sizeOf(array.element()).orElse(0);
            long index = size == 0 ? 0 : (offset - field.offset()) / size;
            Field element = new Field(element(field.name(), index), types.typeName(array.element()),
                    clamp(field.offset() + index * size), clamp(size));
            return size > 0 && covers(element) ? within(element, array.element()) : field;
        }
    }
}
