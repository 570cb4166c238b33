package bpfmc.explorer.scenario;

import bpfmc.model.kernel.Hook;
import bpfmc.model.kernel.ProgramType;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.ProgramOrigin;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.MutableMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;

/**
 * Programs of an object that no loader loads together. Of the types in which a program for one hook is there ({@code tp_btf} and {@code raw_tp},
 * {@code fentry} and {@code kprobe}) one is checked: that of BTF, which loaders take where they can, and which the fewest guards keep from running.
 * A program in a {@code ?} section is only loaded when its loader says so: it is checked with itself.
 *
 * @param programs the names of those that stay out
 * @param onDemand the names of those in {@code ?} sections, which are paired with no other
 */
public record Alternatives(ImmutableList<String> programs, ImmutableList<String> onDemand) {
    /** All programs may be loaded together. */
    public static final Alternatives NONE = new Alternatives(Lists.immutable.empty(), Lists.immutable.empty());

    /** The types of programs for one hook; of those that are there the first one is checked. */
    private static final ImmutableList<ProgramType> PREFERRED =
            Lists.immutable.with(ProgramType.TRACING, ProgramType.RAW_TRACEPOINT, ProgramType.RAW_TRACEPOINT_WRITABLE, ProgramType.TRACEPOINT, ProgramType.KPROBE);

    /** {@return which of the programs are alternatives} */
    public static Alternatives of(ImmutableList<BpfProgram> programs) {
        ImmutableList<BpfProgram> compiled = programs.select(p -> p.origin() == ProgramOrigin.COMPILED);
        MutableMap<Hook, ProgramType> taken = Maps.mutable.empty();
        compiled.each(p -> hook(p).ifPresent(h -> taken.merge(h, p.section().type(), Alternatives::preferred)));
        MutableList<String> left = Lists.mutable.empty();
        compiled.each(p -> hook(p).filter(h -> taken.get(h) != p.section().type()).ifPresent(h -> left.add(p.name())));
        return new Alternatives(left.toImmutable(), compiled.reject(p -> p.section().autoload()).collect(BpfProgram::name).reject(left::contains));
    }

    private static Optional<Hook> hook(BpfProgram program) {
        return Hook.of(program.section()).filter(h -> PREFERRED.contains(program.section().type()));
    }

    private static ProgramType preferred(ProgramType a, ProgramType b) {
        return PREFERRED.indexOf(a) <= PREFERRED.indexOf(b) ? a : b;
    }

    /** {@return whether both programs may be loaded at the same time; a program with itself may} */
    boolean together(BpfProgram a, BpfProgram b) {
        return a == b || a.origin() != ProgramOrigin.COMPILED || b.origin() != ProgramOrigin.COMPILED
                || !onDemand.contains(a.name()) && !onDemand.contains(b.name());
    }
}
