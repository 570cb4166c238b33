package bpfmc.explorer.locks;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.locks.LockCheck.Fault;
import bpfmc.explorer.search.Limits;
import bpfmc.model.lock.Defect;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Right locks hold with exactly so many states; each broken one is caught, with the run that shows it. */
class LockCheckTest {
    private static LockCheck.Result check(LockScenario scenario, String lock, Defect defect) {
        return LockCheck.of(scenario, lock, defect, Limits.NONE);
    }

    @ParameterizedTest
    @CsvSource({"trivial,2,2,45,19", "trivial,3,2,275,55", "trivial,4,1,189,21", "ticket,2,2,61,24",
        "ticket,3,2,519,94", "ticket,4,1,408,28", "queued,2,2,189,78", "queued,3,2,15186,2446",
        "queued,4,1,3002,182", "resilient,2,2,105,52", "resilient,3,2,1159,233", "resilient,4,1,1060,94"})
    void parallelSectionsExcludeEachOther(String lock, int cpus, int sections, long inFull, long states) {
        LockScenario scenario = LockScenario.parallel(cpus, sections);
        assertThat(LockCheck.inFull(scenario, lock, Defect.NONE, Limits.NONE)).matches(LockCheck.Result::holds).extracting(LockCheck.Result::states)
                .isEqualTo(inFull);
        assertThat(check(scenario, lock, Defect.NONE)).matches(LockCheck.Result::holds).extracting(LockCheck.Result::states).isEqualTo(states);
    }

    @ParameterizedTest
    @EnumSource(Defect.class)
    void takingCpusForOneAnotherHidesNoFaultAndMakesNone(Defect defect) {
        var locks = defect == Defect.NONE ? List.of("trivial", "ticket", "queued", "resilient") : List.of(defect.lock());
        for (String lock : locks) {
            for (LockScenario scenario : List.of(LockScenario.parallel(3, 1), LockScenario.irqsave(2), LockScenario.plain(2), LockScenario.nested(2),
                    LockScenario.ring(2), LockScenario.ring(3).withTimeouts(), LockScenario.nested(2).withTimeouts())) {
                LockCheck.Result full = LockCheck.inFull(scenario, lock, defect, Limits.NONE);
                LockCheck.Result alike = check(scenario, lock, defect);
                assertThat(alike.fault()).as(lock + ", " + scenario.name()).isEqualTo(full.fault());
                assertThat(alike.trace()).as(lock + ", " + scenario.name()).hasSameSizeAs(full.trace());
            }
        }
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
        assertThat(check(LockScenario.ring(2), "resilient", Defect.NONE).holds()).isTrue();
        assertThat(check(LockScenario.ring(2), "queued", Defect.NONE).fault()).contains(Fault.DEADLOCK);
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

    @ParameterizedTest
    @CsvSource({"3,2,239", "4,1,95"})
    void waitersMayGiveUpAtAnyTime(int cpus, int sections, long states) {
        assertThat(check(LockScenario.parallel(cpus, sections).withTimeouts(), "resilient", Defect.NONE)).matches(LockCheck.Result::holds)
                .extracting(LockCheck.Result::states).isEqualTo(states);
        assertThat(check(LockScenario.nested(3).withTimeouts(), "resilient", Defect.NONE).holds()).isTrue();
        assertThat(check(LockScenario.irqsave(3).withTimeouts(), "resilient", Defect.NONE).holds()).isTrue();
    }

    /** check_deadlock_ABBA looks at pairs: "not exhaustive, and we rely on timeouts as the final line of defense". */
    @Test
    void onlyTimeoutsEndADeadlockOfThree() {
        assertThat(check(LockScenario.ring(3), "resilient", Defect.NONE).fault()).contains(Fault.DEADLOCK);
        assertThat(check(LockScenario.ring(3).withTimeouts(), "resilient", Defect.NONE).holds()).isTrue();
        assertThat(check(LockScenario.ring(2).withTimeouts(), "resilient", Defect.NO_DETECTION).holds()).isTrue();
        assertThat(check(LockScenario.ring(2).withTimeouts(), "queued", Defect.NONE).fault()).contains(Fault.DEADLOCK);
    }

    @Test
    void whatARefusalLeavesBehindIsFound() {
        LockCheck.Result result = check(LockScenario.ring(2), "resilient", Defect.KEPT_ENTRY);
        assertThat(result.fault()).contains(Fault.LEFT_BEHIND);
        assertThat(result.trace()).isNotEmpty();
    }

    @Test
    void deadlocksAreFoundOnlyWhenLookedFor() {
        assertThat(check(LockScenario.plain(2), "resilient", Defect.NO_DETECTION).fault()).contains(Fault.DEADLOCK);
        assertThat(check(LockScenario.ring(2), "resilient", Defect.NO_DETECTION).fault()).contains(Fault.DEADLOCK);
    }

    @Test
    void aLimitIsNoProof() {
        LockCheck.Result result = LockCheck.of(LockScenario.parallel(3, 2), "queued", Defect.NONE, Limits.NONE.withMaxStates(100));
        assertThat(result.fault()).isEmpty();
        assertThat(result.holds()).isFalse();
        assertThat(result.limit()).isPresent();
    }
}
