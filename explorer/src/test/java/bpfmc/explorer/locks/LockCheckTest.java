package bpfmc.explorer.locks;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.locks.LockCheck.Fault;
import bpfmc.explorer.search.Limits;
import bpfmc.model.lock.Defect;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Right locks hold with exactly so many states; each broken one is caught, with the run that shows it. */
class LockCheckTest {
    private static LockCheck.Result check(LockScenario scenario, String lock, Defect defect) {
        return LockCheck.of(scenario, lock, defect, Limits.NONE);
    }

    @ParameterizedTest
    @CsvSource({"trivial,2,2,45", "trivial,3,2,275", "trivial,4,1,189", "ticket,2,2,61", "ticket,3,2,519", "ticket,4,1,408", "queued,2,2,189",
        "queued,3,2,15186", "queued,4,1,3002", "resilient,2,2,105", "resilient,3,2,1159", "resilient,4,1,1060"})
    void parallelSectionsExcludeEachOther(String lock, int cpus, int sections, long states) {
        LockCheck.Result result = check(LockScenario.parallel(cpus, sections), lock, Defect.NONE);
        assertThat(result.holds()).isTrue();
        assertThat(result.states()).isEqualTo(states);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trivial", "ticket", "queued", "resilient"})
    void interruptsThatIrqsaveKeepsAwayDoNoHarm(String lock) {
        assertThat(check(LockScenario.irqsave(3), lock, Defect.NONE).holds()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trivial", "ticket", "queued"})
    void anInterruptThatTakesTheLockOfWhatItInterruptedHangs(String lock) {
        LockCheck.Result result = check(LockScenario.plain(2), lock, Defect.NONE);
        assertThat(result.fault()).contains(Fault.DEADLOCK);
        List<LockCheck.TraceStep> last = result.trace().castToList();
        assertThat(last.getFirst().level()).isZero();
        assertThat(last).anyMatch(s -> s.level() == 1 && s.text().startsWith("stands before"));
    }

    @Test
    void theResilientLockRefusesWhatWouldHang() {
        assertThat(check(LockScenario.plain(2), "resilient", Defect.NONE).holds()).isTrue();
        assertThat(check(LockScenario.crossed(), "resilient", Defect.NONE).holds()).isTrue();
        assertThat(check(LockScenario.crossed(), "queued", Defect.NONE).fault()).contains(Fault.DEADLOCK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trivial", "ticket", "queued", "resilient"})
    void anNmiMayTakeAnotherLockAtAnyPoint(String lock) {
        assertThat(check(LockScenario.nested(3), lock, Defect.NONE).holds()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"NO_EXCHANGE,MUTUAL_EXCLUSION", "PLAIN_INCREMENT,MUTUAL_EXCLUSION", "LOST_TAIL,MUTUAL_EXCLUSION", "EARLY_HAND_OVER,DEADLOCK"})
    void brokenLocksAreCaught(Defect defect, Fault fault) {
        LockCheck.Result result = check(LockScenario.parallel(3, 2), defect.lock(), defect);
        assertThat(result.fault()).contains(fault);
        assertThat(result.trace()).isNotEmpty();
    }

    @Test
    void aTicketDrawnByLoadAndStoreBreaksTheOrderOrTheExclusion() {
        LockCheck.Result result = check(LockScenario.parallel(2, 1), "ticket", Defect.PLAIN_INCREMENT);
        assertThat(result.fault()).isPresent();
    }

    @Test
    void queueNodesAreForOneContextEach() {
        assertThat(check(LockScenario.queuedTwice(), "queued", Defect.NONE).holds()).isTrue();
        assertThat(check(LockScenario.queuedTwice(), "queued", Defect.NODE_IGNORES_LEVEL).fault()).contains(Fault.DEADLOCK);
    }

    @Test
    void deadlocksAreFoundOnlyWhenLookedFor() {
        assertThat(check(LockScenario.plain(2), "resilient", Defect.NO_DETECTION).fault()).contains(Fault.DEADLOCK);
        assertThat(check(LockScenario.crossed(), "resilient", Defect.NO_DETECTION).fault()).contains(Fault.DEADLOCK);
    }

    @Test
    void aLimitIsNoProof() {
        LockCheck.Result result = LockCheck.of(LockScenario.parallel(3, 2), "queued", Defect.NONE, Limits.NONE.withMaxStates(100));
        assertThat(result.fault()).isEmpty();
        assertThat(result.holds()).isFalse();
        assertThat(result.limit()).isPresent();
    }
}
