package bpfmc.explorer.property;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.system.Run;
import bpfmc.explorer.system.Snapshot;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Observation;
import bpfmc.explorer.verdict.Subject;
import bpfmc.model.step.VisibleOperation.Access;
import bpfmc.model.step.VisibleOperation.End;
import bpfmc.model.step.VisibleOperation.ReadClock;
import java.util.function.Predicate;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;

/** A property is asked of the states that it says concern it, and of no others. */
class PropertyJudgeTest {
    private static final Pair CLOCKS = Pair.of("clock/interval_wraps", "sample + sample");

    /** Finds every pair that it is asked of. */
    private static final class AnyPair extends NamedOnly implements Property.OfPair {
        private final Predicate<Run> concerned;

        AnyPair(Predicate<Run> concerned) {
            this.concerned = concerned;
        }

        @Override
        public boolean concerns(Run run) {
            return concerned.test(run);
        }

        @Override
        public ImmutableList<Finding> judge(Run a, Run b) {
            assertThat(concerned.test(a) && concerned.test(b)).isTrue();
            return Lists.immutable.with(new Finding(this, Level.WARNING, Subject.NOTHING, Lists.immutable.with(Places.current(a), Places.current(b))));
        }
    }

    /** Finds every state that it is asked of. */
    private static final class AnyState extends NamedOnly implements Property.OfState {
        private final Predicate<Run> concerned;
        private final boolean onlyTerminal;

        AnyState(Predicate<Run> concerned, boolean onlyTerminal) {
            this.concerned = concerned;
            this.onlyTerminal = onlyTerminal;
        }

        @Override
        public boolean concerns(Run run) {
            return concerned.test(run);
        }

        @Override
        public boolean onlyTerminal() {
            return onlyTerminal;
        }

        @Override
        public ImmutableList<Finding> judge(Snapshot state, boolean terminal) {
            return Lists.immutable.with(new Finding(this, Level.WARNING, new Subject(-1, terminal ? 1 : 0, 0), Lists.immutable.empty()));
        }
    }

    private static ImmutableList<Observation> observed(Property property) {
        return CLOCKS.observed(Lists.immutable.with(property));
    }

    private static boolean reads(Run run) {
        return run.state().operation() instanceof ReadClock;
    }

    /** Before, only pairs that access memory or own locks were asked of, whatever the property was about. */
    @Test
    void asksOfPairsThatStandBeforeOtherThingsThanAccesses() {
        assertThat(observed(new AnyPair(PropertyJudgeTest::reads))).hasSize(1);
    }

    @Test
    void asksOfNoPairOfWhichOnlyOneIsConcerned() {
        assertThat(observed(new AnyPair(run -> false))).isEmpty();
        assertThat(observed(new AnyPair(run -> run.state().operation() instanceof Access && run.state().held().notEmpty()))).isEmpty();
    }

    @Test
    void asksPropertiesOfPairsEachOfItsOwn() {
        ImmutableList<Observation> observed = CLOCKS.observed(Lists.immutable.with(new AnyPair(run -> false), new AnyPair(PropertyJudgeTest::reads), new DataRace()));
        assertThat(observed).hasSize(1).allSatisfy(o -> assertThat(((Finding) o).property()).isEqualTo("only-tested"));
    }

    @Test
    void asksOfTheWholeStateWhereAnAgentIsConcerned() {
        assertThat(observed(new AnyState(PropertyJudgeTest::reads, false))).extracting(o -> ((Finding) o).subject().offset()).containsExactly(0);
        assertThat(observed(new AnyState(run -> true, true))).extracting(o -> ((Finding) o).subject().offset()).containsOnly(1);
        assertThat(observed(new AnyState(run -> run.state().operation() instanceof End, false))).extracting(o -> ((Finding) o).subject().offset())
                .contains(0, 1);
    }
}
