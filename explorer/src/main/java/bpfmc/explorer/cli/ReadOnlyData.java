package bpfmc.explorer.cli;

import bpfmc.explorer.condition.Constants;
import bpfmc.model.program.BpfObject;
import java.util.List;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import picocli.CommandLine.Option;

/** What the loader sets before it loads the object. */
final class ReadOnlyData {
    @Option(names = "--rodata", paramLabel = "any|NAME=VALUE", description = "What the loader makes of constants in .rodata: any, or a value"
            + " for one (default: as in the object). May be repeated.")
    private List<String> said = List.of();

    /** {@return the object as it is loaded} */
    BpfObject set(BpfObject object) {
        return Constants.set(object, said());
    }

    ImmutableList<String> said() {
        return Lists.immutable.withAll(said);
    }
}
