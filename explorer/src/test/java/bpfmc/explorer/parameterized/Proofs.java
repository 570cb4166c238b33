package bpfmc.explorer.parameterized;

import bpfmc.explorer.scenario.Alternatives;
import bpfmc.explorer.scenario.Contexts;
import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.ScenarioSpace;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.load.ObjectReader;
import bpfmc.model.program.load.TailCalls;
import bpfmc.model.verifier.CallbackUses;
import java.nio.file.Path;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/** Proofs of sample objects, as {@code check --cpus any} makes them. */
public final class Proofs {
    private Proofs() {}

    public static Proof of(Path file) {
        BpfObject object = CallbackUses.added(TailCalls.followed(ObjectReader.read(file)));
        Alternatives alternatives = Alternatives.of(object.programs());
        return AnyNumber.of(new ScenarioSpace(object, object.programs().reject(p -> alternatives.programs().contains(p.name())), IntSets.immutable.empty(), 2, 1,
                CpuRules.DEFAULT, Contexts.OF_SECTIONS, alternatives), true, () -> false);
    }

    /** @param name as in "lock/hash_elem" */
    static Proof ofSample(String name) {
        return of(Path.of("../specs/" + name + ".bpf.o"));
    }
}
