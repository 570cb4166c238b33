package bpfmc.model.rules;

import bpfmc.model.verifier.VerifierRun;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * What the rules say of an object in one kernel.
 *
 * @param kernel that judges
 * @param maps what is wrong with its maps; a map that the kernel refuses keeps the whole object from loading
 * @param programs in the object's order
 */
public record Judgement(Kernel kernel, ImmutableList<Finding> maps, ImmutableList<OfProgram> programs) {

    /**
     * What the rules say of one program.
     *
     * @param findings each rule at each instruction once
     * @param gap why not every way through the program could be followed
     */
    public record OfProgram(String name, ImmutableList<Finding> findings, Optional<VerifierRun.Gap> gap) {
        /** {@return whether the kernel refuses the program} */
        public boolean rejected() {
            return findings.anySatisfy(Finding::rejects);
        }
    }

    /** {@return every finding} */
    public ImmutableList<Finding> findings() {
        return maps.newWithAll(programs.flatCollect(OfProgram::findings));
    }

    /** {@return whether the kernel refuses one of the maps or programs} */
    public boolean rejected() {
        return findings().anySatisfy(Finding::rejects);
    }

    /** {@return whether some program could not be judged to its end} */
    public boolean incomplete() {
        return programs.anySatisfy(p -> p.gap().isPresent());
    }
}
