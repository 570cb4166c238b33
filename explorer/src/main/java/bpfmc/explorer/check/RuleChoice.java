package bpfmc.explorer.check;

import bpfmc.model.kernel.Behaviour;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.rules.Kernel;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Which kernel's lock rules count, and which of them do not.
 *
 * @param kernel that judges, and whose helpers the programs call @param waived ids of rules that are not asked
 */
public record RuleChoice(Kernel kernel, ImmutableList<String> waived) {
    /** All rules of the newest kernel, for a loader with CAP_BPF. */
    public static final RuleChoice NEWEST = new RuleChoice(new Kernel(KernelVersion.NEWEST, true), Lists.immutable.empty());

    /** {@return what verdicts take for granted, a sentence each} */
    ImmutableList<String> assumptions() {
        MutableList<String> sentences = Lists.mutable.with("the lock rules of Linux " + kernel.version()
                + (kernel.privileged() ? "" : " for a loader without CAP_BPF"));
        if (!kernel.version().equals(KernelVersion.NEWEST)) {
            ImmutableList<String> differences = Behaviour.differences(kernel.version());
            sentences.add("helpers behave as in Linux " + KernelVersion.NEWEST + (differences.isEmpty() ? "" : ", but for this: " + differences.makeString("; ")));
        }
        if (!waived.isEmpty()) {
            sentences.add("WAIVED, the kernel does not load such programs: " + waived.makeString(", "));
        }
        return sentences.toImmutable();
    }
}
