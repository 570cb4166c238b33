package bpfmc.model.btf;

import bpfmc.model.InputException;
import bpfmc.model.bytes.Bytes;
import bpfmc.model.bytes.StringTable;
import java.util.function.LongFunction;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.multimap.list.ImmutableListMultimap;
import org.eclipse.collections.api.multimap.list.MutableListMultimap;
import org.eclipse.collections.impl.factory.Multimaps;

/**
 * Section {@code .BTF.ext}: function names, source lines and CO-RE relocations, each by section name, in the order of the
 * file. Records longer than known are read as far as known.
 */
public final class BtfExt {
    private static final int MAGIC = 0xeb9f;
    private static final int MOST_BYTES = 16 << 20;

    private final ImmutableListMultimap<String, FunctionRecord> functions;
    private final ImmutableListMultimap<String, LineRecord> lines;
    private final ImmutableListMultimap<String, CoreRelocation> relocations;

    /** @param offset bytes from the start of the section @param type id of a function type */
    public record FunctionRecord(long offset, int type) {}

    private BtfExt(
            ImmutableListMultimap<String, FunctionRecord> functions,
            ImmutableListMultimap<String, LineRecord> lines,
            ImmutableListMultimap<String, CoreRelocation> relocations) {
        this.functions = functions;
        this.lines = lines;
        this.relocations = relocations;
    }

    /** {@return nothing: of an object without the section} */
    public static BtfExt none() {
        return new BtfExt(Multimaps.immutable.list.empty(), Multimaps.immutable.list.empty(),
                Multimaps.immutable.list.empty());
    }

    /**
     * {@return the records of a .BTF.ext section}
     *
     * @param types the object's .BTF section, whose strings are shared
     * @throws InputException when the section is damaged
     */
    public static BtfExt parse(Bytes section, Bytes types) {
        if (section.length() > MOST_BYTES) {
            throw section.fault(section.length() + " bytes are more than bpfmc reads (" + MOST_BYTES + ")");
        }
        if (section.u16(0) != MAGIC) {
            throw section.fault(0, "magic number 0x" + Integer.toHexString(section.u16(0)) + " instead of 0xeb9f");
        }
        if (section.u8(2) != 1) {
            throw section.fault(2, "BTF version " + section.u8(2) + "; bpfmc knows version 1");
        }
        long header = section.u32(4);
        StringTable strings = BtfParser.strings(types);
        Bytes functions = part(section, header, 8, "function info");
        Bytes lines = part(section, header, 16, "line info");
        Bytes core = header >= 32 ? part(section, header, 24, "CO-RE info") : section.slice("no CO-RE info", 0, 0);
        return new BtfExt(
                records(functions, strings, 8, at -> new FunctionRecord(functions.u32(at), functions.i32(at + 4))),
                records(lines, strings, 16, at -> line(lines, strings, at)),
                records(core, strings, 16, at -> new CoreRelocation(
                        core.u32(at), core.i32(at + 4), strings.at(core.u32(at + 8)), core.i32(at + 12))));
    }

    private static Bytes part(Bytes section, long header, int at, String name) {
        return section.slice(section.name() + ": " + name, header + section.u32(at), section.u32(at + 4));
    }

    private static LineRecord line(Bytes lines, StringTable strings, long at) {
        long place = lines.u32(at + 12);
        return new LineRecord(lines.u32(at), strings.at(lines.u32(at + 4)), strings.at(lines.u32(at + 8)),
                (int) (place >>> 10), (int) (place & 0x3ff));
    }

    private static <T> ImmutableListMultimap<String, T> records(
            Bytes bytes, StringTable strings, int known, LongFunction<T> read) {
        MutableListMultimap<String, T> found = Multimaps.mutable.list.empty();
        if (bytes.length() == 0) {
            return found.toImmutable();
        }
        long each = bytes.u32(0);
        if (each < known || each % 4 != 0) {
            throw bytes.fault(0, "records of " + each + " bytes; at least " + known + " are needed");
        }
        long at = 4;
        while (at < bytes.length()) {
            String section = strings.at(bytes.u32(at));
            long count = bytes.u32(at + 4);
            at += 8;
            bytes.slice(bytes.name(), at, count * each);
            for (long i = 0; i < count; i++, at += each) {
                found.put(section, readAt(bytes, at, read));
            }
        }
        return found.toImmutable();
    }

    private static <T> T readAt(Bytes bytes, long at, LongFunction<T> read) {
        try {
            return read.apply(at);
        } catch (InputException e) {
            throw e.within(bytes.name() + ": offset " + at);
        }
    }

    /** {@return the functions that begin in a section} */
    public ImmutableList<FunctionRecord> functions(String section) {
        return functions.get(section);
    }

    /** {@return the source lines of a section's instructions} */
    public ImmutableList<LineRecord> lines(String section) {
        return lines.get(section);
    }

    /** {@return the CO-RE relocations of a section} */
    public ImmutableList<CoreRelocation> relocations(String section) {
        return relocations.get(section);
    }
}
