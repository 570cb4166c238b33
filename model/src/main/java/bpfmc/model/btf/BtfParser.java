package bpfmc.model.btf;

import bpfmc.model.InputException;
import bpfmc.model.btf.BtfType.Enumerator;
import bpfmc.model.btf.BtfType.Linkage;
import bpfmc.model.btf.BtfType.Member;
import bpfmc.model.btf.BtfType.Parameter;
import bpfmc.model.btf.BtfType.Placed;
import bpfmc.model.bytes.Bytes;
import bpfmc.model.bytes.StringTable;
import java.util.function.IntFunction;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;

/** Reads section {@code .BTF}: a header, the types one after the other, the strings. */
final class BtfParser {
    private static final int MAGIC = 0xeb9f;
    private static final int HEADER = 24;
    /** The kernel's own limit of a BTF (BTF_MAX_SIZE, kernel/bpf/btf.c). */
    private static final int MOST_BYTES = 16 << 20;

    private final Bytes types;
    private final StringTable strings;
    private int at;

    private BtfParser(Bytes types, StringTable strings) {
        this.types = types;
        this.strings = strings;
    }

    /** {@return the strings of a .BTF section, which .BTF.ext shares} */
    static StringTable strings(Bytes section) {
        return new StringTable(section.slice("the string table of " + section.name(),
                header(section) + section.u32(16), section.u32(20)));
    }

    /** {@return the types by id, the first one void} */
    static ImmutableList<BtfType> types(Bytes section, StringTable strings) {
        Bytes bytes = section.slice(section.name(), header(section) + section.u32(8), section.u32(12));
        return new BtfParser(bytes, strings).all();
    }

    private static long header(Bytes section) {
        if (section.length() < HEADER) {
            throw section.fault("its header is cut off after " + section.length() + " of " + HEADER + " bytes");
        }
        if (section.length() > MOST_BYTES) {
            throw section.fault(section.length() + " bytes are more than the kernel accepts (" + MOST_BYTES + ")");
        }
        if (section.u16(0) != MAGIC) {
            throw section.fault(0, "magic number 0x" + Integer.toHexString(section.u16(0)) + " instead of 0xeb9f");
        }
        if (section.u8(2) != 1) {
            throw section.fault(2, "BTF version " + section.u8(2) + "; bpfmc knows version 1");
        }
        return section.u32(4);
    }

    private ImmutableList<BtfType> all() {
        MutableList<BtfType> found = Lists.mutable.of(new BtfType.Void());
        while (at < types.length()) {
            try {
                found.add(next());
            } catch (InputException e) {
                throw e.within(types.name() + ": type " + found.size());
            }
        }
        return found.toImmutable();
    }

    private BtfType next() {
        String name = strings.at(types.u32(at));
        int info = types.i32(at + 4);
        int count = info & 0xffff;
        int kind = info >>> 24 & 0x1f;
        boolean flag = info < 0;
        int word = types.i32(at + 8);
        long size = word & 0xffff_ffffL;
        at += 12;
        return switch (kind) {
            case 1 -> integer(name, size);
            case 2 -> new BtfType.Pointer(word);
            case 3 -> array();
            case 4 -> new BtfType.Struct(name, size, members(count, flag));
            case 5 -> new BtfType.Union(name, size, members(count, flag));
            case 6 -> new BtfType.Enum(name, size, flag, list(count, 8, i -> enumerator(i, flag)));
            case 7 -> new BtfType.Forward(name, flag);
            case 8 -> new BtfType.Typedef(name, word);
            case 9 -> new BtfType.Volatile(word);
            case 10 -> new BtfType.Const(word);
            case 11 -> new BtfType.Restrict(word);
            case 12 -> new BtfType.Function(name, word, linkage(count));
            case 13 -> new BtfType.Prototype(word, list(count, 8, i -> new Parameter(text(i), types.i32(i + 4))));
            case 14 -> variable(name, word);
            case 15 -> new BtfType.DataSection(name, size,
                    list(count, 12, i -> new Placed(types.i32(i), types.u32(i + 4), types.u32(i + 8))));
            case 16 -> new BtfType.Float(name, size);
            case 17 -> new BtfType.DeclarationTag(name, word, take(4));
            case 18 -> new BtfType.TypeTag(name, word, flag);
            case 19 -> new BtfType.Enum64(name, size, flag,
                    list(count, 12, i -> new Enumerator(text(i), types.i64(i + 4))));
            default -> throw new InputException("kind " + kind + " is none of the 19 that BTF has");
        };
    }

    private BtfType integer(String name, long size) {
        int encoding = take(4);
        int kind = encoding >>> 24;
        return new BtfType.Int(name, size, encoding & 0xff, (kind & 1) != 0, (kind & 4) != 0);
    }

    private BtfType array() {
        BtfType.Array array = new BtfType.Array(types.i32(at), types.i32(at + 4), types.u32(at + 8));
        at += 12;
        return array;
    }

    private ImmutableList<Member> members(int count, boolean bitFields) {
        return list(count, 12, i -> {
            long where = types.u32(i + 8);
            return bitFields
                    ? new Member(text(i), types.i32(i + 4), where & 0xff_ffff, (int) (where >>> 24))
                    : new Member(text(i), types.i32(i + 4), where, 0);
        });
    }

    private Enumerator enumerator(int offset, boolean signed) {
        return new Enumerator(text(offset), signed ? types.i32(offset + 4) : types.u32(offset + 4));
    }

    private BtfType variable(String name, int type) {
        return new BtfType.Variable(name, type, linkage(take(4)));
    }

    private static Linkage linkage(int number) {
        return switch (number) {
            case 0 -> Linkage.STATIC;
            case 1 -> Linkage.GLOBAL;
            case 2 -> Linkage.EXTERN;
            default -> throw new InputException("linkage " + number + " is none of static, global and extern");
        };
    }

    private int take(int size) {
        int value = types.i32(at);
        at += size;
        return value;
    }

    private String text(int offset) {
        return strings.at(types.u32(offset));
    }

    private <T> ImmutableList<T> list(int count, int each, IntFunction<T> read) {
        types.slice(types.name(), at, (long) count * each);
        MutableList<T> found = Lists.mutable.ofInitialCapacity(count);
        for (int i = 0; i < count; i++, at += each) {
            found.add(read.apply(at));
        }
        return found.toImmutable();
    }
}
