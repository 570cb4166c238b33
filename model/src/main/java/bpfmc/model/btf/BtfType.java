package bpfmc.model.btf;

import org.eclipse.collections.api.list.ImmutableList;

/**
 * One type of BTF (include/uapi/linux/btf.h, all 19 kinds and void). Types refer to each other by id; id 0 is void. A name
 * is "" where C has none.
 */
public sealed interface BtfType {

    /** {@return the name, "" for an anonymous type or a kind that has none} */
    default String name() {
        return "";
    }

    /** A type that is another type with a name, a qualifier or a tag added. */
    sealed interface Wrapper extends BtfType {
        /** {@return the id of the type below} */
        int target();
    }

    /** A struct or a union. */
    sealed interface Composite extends BtfType {
        /** {@return bytes} */
        long size();

        /** {@return the members in the order of the source} */
        ImmutableList<Member> members();
    }

    /** An enum of any width. */
    sealed interface Enumeration extends BtfType {
        /** {@return bytes} */
        long size();

        /** {@return the constants in the order of the source} */
        ImmutableList<Enumerator> values();
    }

    /** @param bitOffset from the start of the composite @param bitSize 0 unless the member is a bit-field */
    record Member(String name, int type, long bitOffset, int bitSize) {}

    /** One constant of an enum, sign- or zero-extended as its enum says. */
    record Enumerator(String name, long value) {}

    /** A function's parameter. The last one of a variadic function has no name and type 0. */
    record Parameter(String name, int type) {}

    /** @param type id of a {@link Variable} (or {@link Function} for externs) @param size bytes */
    record Placed(int type, long offset, long size) {}

    /** How a function or variable is visible. */
    enum Linkage { STATIC, GLOBAL, EXTERN }

    /** Id 0. */
    record Void() implements BtfType {}

    /** @param size bytes @param bits of them used */
    record Int(String name, long size, int bits, boolean signed, boolean bool) implements BtfType {}

    record Pointer(int target) implements BtfType {}

    record Array(int element, int index, long count) implements BtfType {}

    record Struct(String name, long size, ImmutableList<Member> members) implements Composite {}

    record Union(String name, long size, ImmutableList<Member> members) implements Composite {}

    record Enum(String name, long size, boolean signed, ImmutableList<Enumerator> values) implements Enumeration {}

    /** A struct or union that is declared only. */
    record Forward(String name, boolean union) implements BtfType {}

    record Typedef(String name, int target) implements Wrapper {}

    record Volatile(int target) implements Wrapper {}

    record Const(int target) implements Wrapper {}

    record Restrict(int target) implements Wrapper {}

    record Function(String name, int prototype, Linkage linkage) implements BtfType {}

    record Prototype(int result, ImmutableList<Parameter> parameters) implements BtfType {}

    record Variable(String name, int type, Linkage linkage) implements BtfType {}

    /** A section of variables, its name with the leading dot. */
    record DataSection(String name, long size, ImmutableList<Placed> variables) implements BtfType {}

    record Float(String name, long size) implements BtfType {}

    /** {@code btf_decl_tag}. @param component index of the member or parameter that bears the tag, -1 for the whole */
    record DeclarationTag(String name, int target, int component) implements BtfType {}

    /** {@code btf_type_tag}. @param attribute whether the tag is a C attribute of another kind (kind_flag set) */
    record TypeTag(String name, int target, boolean attribute) implements Wrapper {}

    record Enum64(String name, long size, boolean signed, ImmutableList<Enumerator> values) implements Enumeration {}
}
