package bpfmc.explorer.check;

import bpfmc.model.kernel.Behaviour;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.rules.Kernel;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Which kernel's lock rules count, and which of them do not.
 *
 * @param kernel that judges, and whose helpers the programs call @param waived ids of rules that are not asked
 * @param witness what the running kernel said of the programs, if it was asked
 */
public record RuleChoice(Kernel kernel, ImmutableList<String> waived, Optional<KernelWitness> witness) {
    /** What is taken for granted of programs that no kernel was asked about. */
    static final String VERIFIER = "the kernel's verifier accepts the programs (memory safety, termination)";

    /** All rules of the newest kernel, for a loader with CAP_BPF. */
    public static final RuleChoice NEWEST = new RuleChoice(new Kernel(KernelVersion.NEWEST, true), Lists.immutable.empty(), Optional.empty());

    /** {@return what the scope says of programs that the running kernel accepts} @param programs that take part */
    ImmutableList<String> settings(ImmutableList<String> programs) {
        return witness.map(w -> w.settings(programs)).orElse(Lists.immutable.empty());
    }

    /** {@return what verdicts take for granted, a sentence each} @param programs that take part */
    ImmutableList<String> assumptions(ImmutableList<String> programs) {
        MutableList<String> sentences = Lists.mutable.with("the lock rules of Linux " + kernel.version()
                + (kernel.privileged() ? "" : " for a loader without CAP_BPF"));
        if (!kernel.version().equals(KernelVersion.NEWEST)) {
            ImmutableList<String> differences = Behaviour.differences(kernel.version());
            sentences.add("helpers behave as in Linux " + KernelVersion.NEWEST + (differences.isEmpty() ? "" : ", but for this: " + differences.makeString("; ")));
        }
        if (!waived.isEmpty()) {
            sentences.add("WAIVED, the kernel does not load such programs: " + waived.makeString(", "));
        }
        return sentences.withAll(witness.map(w -> w.assumptions(programs)).orElse(Lists.immutable.with(VERIFIER))).toImmutable();
    }
}
