package bpfmc.model.program.load;

import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.factory.Maps;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.MutableMap;

/**
 * Reads one map from the struct that declares it. What a member says is encoded in its type:
 *
 * <pre>
 *   __uint(name, n)    int (*name)[n]              a number
 *   __ulong(name, n)   enum { unique = n } name    a number that may need 64 bits
 *   __type(name, T)    T *name                     a type
 *   __array(name, T)   T *name[]                   initial values; for a map of maps T describes the inner ones
 * </pre>
 *
 * Members that say nothing about the contents (numa_node, map_extra) are passed over; libbpf refuses the object when it finds
 * one that it does not know. Source: bpf_helpers.h and parse_btf_map_def (tools/lib/bpf/libbpf.c, 1.7).
 */
final class DeclaredMapReader {
    /** The index of a map that is no map of the object, but a template. */
    private static final int INNER = -1;

    /** LIBBPF_PIN_BY_NAME (tools/lib/bpf/libbpf.h). */
    private static final int PIN_BY_NAME = 1;

    /** What libbpf knows (parse_btf_map_def). */
    private static final ImmutableList<String> KNOWN = Lists.immutable.with("type", "max_entries", "map_flags", "numa_node", "key_size", "key",
            "value_size", "value", "values", "pinning", "map_extra");

    private final BtfTypes types;
    private final Layouts layouts;
    private final MutableMap<Integer, Declaration> known = Maps.mutable.empty();

    DeclaredMapReader(BtfTypes types, Layouts layouts) {
        this.types = types;
        this.layouts = layouts;
    }

    /** {@return the map that a variable of section .maps declares} */
    MapDefinition read(int index, BtfType.Variable variable) {
        try {
            if (types.resolved(variable.type()) instanceof BtfType.Struct) {
                return declaration(variable.type()).map(index, variable.name());
            }
            throw new InputException("a map is declared by a struct, not by " + types.typeName(variable.type()));
        } catch (InputException e) {
            throw e.within("section .maps: map " + variable.name());
        }
    }

    /** {@return a number that a map may have, or its absence} @throws InputException when it is none */
    static int size(String what, long size) {
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw new InputException(what + " of " + Long.toUnsignedString(size) + " bytes");
        }
        return (int) size;
    }

    /** Many maps may share one struct. */
    private Declaration declaration(int type) {
        int id = types.resolve(type);
        return known.getIfAbsentPut(id, () -> new Declaration((BtfType.Struct) types.byId(id)));
    }

    /** The members of one declaring struct by name. */
    private final class Declaration {
        private final MutableMap<String, BtfType.Member> members = Maps.mutable.empty();

        Declaration(BtfType.Struct struct) {
            struct.members().forEach(m -> members.put(m.name(), m));
            struct.members().collect(BtfType.Member::name).detectOptional(name -> !KNOWN.contains(name)).ifPresent(name -> {
                throw new InputException("unknown field '" + name + "', which libbpf refuses" + Nearest.hint(KNOWN, name));
            });
        }

        MapDefinition map(int index, String name) {
            long number = number("type");
            MapType type = MapType.of(number).filter(t -> t != MapType.UNSPEC)
                    .orElseThrow(() -> new InputException(members.containsKey("type")
                            ? "map type " + number + " is not one the kernel knows" : "the member type is missing"));
            Optional<Integer> keyType = type("key");
            Optional<Integer> valueType = type("value");
            int keySize = size("key", keyType);
            int valueSize = ofDescriptors(type) ? 4 : size("value", valueType);
            return new MapDefinition(index, name, type, keySize, valueSize, number("max_entries"), number("map_flags"),
                    layout(valueType, valueSize), layout(keyType, keySize), Optional.empty(),
                    inner(index, type, name)).withPinning(number("pinning") == PIN_BY_NAME);
        }

        private ValueLayout layout(Optional<Integer> type, int size) {
            return type.map(t -> layouts.of(t, size)).orElseGet(() -> ValueLayout.opaque(size));
        }

        private int size(String what, Optional<Integer> type) {
            if (members.containsKey(what + "_size")) {
                return DeclaredMapReader.size(what + "_size", number(what + "_size"));
            }
            return type.map(t -> DeclaredMapReader.size(what, types.sizeOf(t)
                    .orElseThrow(() -> new InputException("the type of " + what + ", " + types.typeName(t) + ", has no size"))))
                    .orElse(0);
        }

        private long number(String name) {
            BtfType.Member member = members.get(name);
            if (member == null) {
                return 0;
            }
            BtfType type = types.resolved(member.type());
            if (type instanceof BtfType.Pointer pointer && types.resolved(pointer.target()) instanceof BtfType.Array array) {
                return array.count();
            }
            if (type instanceof BtfType.Enumeration constants && constants.values().size() == 1) {
                return constants.values().get(0).value();
            }
            throw new InputException("member " + name + " is not a number: write __uint(" + name + ", ...)");
        }

        private Optional<Integer> type(String name) {
            BtfType.Member member = members.get(name);
            if (member == null) {
                return Optional.empty();
            }
            if (types.resolved(member.type()) instanceof BtfType.Pointer pointer) {
                return Optional.of(pointer.target());
            }
            throw new InputException("member " + name + " is not a type: write __type(" + name + ", ...)");
        }

        private Optional<MapDefinition> inner(int index, MapType type, String name) {
            BtfType.Member values = members.get("values");
            if (values == null || !ofMaps(type)) {
                return Optional.empty();
            }
            if (types.resolved(values.type()) instanceof BtfType.Array array
                    && types.resolved(array.element()) instanceof BtfType.Pointer pointer
                    && types.resolved(pointer.target()) instanceof BtfType.Struct) {
                if (index == INNER) {
                    throw new InputException("member values: inner maps that have inner maps themselves");
                }
                return Optional.of(declaration(pointer.target()).map(INNER, name + ".inner"));
            }
            throw new InputException("member values does not describe inner maps: write __array(values, struct {...})");
        }

        /** The values are references to maps or programs, which libbpf fills in as 4-byte descriptors. */
        private boolean ofDescriptors(MapType type) {
            return ofMaps(type) || type == MapType.PROG_ARRAY && members.containsKey("values");
        }

        private static boolean ofMaps(MapType type) {
            return type == MapType.ARRAY_OF_MAPS || type == MapType.HASH_OF_MAPS;
        }
    }
}
