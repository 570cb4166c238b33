package bpfmc.explorer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.search.Figures;
import bpfmc.explorer.search.LimitReached;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Outcome;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.search.SearchTask;
import bpfmc.explorer.search.StoragePolicy;
import bpfmc.explorer.toy.TwoElements;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    private Outcome<String> search(Path where, Limits limits) {
        return Search.explore(SearchTask.of(new TwoElements(6), (state, terminal, found) -> found.accept("seen")),
                new StoragePolicy(StoragePolicy.States.ALL, false, new CheckpointFile(where, "two", Duration.ofNanos(1), warnings::add)), limits, new bpfmc.explorer.search.Threads(1), Progress.NONE);
    }

    @Test
    void manyShortSearchesAreOneLongOne() {
        Outcome<String> last = search(folder, Limits.NONE.withMaxStates(1));
        int searches = 1;
        for (long states = 500; !last.finished(); states += 5_000) {
            assertThat(last.figures().states()).isLessThan(60_160);
            last = search(folder, Limits.NONE.withMaxStates(states));
            searches++;
        }
        assertThat(searches).isGreaterThan(10);
        assertThat(last.findings()).containsExactly("seen");
        Figures whole = Search.explore(new TwoElements(6), (state, terminal, found) -> { }, Limits.NONE, Progress.NONE).figures();
        assertThat(last.figures()).usingRecursiveComparison().ignoringFields("nanos", "bytes").isEqualTo(whole);
        assertThat(search(folder, Limits.NONE).figures().states()).as("one that had ended").isEqualTo(60_160);
        assertThat(warnings).isEmpty();
    }

    @Test
    void whereNothingCanBeKeptTheSearchGoesOnAndSaysSo() {
        Outcome<String> whole = search(folder.resolve("gone"), Limits.NONE);
        assertThat(whole.finished()).isTrue();
        assertThat(whole.figures().states()).isEqualTo(60_160);
        assertThat(warnings).isNotEmpty().allSatisfy(w -> assertThat(w).contains("two.search", "cannot be kept", "it goes on"));
    }

    @Test
    void aRoomTooSmallForWhatWasKeptIsALimit() {
        search(folder, Limits.NONE);
        assertThat(search(folder, Limits.NONE.withMaxMemoryBytes(300_000)).end())
                .isInstanceOfSatisfying(LimitReached.class, l -> assertThat(l.kind()).isEqualTo(LimitReached.Kind.MEMORY));
    }
}
