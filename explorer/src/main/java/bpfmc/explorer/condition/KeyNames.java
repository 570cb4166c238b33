package bpfmc.explorer.condition;

import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout.Field;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Key;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Keys of a map as C's initialisers of the key's type: {@code {.src = 1, .dst = 2}}, {@code {[0] = 10, [3] = 1}}. As there, what is not
 * named is 0; so is padding, which C leaves open.
 */
public record KeyNames(MapDefinition map) {
    /** What fields of keys begin with that have no name of their own. */
    private static final String WHOLE = "value";

    /** Writes a number into a field. @param designator ".src", "[3]" @throws InputException when there is no such field, or it does not fit */
    void put(byte[] key, String designator, long number) {
        Field field = map.key().fields().detect(f -> f.name().equals(name(designator)));
        if (field == null) {
            throw new InputException("there is no field '" + designator + "' in the keys of " + map.name()
                    + Nearest.hint(map.key().fields().collect(KeyNames::designator), designator));
        }
        if (field.bits()) {
            throw new InputException(designator + " is a bit-field, which cannot be named");
        }
        int size = field.size();
        if (size > 8) {
            throw new InputException(designator + " has " + size + " bytes; a number has 8 at most");
        }
        if (size < 8 && (number < -(1L << 8 * size - 1) || number >= 1L << 8 * size)) {
            throw new InputException(designator + " has " + size + (size == 1 ? " byte, " : " bytes, ") + number + " does not fit");
        }
        for (int i = 0; i < size; i++) {
            key[field.offset() + i] = (byte) (number >>> 8 * i);
        }
    }

    /** Writes a text into an array of single bytes; a byte 0 follows it where there is room. @param designator of the array, "" for the key */
    void put(byte[] key, String designator, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ImmutableList<Field> places = map.key().fields().select(f -> f.size() == 1 && f.name().matches(Pattern.quote(name(designator)) + "\\[\\d+]"));
        if (places.isEmpty()) {
            throw new InputException("there is no array of characters '" + designator + "' in the keys of " + map.name()
                    + Nearest.hint(map.key().fields().collect(KeyNames::designator), designator));
        }
        if (bytes.length > places.size()) {
            throw new InputException("\"" + text + "\" has " + bytes.length + " bytes, the array " + places.size());
        }
        places.forEachWithIndex((f, i) -> key[f.offset()] = i < bytes.length ? bytes[i] : 0);
    }

    private static String name(String designator) {
        return designator.startsWith(".") ? designator.substring(1) : WHOLE + designator;
    }

    private static String designator(Field field) {
        return field.name().startsWith(WHOLE + "[") ? field.name().substring(WHOLE.length()) : "." + field.name();
    }

    /** {@return a field with a number, for who wrote none} */
    String example() {
        return map.key().fields().getFirstOptional().map(f -> designator(f) + " = 1").orElse("");
    }

    /** {@return a key of known bytes as one would write it: a number, or by its fields where it has several} */
    public String of(Key key) {
        byte[] wanted = new byte[map.keySize()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = key.byteAt(i);
        }
        ImmutableList<Field> fields = map.key().fields().select(f -> !f.bits() && f.size() <= 8);
        if (map.keySize() <= 8 && (fields.isEmpty() || fields.getFirst().size() == map.keySize())) {
            return Long.toUnsignedString(((Constant) key.words().getFirst()).value());
        }
        byte[] named = new byte[wanted.length];
        var text = new StringBuilder();
        for (Field f : fields) {
            long value = 0;
            for (int i = f.size() - 1; i >= 0; i--) {
                value = value << 8 | wanted[f.offset() + i] & 0xff;
            }
            if (!Arrays.equals(wanted, f.offset(), f.offset() + f.size(), named, f.offset(), f.offset() + f.size())) {
                put(named, designator(f), value);
                text.append(text.isEmpty() ? "" : ", ").append(designator(f)).append(" = ").append(Long.toUnsignedString(value));
            }
        }
        return Arrays.equals(named, wanted) ? "{" + text + "}" : key.words().collect(w -> Long.toUnsignedString(((Constant) w).value())).makeString(":");
    }
}
