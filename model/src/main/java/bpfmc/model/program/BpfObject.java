package bpfmc.model.program;

import bpfmc.model.btf.BtfTypes;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A compiled object: a pure image of the file, the same on every machine.
 *
 * @param name the file's name without its folder
 * @param license "" when the object has none
 * @param notes what the object lacks or what was passed over, for the user ("no BTF: no field names, no lock fields")
 */
public record BpfObject(
        String name,
        String license,
        ImmutableList<BpfProgram> programs,
        ImmutableList<MapDefinition> maps,
        Optional<BtfTypes> btf,
        ImmutableList<String> notes) {

    /** {@return the object as the kernel knows it when it refuses the types, or is not given any} */
    public BpfObject untyped() {
        return new BpfObject(name, license, programs, maps.collect(MapDefinition::untyped), Optional.empty(), notes);
    }

    /** {@return the object with these maps in place of its own} */
    public BpfObject withMaps(ImmutableList<MapDefinition> others) {
        return new BpfObject(name, license, programs, others, btf, notes);
    }
}
