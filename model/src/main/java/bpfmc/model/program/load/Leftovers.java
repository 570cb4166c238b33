package bpfmc.model.program.load;

import bpfmc.model.elf.ElfSection;
import bpfmc.model.kernel.ProgramType;
import bpfmc.model.program.BpfProgram;
import java.util.Set;
import org.eclipse.collections.api.list.ImmutableList;

/** Says what of an object was passed over, so that nothing is missing silently. */
final class Leftovers {
    private static final Set<String> READ =
            Set.of("license", "version", "maps", DeclaredMaps.SECTION, ".addr_space.1", ".ksyms", ".eh_frame");

    private final ObjectImage image;

    Leftovers(ObjectImage image) {
        this.image = image;
    }

    void note(CodeFunctions functions, ImmutableList<BpfProgram> programs) {
        image.elf().sections().forEach(this::note);
        if (programs.isEmpty()) {
            image.notes().add(functions.all().isEmpty()
                    ? "no programs: the object holds no code"
                    : "no programs: all functions are static or in .text; a program needs SEC(\"...\")");
        }
        programs.select(p -> p.section().type() == ProgramType.UNSPEC).forEach(p -> image.notes().add(
                "program " + p.name() + ": section " + p.section().name() + " names no program type that libbpf knows"));
    }

    private void note(ElfSection section) {
        boolean data = DataMaps.kind(section).isPresent();
        if (data && image.elf().relocations(section).notEmpty()) {
            image.notes().add(section.content().name() + ": addresses in global data are passed over, as libbpf does");
        }
        if (DataMaps.perCpu(section)) {
            image.notes().add(section.content().name() + ": per-CPU global data is not followed: loads give anything, stores are not explored");
            return;
        }
        if (section.allocated() && section.size() > 0 && !section.code() && !data && !StructOpsMaps.holds(section)
                && !READ.contains(section.name()) && !section.name().startsWith(".maps.")) {
            image.notes().add(section.content().name() + ": passed over: its name is not one that libbpf knows");
        }
    }
}
