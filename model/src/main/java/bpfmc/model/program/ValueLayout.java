package bpfmc.model.program;

import java.util.Optional;
import java.util.Set;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * How the bytes of a map value or key are divided, from BTF, never guessed.
 *
 * @param size bytes
 * @param typeName the C type ("struct hash_elem", "u32"), empty without BTF
 * @param special the fields that only the kernel may touch, by offset
 * @param fields the leaves of the C type by offset (scalars and pointers, with nested names such as {@code a.b[2]});
 *     empty without BTF. Arrays of more than 64 elements may be left out here: {@link #fieldAt} still names them
 */
public record ValueLayout(
        int size, String typeName, ImmutableList<SpecialField> special, ImmutableList<Field> fields, FieldNames names) {

    /**
     * A field with a meaning for the kernel.
     *
     * @param offset bytes from the start @param size bytes
     * @param depth how many structs stand between the value and the field: 0 for a member of the value itself, and for a
     *     variable of a data section
     * @param repeated whether it is one of several in an array
     * @param contained what a list head or tree root holds, or the struct that a kernel pointer points to
     * @param fault why the kernel cannot make sense of the field; it then takes the whole value for one without special fields
     */
    public record SpecialField(SpecialKind kind, int offset, int size, int depth, boolean repeated,
            Optional<Contained> contained, Optional<String> fault) {
        /** A field that the kernel understands, and that holds no nodes. */
        public SpecialField(SpecialKind kind, int offset, int size, int depth, boolean repeated) {
            this(kind, offset, size, depth, repeated, Optional.empty(), Optional.empty());
        }

        /** A field of the value itself. */
        public SpecialField(SpecialKind kind, int offset, int size) {
            this(kind, offset, size, 0, false);
        }

        /** {@return whether the two byte ranges share a byte} */
        public boolean overlaps(int otherOffset, int otherSize) {
            return offset < otherOffset + otherSize && otherOffset < offset + size;
        }
    }

    /** The objects in a list or tree, or behind a pointer. @param struct BTF id of their type @param node offset of the list or tree node in it, 0 behind a pointer */
    public record Contained(int struct, int node) {}

    /**
     * @param name path from the start of the value ("stats.packets") @param typeName its C type ("__u64")
     * @param bits whether it is a bit-field, which has only some bits of these bytes
     */
    public record Field(String name, String typeName, int offset, int size, boolean bits) {
        private static final Set<String> SIGNED = Set.of("int", "char", "signed char", "short", "long", "long long", "short int", "long int",
                "long long int", "__s8", "__s16", "__s32", "__s64", "s8", "s16", "s32", "s64", "int8_t", "int16_t", "int32_t", "int64_t");

        /** {@return whether it is a number of a signed C type, and no bit-field} */
        public boolean signed() {
            return !bits && SIGNED.contains(typeName);
        }

        public Field(String name, String typeName, int offset, int size) {
            this(name, typeName, offset, size, false);
        }
    }

    /** Names any byte range of the value, however large the type. */
    @FunctionalInterface
    public interface FieldNames {
        /** {@return the smallest field that covers the range, empty where BTF says nothing} */
        Optional<Field> fieldAt(int offset, int size);

        /** {@return whether the byte lies between or behind the members of a struct or union, and in none} */
        default boolean isPadding(int offset) {
            return false;
        }
    }

    /** {@return whether no byte of the range is anybody's data: all lie between or behind the members of structs} */
    public boolean isPadding(int offset, int size) {
        for (int at = offset; at < offset + size; at++) {
            if (!names.isPadding(at)) {
                return false;
            }
        }
        return size > 0;
    }

    /** {@return the smallest field that covers the range, empty where BTF says nothing} */
    public Optional<Field> fieldAt(int offset, int size) {
        return names.fieldAt(offset, size);
    }

    /** {@return a layout of which nothing is known but the size} */
    public static ValueLayout opaque(int size) {
        return new ValueLayout(size, "", org.eclipse.collections.api.factory.Lists.immutable.empty(),
                org.eclipse.collections.api.factory.Lists.immutable.empty(), (o, s) -> Optional.empty());
    }
}
