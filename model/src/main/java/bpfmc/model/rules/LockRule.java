package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.verifier.VerifierPoint;
import bpfmc.model.verifier.VerifierRun;
import java.util.Optional;

/**
 * One condition that the kernel puts on locks. Pure. Which kernels hold it, their messages and the page that explains it are
 * data ({@link RulePage}); a rule is asked only for kernels that its page names.
 */
sealed interface LockRule {
    /** {@return the name by which users know it} */
    String id();

    /** A rule about the object as a whole. */
    non-sealed interface OfObject extends LockRule {
        Optional<Breach> judge(BpfObject object, Kernel kernel);
    }

    /** A rule about one map. */
    non-sealed interface OfMap extends LockRule {
        Optional<Breach> judge(BpfObject object, MapDefinition map, Kernel kernel);
    }

    /** A rule about a program that needs no run of it. */
    non-sealed interface OfProgram extends LockRule {
        /** {@return what is wrong, with the slot that shows it in {@link Breach#related()}} */
        Optional<Breach> judge(BpfObject object, BpfProgram program, Kernel kernel);
    }

    /** A rule about a program at one instruction of a run. */
    non-sealed interface OfRun extends LockRule {
        Optional<Breach> judge(VerifierPoint moment, Kernel kernel);
    }

    /** A rule about where the run of a program could not go on. */
    non-sealed interface OfGap extends LockRule {
        Optional<Breach> judge(VerifierRun.Gap gap, Kernel kernel);
    }
}
