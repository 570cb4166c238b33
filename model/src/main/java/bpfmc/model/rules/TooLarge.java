package bpfmc.model.rules;

import bpfmc.model.verifier.VerifierRun;
import java.util.Optional;

/** No loop that the verifier has to follow round by round takes more instructions than it follows. */
final class TooLarge implements LockRule.OfGap {
    @Override
    public String id() {
        return "too-large";
    }

    @Override
    public Optional<Breach> judge(VerifierRun.Gap gap, Kernel kernel) {
        return switch (gap.kind()) {
            case OURS -> Optional.empty();
            case TOO_LARGE -> Optional.of(Breach.because("the loop goes around for more than a million instructions, as far as the verifier can tell"));
            case TOO_MANY_BRANCHES -> Optional.of(Breach.because("the rounds of the loop leave more branches open than the verifier keeps").saying("branches"));
            case INFINITE_LOOP -> Optional.of(Breach.because("a round of the loop changes nothing that the verifier sees").saying("infinite", gap.slot()));
        };
    }
}
