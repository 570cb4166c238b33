package bpfmc.model.btf;

import bpfmc.model.elf.ElfWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/** Writes .BTF sections for tests, right ones and wrong ones: nothing is checked. Types get the ids 1, 2, 3... */
public final class BtfWriter {
    private final ByteArrayOutputStream types = new ByteArrayOutputStream();
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private int count;

    public BtfWriter() {
        strings.write(0);
    }

    /** {@return the offset of a string; 0 for ""} */
    public int string(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        int at = strings.size();
        strings.writeBytes((text + "\0").getBytes(StandardCharsets.UTF_8));
        return at;
    }

    /** {@return the id of a type of any kind} @param info count in the low half @param words what follows the header */
    public int type(String name, int kind, int info, int sizeOrType, int... words) {
        return raw(string(name), kind, info, sizeOrType, words);
    }

    /** As {@link #type}, with the offset of the name. */
    public int raw(int name, int kind, int info, int sizeOrType, int... words) {
        ByteBuffer out = ElfWriter.little(12 + words.length * 4);
        out.putInt(name).putInt(kind << 24 | info).putInt(sizeOrType);
        IntStream.of(words).forEach(out::putInt);
        types.writeBytes(out.array());
        return ++count;
    }

    public int integer(String name, int size, boolean signed) {
        return type(name, 1, 0, size, (signed ? 1 << 24 : 0) | size * 8);
    }

    public int pointer(int to) {
        return type("", 2, 0, to);
    }

    public int array(int element, int elements) {
        return type("", 3, 0, 0, element, element, elements);
    }

    /** {@return a struct} @param members name offset, type and bit offset of each */
    public int struct(String name, int size, int... members) {
        return type(name, 4, members.length / 3, size, members);
    }

    public byte[] build() {
        ByteBuffer out = ElfWriter.little(24 + types.size() + strings.size());
        out.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24).putInt(0).putInt(types.size())
                .putInt(types.size()).putInt(strings.size()).put(types.toByteArray()).put(strings.toByteArray());
        return out.array();
    }
}
