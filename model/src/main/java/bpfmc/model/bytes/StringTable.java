package bpfmc.model.bytes;

import bpfmc.model.InputException;
import java.nio.charset.StandardCharsets;
import org.eclipse.collections.api.map.primitive.MutableIntObjectMap;
import org.eclipse.collections.impl.map.mutable.primitive.IntObjectHashMap;

/**
 * NUL-terminated strings by offset. Equal offsets give the same String. Control characters, which would reach a
 * terminal, become U+FFFD; tabs stay. All strings together may be at most four times as long as the table, and
 * 64 MiB, so that overlapping strings cannot multiply a small file into a large heap.
 */
public final class StringTable {
    private static final int LONGEST = 1 << 14;
    private static final long SLACK = 1 << 20;
    private static final long MOST = 64 << 20;

    private final Bytes bytes;
    private final MutableIntObjectMap<String> known = IntObjectHashMap.newMap();
    private long budget;

    public StringTable(Bytes bytes) {
        this.bytes = bytes;
        this.budget = Math.min(4L * bytes.length() + SLACK, MOST);
    }

    /**
     * {@return the string at this offset}
     *
     * @throws InputException when the offset is outside or the string has no end within the table and 16 KiB
     */
    public String at(long offset) {
        if (offset < 0 || offset >= bytes.length()) {
            throw new InputException("string offset " + Long.toUnsignedString(offset) + " is outside "
                    + bytes.name() + " of " + bytes.length() + " bytes");
        }
        String found = known.get((int) offset);
        if (found == null) {
            found = decode((int) offset);
            known.put((int) offset, found);
        }
        return found;
    }

    /** {@return the text at the start of some bytes, as far as the first NUL or the limit} */
    public static String printable(Bytes bytes, int limit) {
        return text(bytes, 0, end(bytes, 0, Math.min(bytes.length(), limit)));
    }

    private String decode(int offset) {
        int limit = Math.min(bytes.length(), offset + LONGEST);
        int end = end(bytes, offset, limit);
        budget -= end - offset;
        if (end == limit || budget < 0) {
            throw new InputException("the string at offset " + offset + " of " + bytes.name()
                    + (end == limit ? " has no end" : " overlaps too many others"));
        }
        return text(bytes, offset, end);
    }

    private static int end(Bytes bytes, int offset, int limit) {
        int end = offset;
        while (end < limit && bytes.u8(end) != 0) {
            end++;
        }
        return end;
    }

    private static String text(Bytes bytes, int offset, int end) {
        String text = new String(bytes.slice(bytes.name(), offset, end - offset).toArray(), StandardCharsets.UTF_8);
        if (text.chars().noneMatch(StringTable::control)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        text.chars().forEach(c -> out.append(control(c) ? '\uFFFD' : (char) c));
        return out.toString();
    }

    private static boolean control(int c) {
        return c != '\t' && Character.isISOControl(c);
    }
}
