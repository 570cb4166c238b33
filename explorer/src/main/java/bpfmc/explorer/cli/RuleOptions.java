package bpfmc.explorer.cli;

import bpfmc.explorer.check.RuleChoice;
import bpfmc.explorer.livekernel.KernelRelease;
import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.rules.Kernel;
import bpfmc.model.rules.LockRules;
import bpfmc.model.rules.RulePage;
import java.util.List;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import picocli.CommandLine.Option;

/** Which kernel's lock rules count, and which of them do not. */
final class RuleOptions {
    static final String ALL = "all";
    static final String AGAINST_KERNEL = "--against-kernel";

    @Option(names = "--kernel", paramLabel = "VERSION", description = "Judge by the lock rules of this kernel (default: the newest known, or with --against-kernel the running one).")
    private Optional<String> kernel = Optional.empty();

    @Option(names = "--waive", paramLabel = "RULE", description = "Do not ask this rule. May be repeated; echoed.")
    private List<String> waived = List.of();

    @Option(names = "--unprivileged", description = "The loader has no CAP_BPF.")
    private boolean unprivileged;

    boolean allKernels() {
        return kernel.equals(Optional.of(ALL));
    }

    boolean privileged() {
        return !unprivileged;
    }

    /** {@return the kernel that judges: the newest known one that is not newer than the one asked for} */
    Kernel kernel() {
        KernelVersion asked = kernel.map(KernelVersion::parse).orElse(KernelVersion.NEWEST);
        if (!asked.atLeast(KernelVersion.KNOWN.getFirst())) {
            throw new InputException("--kernel " + asked + ": bpf_spin_lock exists since Linux " + KernelVersion.KNOWN.getFirst());
        }
        if (!KernelVersion.NEWEST.atLeast(asked)) {
            throw new InputException("--kernel " + asked + ": the newest kernel whose rules are known is " + KernelVersion.NEWEST);
        }
        return new Kernel(asked, !unprivileged);
    }

    /** {@return the running kernel as one that judges} @throws InputException when another one is named */
    Kernel running(KernelRelease release) {
        kernel.ifPresent(named -> {
            throw new InputException("--kernel " + named + ": " + AGAINST_KERNEL + " asks the running kernel, " + release + "; leave one of them out");
        });
        if (unprivileged) {
            throw new InputException("--unprivileged: " + AGAINST_KERNEL + " loads programs with CAP_BPF; leave one of them out");
        }
        return new Kernel(release.version(), true);
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
        return new RuleChoice(kernel(), waived(), Optional.empty());
    }
}
