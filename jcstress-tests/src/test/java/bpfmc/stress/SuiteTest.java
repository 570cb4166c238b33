package bpfmc.stress;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.stress.Suite.Verdict;
import org.junit.jupiter.api.Test;

class SuiteTest {
    @Test
    void aRightSuiteFailsOnWhatIsForbiddenAndOnTroubleOfTheHarness() {
        assertThat(Suite.verdict("locks.X", true, false)).isEqualTo(Verdict.PASSED);
        assertThat(Suite.verdict("locks.X", false, false)).isEqualTo(Verdict.FAILED);
        assertThat(Suite.verdict("locks.X", true, true)).isEqualTo(Verdict.FAILED);
    }

    @Test
    void aTwinThatIsNotCaughtIsNoSuccess() {
        assertThat(Suite.verdict("broken.X", false, false)).isEqualTo(Verdict.CAUGHT);
        assertThat(Suite.verdict("broken.X", true, false)).isEqualTo(Verdict.MISSED);
        assertThat(Suite.verdict("broken.X", true, true)).isEqualTo(Verdict.FAILED);
        assertThat(Suite.verdict("broken.MissingRelease", true, false)).isEqualTo(Verdict.NOT_SHOWN);
        assertThat(Verdict.MISSED.good()).isFalse();
    }
}
