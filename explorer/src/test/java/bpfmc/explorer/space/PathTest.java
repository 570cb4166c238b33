package bpfmc.explorer.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.explorer.toy.Toys;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntLists;
import org.junit.jupiter.api.Test;

class PathTest {
    private final TransitionSystem system = Toys.graph("1 a 2 b 3 b 4", "1 a 5", "2 a 1");

    @Test
    void whatTheSystemOffersReplays() {
        assertThatCode(() -> path(1).replay(system)).doesNotThrowAnyException();
        assertThatCode(() -> path(1, Step.of(0, 1, 5)).replay(system)).doesNotThrowAnyException();
        assertThatCode(() -> path(1, Step.of(0, 0, 2), Step.of(1, 0, 3), Step.of(1, 0, 4)).replay(system))
                .doesNotThrowAnyException();
    }

    @Test
    void aFalseStartIsToldAsSuch() {
        assertThatThrownBy(() -> path(2).replay(system)).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the path cannot be replayed: "
                        + "the path starts in [2], the system in [1]. Usual cause:");
    }

    @Test
    void aStepThatIsNotOfferedIsShownBesideThoseThatAre() {
        assertThatThrownBy(() -> path(1, Step.of(0, 0, 2), Step.of(1, 0, 4)).replay(system))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("step 2 of 2 is not offered in state [2]: looked for "
                        + "Step[actor=1, choice=0, state=[4]]")
                .hasMessageContaining("the system offers "
                        + "[Step[actor=1, choice=0, state=[3]], Step[actor=0, choice=0, state=[1]]]");
    }

    @Test
    void actorAndChoiceHaveToBeRightToo() {
        assertThatThrownBy(() -> path(1, Step.of(1, 0, 2)).replay(system)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> path(1, Step.of(0, 1, 2)).replay(system)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void switchesAreCountedBetweenSteps() {
        assertThat(path(1).switches()).isZero();
        assertThat(path(1, Step.of(3, 0, 2)).switches()).isZero();
        assertThat(path(1, Step.of(3, 0, 2), Step.of(3, 0, 2), Step.of(0, 0, 2), Step.of(3, 0, 2)).switches())
                .isEqualTo(2);
    }

    @Test
    void aPathIsAValue() {
        assertThat(path(1, Step.of(0, 1, 5))).isEqualTo(path(1, Step.of(0, 1, 5)))
                .hasSameHashCodeAs(path(1, Step.of(0, 1, 5))).isNotEqualTo(path(1, Step.of(0, 1, 6)));
        assertThat(path(1, Step.of(0, 1, 5)).last()).isEqualTo(IntLists.immutable.of(5));
    }

    private static Path path(int start, Step... steps) {
        return new Path(IntLists.immutable.of(start), Lists.immutable.with(steps));
    }
}
