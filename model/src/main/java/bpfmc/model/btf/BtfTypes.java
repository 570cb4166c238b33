package bpfmc.model.btf;

import bpfmc.model.bytes.Bytes;
import bpfmc.model.bytes.StringTable;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.multimap.list.ImmutableListMultimap;
import org.eclipse.collections.api.multimap.list.MutableListMultimap;
import org.eclipse.collections.impl.factory.Multimaps;

/**
 * The types of an object by id. Every reference leads to a type, no type contains itself, and types nest at most 200
 * deep; a pointer may lead in circles.
 */
public final class BtfTypes {
    private final ImmutableList<BtfType> types;
    private final long[] sizes;
    private final ImmutableListMultimap<String, Integer> byName;

    private BtfTypes(ImmutableList<BtfType> types) {
        this.types = types;
        this.sizes = TypeSizes.of(types);
        MutableListMultimap<String, Integer> names = Multimaps.mutable.list.empty();
        types.forEachWithIndex((type, id) -> {
            if (!type.name().isEmpty()) {
                names.put(type.name(), id);
            }
        });
        this.byName = names.toImmutable();
    }

    /** {@return the types in a .BTF section} @throws bpfmc.model.InputException when the section is damaged */
    public static BtfTypes parse(Bytes section) {
        return parse(section, BtfParser.strings(section));
    }

    /** As {@link #parse(Bytes)}, with the section's strings already at hand. */
    static BtfTypes parse(Bytes section, StringTable strings) {
        return new BtfTypes(BtfParser.types(section, strings));
    }

    /** {@return the number of types, void included: ids are below it} */
    public int count() {
        return types.size();
    }

    /** {@return the type with this id; ids found in this table's own types exist} */
    public BtfType byId(int id) {
        return types.get(id);
    }

    /** {@return whether there is a type of this id} */
    public boolean contains(long id) {
        return id >= 0 && id < types.size();
    }

    /** {@return the ids of all types of this name, whatever their kind, in rising order} */
    public ImmutableList<Integer> named(String name) {
        return byName.get(name);
    }

    /** {@return the id of the first type of this kind and name} */
    public Optional<Integer> find(Class<? extends BtfType> kind, String name) {
        return byName.get(name).detectOptional(id -> kind.isInstance(types.get(id)));
    }

    /** {@return bytes that a value of the type takes, empty for what has no size (void, functions, declarations)} */
    public OptionalLong sizeOf(int id) {
        return sizes[id] < 0 ? OptionalLong.empty() : OptionalLong.of(sizes[id]);
    }

    /** {@return the id of the type below typedefs, qualifiers and type tags} */
    public int resolve(int id) {
        int at = id;
        while (types.get(at) instanceof BtfType.Wrapper wrapper) {
            at = wrapper.target();
        }
        return at;
    }

    /** {@return the type below typedefs, qualifiers and type tags} */
    public BtfType resolved(int id) {
        return types.get(resolve(id));
    }

    /** {@return the type as C writes it: "struct hash_elem", "__u32", "u8[16]", "const char *"} */
    public String typeName(int id) {
        return new CTypeNames(this).of(id);
    }

    /**
     * {@return the prototype of a function}
     *
     * @param name of the function
     * @param prototype id of its prototype
     * @throws bpfmc.model.InputException when it has more parameters than the kernel allows (12)
     */
    public FunctionPrototype prototype(String name, int prototype) {
        return new Prototypes(this).of(name, prototype);
    }

    /** {@return the declaration tags on the whole of a type, in the order of the section} */
    public ImmutableList<String> tagsOf(int id) {
        return tagsOf(id, -1);
    }

    /** {@return the declaration tags on one member of a struct} @param component index of the member, -1 for the whole of the type */
    public ImmutableList<String> tagsOf(int id, int component) {
        return types.selectInstancesOf(BtfType.DeclarationTag.class)
                .select(tag -> tag.target() == id && tag.component() == component)
                .collect(BtfType.DeclarationTag::name);
    }

    /** {@return the data section of this name} */
    public Optional<BtfType.DataSection> dataSection(String name) {
        return find(BtfType.DataSection.class, name).map(id -> (BtfType.DataSection) types.get(id));
    }

    @Override
    public String toString() {
        return "BTF of " + (types.size() - 1) + " types";
    }
}
