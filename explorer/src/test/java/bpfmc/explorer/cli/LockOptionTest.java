package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code check --lock}. */
class LockOptionTest {
    private static final String LOCKED = "../specs/lock/two_programs_locked.bpf.o";
    private static final String STORE = "../specs/why/store_to_lock.bpf.o";

    @Test
    void theScopeNamesTheImplementation() {
        assertThat(Cli.run("check", "--lock", "queued", LOCKED).out()).contains("bpf_spin_lock step by step as a queued lock (--lock queued)");
        assertThat(Cli.run("check", LOCKED).out()).doesNotContain("step by step");
    }

    @Test
    void stepsOfTheLockAreTold() {
        Cli run = Cli.run("check", "--lock", "queued", "--interrupts", "none", "--waive", "field-access", STORE);
        assertThat(run.code()).isEqualTo(ExitCodes.VIOLATED);
        assertThat(run.out()).contains("Two CPUs own the same lock", "[1] exchanges 0 for locked", "store 0");
    }

    @Test
    void aWaiterForALockThatNobodyOwnsIsADeadlock() {
        Cli run = Cli.run("check", "--lock", "ticket", "--interrupts", "none", "--waive", "field-access", STORE);
        assertThat(run.out()).contains("deadlock", "which nobody owns", "[2] waits until its ticket is served");
    }

    @Test
    void anUnknownImplementationIsAUsageError() {
        Cli run = Cli.run("check", "--lock", "quued", LOCKED);
        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("there is no lock implementation 'quued'; there are specification, trivial, ticket, queued, resilient, resilient-tas");
    }
}
