package bpfmc.explorer.cli;

import bpfmc.explorer.check.RuleChoice;
import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.rules.Kernel;
import bpfmc.model.rules.LockRules;
import bpfmc.model.rules.RulePage;
import java.util.List;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import picocli.CommandLine.Option;

/** Which kernel's lock rules count, and which of them do not. */
final class RuleOptions {
    static final String ALL = "all";

    @Option(names = "--kernel", paramLabel = "VERSION", description = "Judge by the lock rules of this kernel (default: the newest known).")
    private String kernel = KernelVersion.NEWEST.toString();

    @Option(names = "--waive", paramLabel = "RULE", description = "Do not ask this rule. May be repeated; echoed.")
    private List<String> waived = List.of();

    @Option(names = "--unprivileged", description = "The loader has no CAP_BPF.")
    private boolean unprivileged;

    boolean allKernels() {
        return kernel.equals(ALL);
    }

    boolean privileged() {
        return !unprivileged;
    }

    /** {@return the kernel that judges: the newest known one that is not newer than the one asked for} */
    Kernel kernel() {
        KernelVersion asked = KernelVersion.parse(kernel);
        if (!asked.atLeast(KernelVersion.KNOWN.getFirst())) {
            throw new InputException("--kernel " + kernel + ": bpf_spin_lock exists since Linux " + KernelVersion.KNOWN.getFirst());
        }
        if (!KernelVersion.NEWEST.atLeast(asked)) {
            throw new InputException("--kernel " + kernel + ": the newest kernel whose rules are known is " + KernelVersion.NEWEST);
        }
        return new Kernel(asked, !unprivileged);
    }

    /** {@return the ids of the rules that are not asked} */
    ImmutableList<String> waived() {
        for (String rule : waived) {
            requireRule(rule);
        }
        return Lists.immutable.withAll(waived).distinct();
    }

    static RulePage requireRule(String id) {
        return LockRules.page(id).orElseThrow(() -> new InputException("there is no rule '" + id + "'" + Nearest.hint(LockRules.pages().collect(RulePage::id), id)
                + " 'bpfmc explain' lists all"));
    }

    /** {@return the rules that count} */
    RuleChoice choice() {
        return new RuleChoice(kernel(), waived());
    }
}
