package bpfmc.model.bytes;

import bpfmc.model.InputException;
import java.util.Arrays;

/**
 * A named, read-only range of bytes, little-endian. Offsets count from the start of the range; a read outside it is an
 * {@link InputException} that names the range and the offset. Slices share the bytes below.
 */
public final class Bytes {
    private final String name;
    private final byte[] data;
    private final int start;
    private final int length;

    private Bytes(String name, byte[] data, int start, int length) {
        this.name = name;
        this.data = data;
        this.start = start;
        this.length = length;
    }

    /** {@return the whole array as a range; the caller must not change it afterwards} */
    public static Bytes of(String name, byte[] data) {
        return new Bytes(name, data, 0, data.length);
    }

    /** {@return what the range is called in messages ("section .BTF")} */
    public String name() {
        return name;
    }

    /** {@return the number of bytes} */
    public int length() {
        return length;
    }

    /** {@return the same bytes under another name} */
    public Bytes named(String newName) {
        return new Bytes(newName, data, start, length);
    }

    /** {@return a part of this range} @throws InputException when it does not lie wholly inside */
    public Bytes slice(String sliceName, long offset, long sliceLength) {
        check(offset, sliceLength);
        return new Bytes(sliceName, data, start + (int) offset, (int) sliceLength);
    }

    /** {@return one byte, 0 to 255} */
    public int u8(long offset) {
        return data[at(offset, 1)] & 0xff;
    }

    /** {@return two bytes, 0 to 65535} */
    public int u16(long offset) {
        int i = at(offset, 2);
        return (data[i] & 0xff) | (data[i + 1] & 0xff) << 8;
    }

    /** {@return two bytes, signed} */
    public short i16(long offset) {
        return (short) u16(offset);
    }

    /** {@return four bytes, signed} */
    public int i32(long offset) {
        int i = at(offset, 4);
        return (data[i] & 0xff) | (data[i + 1] & 0xff) << 8 | (data[i + 2] & 0xff) << 16 | data[i + 3] << 24;
    }

    /** {@return four bytes, unsigned} */
    public long u32(long offset) {
        return i32(offset) & 0xffff_ffffL;
    }

    /** {@return eight bytes; negative where the unsigned value exceeds the range of a long} */
    public long i64(long offset) {
        return u32(offset) | (long) i32(offset + 4) << 32;
    }

    /** {@return a copy} */
    public byte[] toArray() {
        return Arrays.copyOfRange(data, start, start + length);
    }

    /** {@return a fault at an offset of this range, to be thrown} */
    public InputException fault(long offset, String message) {
        return new InputException(name + ": offset " + offset + ": " + message);
    }

    /** {@return a fault of the range as a whole, to be thrown} */
    public InputException fault(String message) {
        return new InputException(name + ": " + message);
    }

    private int at(long offset, int count) {
        check(offset, count);
        return start + (int) offset;
    }

    private void check(long offset, long count) {
        if (offset < 0 || count < 0 || offset > length || count > length - offset) {
            throw new InputException("%s: %s bytes at offset %s are outside its %d bytes"
                    .formatted(name, Long.toUnsignedString(count), Long.toUnsignedString(offset), length));
        }
    }

    @Override
    public String toString() {
        return name + " (" + length + " bytes)";
    }
}
