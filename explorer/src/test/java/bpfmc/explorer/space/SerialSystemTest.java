package bpfmc.explorer.space;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.toy.Naive;
import bpfmc.explorer.toy.Toys;
import bpfmc.explorer.toy.Toys.Locking;
import org.junit.jupiter.api.Test;

class SerialSystemTest {
    @Test
    void oneAfterTheOtherLosesNoUpdate() {
        int threads = 3;
        TransitionSystem counter = Toys.counter(threads, Locking.NONE);
        TransitionSystem serial = new SerialSystem(counter, threads,
                (state, actor) -> state[2 + actor] > 0 && state[2 + actor] < 3 + threads);

        assertThat(Search.terminals(serial, Limits.NONE, Progress.NONE).findings())
                .containsExactly(Step.of(0, 0, 3, 0, 6, 6, 6).state());
        assertThat(Search.terminals(counter, Limits.NONE, Progress.NONE).findings()).hasSize(3);
        // A thread that runs takes 3 states between, for each set of those that ran before.
        assertThat(Naive.explore(serial).states()).hasSize(8 + 3 * 3 * 4);
    }

    @Test
    void whoIsUnderWayAndCannotMoveEndsTheRun() {
        TransitionSystem philosophers = Toys.philosophers(2);
        TransitionSystem serial = new SerialSystem(philosophers, 2, (state, actor) -> state[actor] == 1);

        assertThat(Naive.explore(serial).terminals()).isEmpty();
        assertThat(Naive.steps(serial, Step.of(0, 0, 1, 1).state())).isEmpty();
        assertThat(Naive.steps(serial, Step.of(0, 0, 0, 1).state())).containsExactly(Step.of(1, 0, 0, 2));
        assertThat(Naive.steps(serial, Step.of(0, 0, 0, 0).state()))
                .containsExactly(Step.of(0, 0, 1, 0), Step.of(1, 0, 0, 1));
    }

    @Test
    void startsWhereTheWrappedSystemStarts() {
        TransitionSystem serial = new SerialSystem(Toys.graph("7 a 8"), 1, (state, actor) -> false);

        assertThat(serial.width()).isEqualTo(1);
        assertThat(Naive.initial(serial)).isEqualTo(Step.of(0, 0, 7).state());
    }
}
