package bpfmc.model.rules;

import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.Helper;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** The regions around locks: RCU read sections, and where preemption or interrupts are disabled. */
final class Regions {
    /** Where a program hands over to another. */
    static final Exit TAIL_CALL = new Exit("tail_call", "where another program takes over", false);

    private Regions() {}

    /** {@return what the kernel calls the region that the run is in, of several the first that it looks for; locks aside} */
    static Optional<String> around(VerifierPoint m) {
        return m.custody().rcu() > 0 ? Optional.of("rcu_read_lock region")
                : m.custody().preempt() > 0 ? Optional.of("non-preemptible region")
                : m.custody().irqs().notEmpty() ? Optional.of("IRQ-disabled region") : Optional.empty();
    }

    /** A way out of the program. @param words what the kernel calls it @param why in ours @param end whether it is the program's own end */
    record Exit(String words, String why, boolean end) {
        /** @param region in our words @param words of the kernel for it */
        Breach inside(String region) {
            Breach breach = Breach.because(region + " " + why);
            return end ? breach.with(words) : breach.saying("inside", words);
        }
    }

    static boolean tailCall(VerifierPoint m) {
        return m.helper().filter(h -> h.effects().contains(Helper.Effect.TAIL_CALL)).isPresent();
    }

    /** {@return how the program is left at this instruction, empty when it is not} An exit from a called function leaves nothing. */
    static Optional<Exit> exit(VerifierPoint m, Kernel kernel) {
        if (m.instruction() instanceof Instruction.Exit && m.depth() == 0) {
            return Optional.of(new Exit("BPF_EXIT instruction in main prog", "where the program ends", true));
        }
        if (m.function().equals("bpf_throw")) {
            return Optional.of(new Exit("bpf_throw", "where bpf_throw ends the program", false));
        }
        if (kernel.atLeast(6, 12) && tailCall(m)) {
            return Optional.of(TAIL_CALL);
        }
        return m.instruction() instanceof Instruction.LoadPacket
                ? Optional.of(new Exit("BPF_LD_[ABS|IND]", "where the load may end the program", false)) : Optional.empty();
    }
}
