package bpfmc.explorer.scenario;

import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.ExecutionContext;
import bpfmc.model.kernel.ExecutionContexts;
import bpfmc.model.program.BpfProgram;
import org.eclipse.collections.api.map.sorted.ImmutableSortedMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.SortedMaps;

/**
 * Where programs run: as their section names say, or as the user says who knows where they are attached.
 *
 * @param said levels by program name
 */
public record Contexts(ImmutableSortedMap<String, ContextLevel> said) {
    /** As the section names say. */
    public static final Contexts OF_SECTIONS = new Contexts(SortedMaps.immutable.empty());

    /** {@return the conditions under which the program runs} What the level does not decide stays as the section says. */
    public ExecutionContext of(BpfProgram program) {
        ExecutionContext known = ExecutionContexts.of(program.section());
        ContextLevel level = said.get(program.name());
        return level == null ? known : new ExecutionContext(Lists.immutable.with(level), known.masking(), known.guard());
    }
}
