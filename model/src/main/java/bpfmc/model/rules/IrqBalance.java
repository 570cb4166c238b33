package bpfmc.model.rules;

import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** Interrupt flags are restored where the program ends, and only saved ones are restored. */
final class IrqBalance {
    private static final String ID = "irq-balance";

    private IrqBalance() {}

    /** Where the program is left. */
    static final class AtExit implements LockRule.OfRun {
        @Override
        public String id() {
            return ID;
        }

        @Override
        public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
            return m.custody().irqs().getLastOptional().flatMap(flag -> Regions.exit(m, kernel)
                    .map(e -> e.inside("the interrupt flags saved here are not restored").since(flag.at())));
        }
    }

    /** The flags that a call saves or restores, looked at after the lock that it is handed as well. */
    static final class Flags implements LockRule.OfRun {
        @Override
        public String id() {
            return ID;
        }

        @Override
        public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
            Optional<Integer> argument = restores(m);
            if (argument.isPresent() && m.irqFlag(argument.get()).isEmpty()) {
                return Optional.of(Breach.because("it restores interrupt flags that were not saved").saying("uninitialized", argument.get(), argument.get() - 1));
            }
            Optional<Integer> saved = saves(m);
            return saved.isPresent() && m.irqFlag(saved.get()).isPresent()
                    ? Optional.of(Breach.because("it saves interrupt flags over others that were not restored").saying("initialized", saved.get(), saved.get() - 1))
                    : Optional.empty();
        }
    }

    /** {@return the argument that points to the flags which the instruction restores} */
    static Optional<Integer> restores(VerifierPoint m) {
        return switch (m.kfunc()) {
            case "bpf_local_irq_restore" -> Optional.of(1);
            case "bpf_res_spin_unlock_irqrestore" -> Optional.of(2);
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> saves(VerifierPoint m) {
        return switch (m.kfunc()) {
            case "bpf_local_irq_save" -> Optional.of(1);
            case "bpf_res_spin_lock_irqsave" -> Optional.of(2);
            default -> Optional.empty();
        };
    }
}
