package bpfmc.explorer.livekernel;

import bpfmc.model.program.MapDefinition;
import bpfmc.model.value.Key;

/** An element. @param map index in the object @param key of known bytes; the index, of an array; 0 for a data section */
public record Place(int map, Key key) {
    /** {@return the key's bytes} @param of the map that the element is in */
    byte[] bytes(MapDefinition of) {
        byte[] bytes = new byte[of.keySize()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = key.byteAt(i);
        }
        return bytes;
    }
}
