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

    private String decode(int offset) {
        int end = offset;
        int limit = Math.min(bytes.length(), offset + LONGEST);
        while (end < limit && bytes.u8(end) != 0) {
            end++;
        }
        budget -= end - offset;
        if (end == limit || budget < 0) {
            throw new InputException("the string at offset " + offset + " of " + bytes.name()
                    + (end == limit ? " has no end" : " overlaps too many others"));
        }
        byte[] raw = bytes.slice(bytes.name(), offset, end - offset).toArray();
        return printable(new String(raw, StandardCharsets.UTF_8));
    }

    /** {@return the text with control characters other than tabs replaced} */
    static String printable(String text) {
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
