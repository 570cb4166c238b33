package bpfmc.model.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes object files for tests, right ones and wrong ones: nothing is checked. */
public final class ElfWriter {
    public static final int PROGBITS = 1;
    public static final int NOBITS = 8;
    public static final int REL = 9;
    public static final long ALLOC = 2;
    public static final long CODE = 6;

    private final List<Part> sections = new ArrayList<>(List.of(new Part("", 0, 0, new byte[0], 0, 0, 0, 0)));
    private final List<Sym> symbols = new ArrayList<>(List.of(new Sym("", 0, 0, 0, 0)));

    private record Part(String name, int type, long flags, byte[] bytes, long size, int link, int info, int entry) {}

    private record Sym(String name, int info, int section, long value, long size) {}

    /** {@return the index of a section with these bytes} */
    public int section(String name, long flags, byte[] bytes) {
        sections.add(new Part(name, PROGBITS, flags, bytes, bytes.length, 0, 0, 0));
        return sections.size() - 1;
    }

    /** {@return the index of a section that claims more bytes than it has} */
    public int section(String name, int type, long flags, byte[] bytes, long size) {
        sections.add(new Part(name, type, flags, bytes, size, 0, 0, 0));
        return sections.size() - 1;
    }

    /** {@return the index of a symbol} @param info binding << 4 | kind */
    public int symbol(String name, int info, int section, long value, long size) {
        symbols.add(new Sym(name, info, section, value, size));
        return symbols.size() - 1;
    }

    public int function(String name, int section, long value, long size) {
        return symbol(name, 0x12, section, value, size);
    }

    public int object(String name, int section, long value, long size) {
        return symbol(name, 0x11, section, value, size);
    }

    /** Adds a table of relocations of a section; each is {offset, symbol, type}. */
    public void relocations(int section, long[]... entries) {
        ByteBuffer out = little(entries.length * 16);
        for (long[] entry : entries) {
            out.putLong(entry[0]).putInt((int) entry[2]).putInt((int) entry[1]);
        }
        sections.add(new Part(".rel" + sections.get(section).name(), REL, 0, out.array(), out.capacity(), 0, section, 16));
    }

    public byte[] build() {
        StringBuilder strings = new StringBuilder("\0");
        ByteBuffer table = little(symbols.size() * 24);
        for (Sym s : symbols) {
            table.putInt(s.name().isEmpty() ? 0 : strings.length()).put((byte) s.info()).put((byte) 0)
                    .putShort((short) s.section()).putLong(s.value()).putLong(s.size());
            strings.append(s.name()).append('\0');
        }
        List<Part> all = new ArrayList<>(sections);
        int names = all.size() + 1;
        all.add(new Part(".symtab", 2, 0, table.array(), table.capacity(), names, 1, 24));
        StringBuilder allNames = new StringBuilder(strings).append(".symtab\0.strtab\0");
        all.forEach(p -> allNames.append(p.name()).append('\0'));
        byte[] text = allNames.toString().getBytes(StandardCharsets.UTF_8);
        all.add(new Part(".strtab", 3, 0, text, text.length, 0, 0, 0));
        return write(all, allNames.toString(), names);
    }

    private static byte[] write(List<Part> all, String names, int nameSection) {
        int size = 64 + all.stream().mapToInt(p -> (p.bytes().length + 7) / 8 * 8).sum();
        ByteBuffer out = little(size + all.size() * 64);
        out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        out.putShort((short) 1).putShort((short) 247).putInt(1).putLong(0).putLong(0).putLong(size).putInt(0)
                .putShort((short) 64).putShort((short) 0).putShort((short) 0).putShort((short) 64)
                .putShort((short) all.size()).putShort((short) nameSection);
        int at = 64;
        int header = size;
        for (Part p : all) {
            out.put(at, p.bytes());
            out.putInt(header, p.name().isEmpty() ? 0 : names.indexOf("\0" + p.name() + "\0") + 1)
                    .putInt(header + 4, p.type()).putLong(header + 8, p.flags()).putLong(header + 24, at)
                    .putLong(header + 32, p.size()).putInt(header + 40, p.link()).putInt(header + 44, p.info())
                    .putLong(header + 56, p.entry());
            at += (p.bytes().length + 7) / 8 * 8;
            header += 64;
        }
        return out.array();
    }

    /** {@return a zeroed little-endian buffer} */
    public static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
