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
        "queued,4,1,3002,182", "resilient,2,2,333,161", "resilient,3,2,30691,5254", "resilient,4,1,10208,615",
        "resilient-tas,2,2,105,52", "resilient-tas,3,2,1159,233", "resilient-tas,4,1,1060,94"})
    void parallelSectionsExcludeEachOther(String lock, int cpus, int sections, long inFull, long states) {
        LockScenario scenario = LockScenario.parallel(cpus, sections);
        assertThat(LockCheck.inFull(scenario, lock, Defect.NONE, Limits.NONE)).matches(LockCheck.Result::holds).extracting(LockCheck.Result::states)
                .isEqualTo(inFull);
        assertThat(check(scenario, lock, Defect.NONE)).matches(LockCheck.Result::holds).extracting(LockCheck.Result::states).isEqualTo(states);
    }

    @ParameterizedTest
    @EnumSource(Defect.class)
    void takingCpusForOneAnotherHidesNoFaultAndMakesNone(Defect defect) {
        var locks = defect == Defect.NONE ? List.of("trivial", "ticket", "queued", "resilient", "resilient-tas") : defect.locks();
        for (String lock : locks) {
            for (LockScenario scenario : List.of(LockScenario.parallel(3, 1), LockScenario.irqsave(2), LockScenario.plain(2), LockScenario.nested(2),
                    LockScenario.ring(2), LockScenario.crowdedRing(), LockScenario.ring(3).withTimeouts(), LockScenario.nested(2).withTimeouts())) {
                LockCheck.Result full = LockCheck.inFull(scenario, lock, defect, Limits.NONE);
                LockCheck.Result alike = check(scenario, lock, defect);
                assertThat(alike.fault()).as(lock + ", " + scenario.name()).isEqualTo(full.fault());
                assertThat(alike.trace()).as(lock + ", " + scenario.name()).hasSameSizeAs(full.trace());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"trivial", "ticket", "queued", "resilient", "resilient-tas"})
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

    @ParameterizedTest
    @ValueSource(strings = {"resilient", "resilient-tas"})
    void resilientLocksRefuseWhatWouldHang(String lock) {
        assertThat(check(LockScenario.plain(2), lock, Defect.NONE).holds()).isTrue();
        assertThat(check(LockScenario.ring(2), lock, Defect.NONE).holds()).isTrue();
        assertThat(check(LockScenario.crowdedRing(), lock, Defect.NONE).holds()).isTrue();
        assertThat(check(LockScenario.ring(2), "queued", Defect.NONE).fault()).contains(Fault.DEADLOCK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trivial", "ticket", "queued", "resilient", "resilient-tas"})
    void anNmiMayTakeAnotherLockAtAnyPoint(String lock) {
        assertThat(check(LockScenario.nested(3), lock, Defect.NONE).holds()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"NO_EXCHANGE,MUTUAL_EXCLUSION", "PLAIN_INCREMENT,MUTUAL_EXCLUSION", "LOST_TAIL,MUTUAL_EXCLUSION", "EARLY_HAND_OVER,DEADLOCK"})
    void brokenLocksAreCaught(Defect defect, Fault fault) {
        LockCheck.Result result = check(LockScenario.parallel(3, 2), defect.locks().getFirst(), defect);
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
    @CsvSource({"resilient,2,2,258", "resilient,3,2,10026", "resilient,4,1,1474", "resilient-tas,2,2,56", "resilient-tas,3,2,239", "resilient-tas,4,1,95"})
    void waitersMayGiveUpAtAnyTime(String lock, int cpus, int sections, long states) {
        assertThat(check(LockScenario.parallel(cpus, sections).withTimeouts(), lock, Defect.NONE)).matches(LockCheck.Result::holds)
                .extracting(LockCheck.Result::states).isEqualTo(states);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resilient", "resilient-tas"})
    void waitersMayGiveUpWhereContextsNest(String lock) {
        for (LockScenario scenario : List.of(LockScenario.irqsave(3), LockScenario.nested(3), LockScenario.plain(2), LockScenario.ring(2),
                LockScenario.crowdedRing())) {
            assertThat(check(scenario.withTimeouts(), lock, Defect.NONE).holds()).as(scenario.name()).isTrue();
        }
    }

    /** check_deadlock_ABBA looks at pairs: "not exhaustive, and we rely on timeouts as the final line of defense". */
    @ParameterizedTest
    @ValueSource(strings = {"resilient", "resilient-tas"})
    void onlyTimeoutsEndADeadlockOfThree(String lock) {
        assertThat(check(LockScenario.ring(3), lock, Defect.NONE).fault()).contains(Fault.DEADLOCK);
        assertThat(check(LockScenario.ring(3).withTimeouts(), lock, Defect.NONE).holds()).isTrue();
        assertThat(check(LockScenario.ring(2).withTimeouts(), lock, Defect.NO_DETECTION).holds()).isTrue();
        assertThat(check(LockScenario.ring(2).withTimeouts(), "queued", Defect.NONE).fault()).contains(Fault.DEADLOCK);
    }

    /** The owners wait for each other, but in the queues, where nobody looks; the heads look, but own nothing. */
    @Test
    void onlyTimeoutsEndADeadlockOfTwoBehindOthers() {
        assertThat(check(LockScenario.behindHeads(), "resilient", Defect.NONE).fault()).contains(Fault.DEADLOCK);
        assertThat(check(LockScenario.behindHeads(), "resilient-tas", Defect.NONE).holds()).isTrue();
        assertThat(check(LockScenario.behindHeads().withTimeouts(), "resilient", Defect.NONE).holds()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"resilient", "resilient-tas"})
    void whatARefusalLeavesBehindIsFound(String lock) {
        LockCheck.Result result = check(LockScenario.ring(2), lock, Defect.KEPT_ENTRY);
        assertThat(result.fault()).contains(Fault.LEFT_BEHIND);
        assertThat(result.trace()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"resilient", "resilient-tas"})
    void deadlocksAreFoundOnlyWhenLookedFor(String lock) {
        assertThat(check(LockScenario.plain(2), lock, Defect.NO_DETECTION).fault()).contains(Fault.DEADLOCK);
        assertThat(check(LockScenario.ring(2), lock, Defect.NO_DETECTION).fault()).contains(Fault.DEADLOCK);
    }

    /** Where an interrupt takes the lock of what it interrupted it stands in the queue, and the clock is the head's alone. */
    @Test
    void whoStandsInTheQueueDependsOnTheHead() {
        assertThat(check(LockScenario.plain(2).withTimeouts(), "resilient", Defect.NO_DETECTION).fault()).contains(Fault.DEADLOCK);
        assertThat(check(LockScenario.plain(2).withTimeouts(), "resilient-tas", Defect.NO_DETECTION).holds()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"KEPT_TAIL,DEADLOCK", "SILENT_HEAD,DEADLOCK"})
    void aHeadThatGivesUpHasToTell(Defect defect, Fault fault) {
        assertThat(check(LockScenario.parallel(3, 2), "resilient", defect).holds()).isTrue();
        LockCheck.Result result = check(LockScenario.parallel(3, 2).withTimeouts(), "resilient", defect);
        assertThat(result.fault()).contains(fault);
        assertThat(result.trace().getLast().text()).startsWith("stands before");
        assertThat(result.trace()).anyMatch(s -> s.text().endsWith("too long, gives up"));
    }

    /** The fault of Linux 6.19 to 7.1: no timeout ends this wait. */
    @Test
    void aHeadThatSeesADeadlockMayHaveNoSuccessor() {
        LockCheck.Result result = check(LockScenario.crowdedRing().withTimeouts(), "resilient", Defect.AWAITED_SUCCESSOR);
        assertThat(result.fault()).contains(Fault.DEADLOCK);
        assertThat(result.trace().getLast().text()).isEqualTo("stands before [23] waits until its successor is linked");
    }

    @Test
    void aLimitIsNoProof() {
        LockCheck.Result result = LockCheck.of(LockScenario.parallel(3, 2), "queued", Defect.NONE, Limits.NONE.withMaxStates(100));
        assertThat(result.fault()).isEmpty();
        assertThat(result.holds()).isFalse();
        assertThat(result.limit()).isPresent();
    }
}
