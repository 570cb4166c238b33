package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a call does at run time depends on the kernel that {@code --kernel} names. */
class KernelBehaviourTest {
    private static final String CANCELS = "../specs/timer/cancel_each_other_checked.bpf.o";

    @Test
    void callbacksThatCancelEachOthersTimersWaitForEverBeforeLinux610() {
        Cli old = Cli.run("check", "--kernel", "6.6", CANCELS);
        assertThat(old.code()).isEqualTo(1);
        assertThat(old.out()).contains("deadlock", "helpers behave as in Linux 7.3, but for this:",
                "not: callbacks that cancel each other's timers are refused with -EDEADLK");
    }

    @Test
    void theNewestKernelRefusesOneOfThem() {
        Cli newest = Cli.run("check", CANCELS);
        assertThat(newest.code()).isZero();
        assertThat(newest.out()).contains("HOLDS").doesNotContain("helpers behave as in");
    }
}
