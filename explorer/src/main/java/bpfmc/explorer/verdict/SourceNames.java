package bpfmc.explorer.verdict;

import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;

/** What the user's source calls the memory and the programs of an object. */
public interface SourceNames {
    /** {@return the memory as one writes it: "entries[key].packets", or a global's name; "" when the finding is about none} */
    String place(Subject subject);

    /** {@return the map that the memory is in} */
    MapDefinition map(Subject subject);

    /** {@return the program of that name} */
    BpfProgram program(String name);
}
