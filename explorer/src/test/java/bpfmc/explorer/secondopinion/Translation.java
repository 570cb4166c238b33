package bpfmc.explorer.secondopinion;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.secondopinion.enumerator.MapSpec;
import bpfmc.explorer.secondopinion.enumerator.Program;
import bpfmc.explorer.secondopinion.enumerator.Setup;
import bpfmc.model.isa.InstructionEncoder;
import bpfmc.model.kernel.ContextFields;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.program.SpecialKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A scenario of bpfmc as the enumerator takes it: code as bytes, and what the loader put into it. */
final class Translation {
    private Translation() {}

    /** {@return the same system; empty when the enumerator has no words for something in it} */
    static Optional<Setup> of(Scenario scenario, Setup.Unknowns unknowns) {
        var maps = scenario.object().maps().collect(Translation::map);
        if (maps.anySatisfy(Optional::isEmpty)) {
            return Optional.empty();
        }
        Map<BpfProgram, Program> programs = new HashMap<>();
        scenario.agents().each(a -> programs.computeIfAbsent(a.program(), Translation::program));
        return Optional.of(new Setup(maps.collect(Optional::orElseThrow).castToList(), scenario.agents().collect(a -> new Setup.Agent(programs.get(a.program()),
                a.cpu(), Setup.Level.valueOf(a.level().name()), a.rank())).castToList(), scenario.cpus(), unknowns,
                scenario.rules().walk()));
    }

    private static Optional<MapSpec> map(MapDefinition map) {
        var lock = map.value().special().detectOptional(f -> f.kind() == SpecialKind.SPIN_LOCK || f.kind() == SpecialKind.RES_SPIN_LOCK);
        boolean other = map.value().special().size() > (lock.isPresent() ? 1 : 0) || map.keySize() > 8 || map.readOnlyData() || map.sizeUnknown() || (map.flags() & ~MapDefinition.NO_PREALLOC) != 0;
        Optional<MapSpec.Kind> kind = switch (map.type()) {
            case ARRAY -> Optional.of(MapSpec.Kind.ARRAY);
            case PERCPU_ARRAY -> Optional.of(MapSpec.Kind.PERCPU_ARRAY);
            case HASH -> Optional.of(MapSpec.Kind.HASH);
            default -> Optional.empty();
        };
        return kind.filter(k -> !other).map(k -> new MapSpec(k, map.keySize(), map.valueSize(), (int) map.maxEntries(),
                lock.map(l -> l.offset()).orElse(-1), (map.flags() & MapDefinition.NO_PREALLOC) == 0, lock.filter(l -> l.kind() == SpecialKind.RES_SPIN_LOCK).isPresent()));
    }

    private static Program program(BpfProgram program) {
        Map<Integer, Program.Link> links = new HashMap<>();
        program.references().forEachKeyValue((slot, r) -> {
            switch (r) {
                case Reference.Map m -> links.put(slot, new Program.Link.OfMap(m.map()));
                case Reference.Data d -> links.put(slot, new Program.Link.OfData(d.map(), d.offset()));
                case Reference.Function f -> links.put(slot, new Program.Link.OfCode(f.slot()));
                case Reference.Kfunc k -> links.put(slot, new Program.Link.OfKfunc(k.name()));
                case Reference.Kernel k -> { }
                case Reference.KernelSymbol k -> { }
            }
        });
        boolean packets = ContextFields.at(program.section().type(), 76, 4) == ContextFields.Role.PACKET_START;
        return new Program(program.name(), InstructionEncoder.encodeAll(program.code()), links, packets);
    }
}
