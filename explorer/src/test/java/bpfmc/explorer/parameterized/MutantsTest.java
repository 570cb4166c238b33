package bpfmc.explorer.parameterized;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.check.ScenarioChecker;
import bpfmc.explorer.property.Properties;
import bpfmc.explorer.scenario.Contexts;
import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.Pairs;
import bpfmc.explorer.scenario.ScenarioSpace;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Width;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.load.ObjectReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;

/**
 * Samples that are proven, each made wrong in one place: a lock that is not taken, or not released, an atomic operation that is a plain store, an insertion that
 * overwrites, two stores in the other order. None that a search of two or three CPUs refutes is proven.
 */
class MutantsTest {
    private static final int LOCK = 93;
    private static final int UNLOCK = 94;
    private static final Limits SMALL = Limits.NONE.withMaxStates(20_000);
    private static final Instruction NOTHING = new Instruction.Move(Width.W64, Register.R0, new Operand.Imm(0));

    /** A program with one fault put in. @param what it is, for the reader */
    private record Mutant(String what, BpfObject object) {}

    private static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../specs"))) {
            return files.filter(f -> f.toString().endsWith(".bpf.o") && !f.toString().matches(".*/(rules|refused|bench|nesting|why)/.*")).sorted().toList();
        }
    }

    // ---- mutants

    private static List<Mutant> mutants(BpfObject object) {
        List<Mutant> all = new ArrayList<>();
        for (BpfProgram program : object.programs()) {
            all.add(changed(object, program, "no locks", program.code().collect(i -> locks(i) ? NOTHING : i)));
            for (int at = 0; at < program.code().size(); at++) {
                for (Instruction wrong : wrong(program.code().get(at))) {
                    MutableList<Instruction> code = program.code().toList();
                    code.set(at, wrong);
                    all.add(changed(object, program, at + ": " + wrong, code.toImmutable()));
                }
                if (at > 0 && program.code().get(at) instanceof Instruction.Store && program.code().get(at - 1) instanceof Instruction.Store) {
                    MutableList<Instruction> code = program.code().toList();
                    code.set(at, program.code().get(at - 1));
                    code.set(at - 1, program.code().get(at));
                    all.add(changed(object, program, at + ": two stores the other way round", code.toImmutable()));
                }
            }
        }
        return all;
    }

    private static boolean locks(Instruction i) {
        return i instanceof Instruction.CallHelper c && (c.helper() == LOCK || c.helper() == UNLOCK);
    }

    private static ImmutableList<Instruction> wrong(Instruction i) {
        return switch (i) {
            case null -> Lists.immutable.empty();
            case Instruction.CallHelper c when locks(c) -> Lists.immutable.with(NOTHING);
            case Instruction.Atomic a when !a.fetch() -> Lists.immutable.with(new Instruction.Store(a.size(), a.base(), a.offset(), new Operand.Reg(a.src())));
            case Instruction.Move m when m.dst() == Register.R4 && m.src() instanceof Operand.Imm flags && flags.value() == 1 ->
                    Lists.immutable.with(new Instruction.Move(m.width(), m.dst(), new Operand.Imm(0)));
            default -> Lists.immutable.empty();
        };
    }

    private static Mutant changed(BpfObject object, BpfProgram program, String what, ImmutableList<Instruction> code) {
        var wrong = new BpfProgram(program.name(), program.section(), code, program.functions(), program.references(), program.lines(), program.entries(), program.types(),
                program.origin());
        return new Mutant(program.name() + " " + what, new BpfObject(object.name(), object.license(), object.programs().collect(p -> p == program ? wrong : p), object.maps(),
                object.btf(), object.notes()));
    }

    // ---- what is said of them

    private static ScenarioSpace space(BpfObject object, int cpus, int runs) {
        return new ScenarioSpace(object, object.programs(), object.maps().collectInt(MapDefinition::index).toSet().toImmutable(), cpus, runs, CpuRules.DEFAULT,
                Contexts.OF_SECTIONS);
    }

    private static boolean proven(BpfObject object) {
        return AnyNumber.of(space(object, 2, 1), true, () -> false).complete();
    }

    private static Optional<String> refuted(BpfObject object) {
        var checker = new ScenarioChecker(Properties.all(), Lists.immutable.empty(), SMALL, Progress.NONE);
        return Stream.of(space(object, 2, 1), space(object, 3, 1), space(object, 2, 2)).flatMap(s -> Pairs.of(s).castToList().stream()).map(checker::check)
                .filter(r -> r.verdict() instanceof Verdict.Violated).map(r -> r.name() + " " + r.verdict()).findFirst();
    }

    @Test
    void nothingIsProvenThatAFewCpusRefute() throws IOException {
        int tried = 0;
        int kept = 0;
        for (Path sample : samples()) {
            BpfObject object = ObjectReader.read(sample);
            if (!proven(object)) {
                continue;
            }
            for (Mutant mutant : mutants(object)) {
                tried++;
                if (proven(mutant.object())) {
                    kept++;
                    assertThat(refuted(mutant.object())).as("%s is proven, %s", sample, mutant.what()).isEmpty();
                }
            }
        }
        System.out.printf("%d mutants of proven samples, %d still proven%n", tried, kept);
        assertThat(tried).isGreaterThan(150);
        assertThat(kept).as("mutants that are as right as the sample").isLessThan(tried / 2);
    }
}
