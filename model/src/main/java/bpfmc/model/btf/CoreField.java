package bpfmc.model.btf;

import bpfmc.model.InputException;
import bpfmc.model.btf.BtfType.Member;

/**
 * The field that an access string leads to.
 *
 * @param type id of the field's type
 * @param bitOffset from the start of the root type
 * @param bitFieldSize bits, 0 unless the field is a bit-field
 */
record CoreField(BtfTypes types, int type, long bitOffset, int bitFieldSize) {
    private static final int DEEPEST = 64;

    /** {@return the field that {@code access}, like "0:1:2", names: the first index as of an array of root types} */
    static CoreField of(BtfTypes types, int root, String access) {
        String[] parts = access.split(":", DEEPEST + 1);
        if (parts.length > DEEPEST) {
            throw new InputException("more than " + DEEPEST + " steps");
        }
        CoreField field = new CoreField(types, root, 0, 0).element(root, index(parts[0]));
        for (int i = 1; i < parts.length; i++) {
            field = field.step(index(parts[i]));
        }
        return field;
    }

    /** {@return one index of an access string} */
    static int index(String text) {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new InputException("'" + text + "' is not an index");
        }
    }

    private CoreField step(int index) {
        BtfType resolved = types.resolved(type);
        if (resolved instanceof BtfType.Composite composite) {
            if (index < 0 || index >= composite.members().size()) {
                throw new InputException(types.typeName(type) + " has no member " + Integer.toUnsignedString(index));
            }
            Member member = composite.members().get(index);
            return new CoreField(types, member.type(), bitOffset + member.bitOffset(), member.bitSize());
        }
        if (resolved instanceof BtfType.Array array) {
            return element(array.element(), index);
        }
        throw new InputException(types.typeName(type) + " has neither members nor elements");
    }

    private CoreField element(int elementType, int index) {
        long size = types.sizeOf(elementType)
                .orElseThrow(() -> new InputException(types.typeName(elementType) + " has no size"));
        return new CoreField(types, elementType, bitOffset + (index & 0xffff_ffffL) * size * 8, 0);
    }

    /** {@return the bytes to load: of a bit-field the smallest aligned word, at least its own type, that holds it} */
    long byteSize() {
        long size = types.sizeOf(type).orElseThrow(() -> new InputException(types.typeName(type) + " has no size"));
        if (bitFieldSize == 0) {
            return size;
        }
        while (size > 0 && bitOffset + bitFieldSize > (bitOffset / 8 / size * size + size) * 8) {
            if (size >= 8) {
                throw new InputException("a bit-field that no 8-byte word holds");
            }
            size *= 2;
        }
        return size;
    }

    /** {@return where those bytes begin} */
    long byteOffset() {
        long size = byteSize();
        return bitFieldSize == 0 || size == 0 ? bitOffset / 8 : bitOffset / 8 / size * size;
    }

    long bitSize() {
        return bitFieldSize == 0 ? byteSize() * 8 : bitFieldSize;
    }

    /** {@return how far the loaded word is to be shifted up so that the field is at its top (little-endian)} */
    long leftShift() {
        return 64 - (bitOffset + bitSize() - byteOffset() * 8);
    }

    /** {@return how far it is then to be shifted down} */
    long rightShift() {
        return 64 - bitSize();
    }

    boolean signed() {
        BtfType resolved = types.resolved(type);
        return resolved instanceof BtfType.Int i && i.signed()
                || resolved instanceof BtfType.Enum e && e.signed()
                || resolved instanceof BtfType.Enum64 e64 && e64.signed();
    }
}
