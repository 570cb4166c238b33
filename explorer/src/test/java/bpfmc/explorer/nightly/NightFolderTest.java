package bpfmc.explorer.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights in folders, by times that the test names. */
class NightFolderTest {
    private static final LocalDateTime EVENING = LocalDateTime.of(2026, 11, 30, 22, 5, 9);

    @TempDir
    private Path nights;

    private static JobResult result(String name) {
        return new JobResult(name, "holds", List.of(), 7, 0.5, "", 0);
    }

    @Test
    void isNamedAfterItsBeginning() {
        assertThat(NightFolder.open(nights, EVENING).name()).isEqualTo("2026-11-30T220509");
    }

    @Test
    void goesOnWithANightThatIsNotOver() throws IOException {
        NightFolder first = NightFolder.open(nights, EVENING);
        assertThat(NightFolder.open(nights, EVENING.plusHours(1)).path()).isEqualTo(first.path());
        first.finish();
        assertThat(NightFolder.open(nights, EVENING.plusDays(1)).name()).isEqualTo("2026-12-01T220509");
        assertThat(NightFolder.all(nights).collect(NightFolder::name)).containsExactly("2026-11-30T220509", "2026-12-01T220509");
        assertThat(nights.resolve("latest").toRealPath().getFileName()).hasToString("2026-11-30T220509");
    }

    @Test
    void hasNoTwoNightsOfOneSecond() {
        NightFolder.open(nights, EVENING).finish();
        assertThatThrownBy(() -> NightFolder.open(nights, EVENING)).isInstanceOf(InputException.class).hasMessageContaining("a night of this second");
    }

    @Test
    void keepsWhatCameOfItsJobs() throws IOException {
        NightFolder night = NightFolder.open(nights, EVENING);
        Path one = night.job(1, "specs/a b.o --cpus 3");
        assertThat(one.getFileName()).hasToString("001-specs-a-b.o---cpus-3");
        assertThat(night.result(one, "a")).isEmpty();
        night.keep(one, result("a"));
        night.keep(night.job(2, "b"), result("b"));
        Files.createDirectories(night.job(3, "unfinished"));
        assertThat(night.result(one, "a")).isEqualTo(Optional.of(result("a")));
        assertThat(night.result(one, "another job of this number")).isEmpty();
        assertThat(night.results()).containsExactly(result("a"), result("b"));
    }

    @Test
    void aResultThatCannotBeReadNamesItsFile() throws IOException {
        NightFolder night = NightFolder.open(nights, EVENING);
        Path job = Files.createDirectories(night.job(1, "a"));
        Files.writeString(job.resolve("result.json"), "{");
        assertThatThrownBy(() -> night.result(job, "a")).isInstanceOf(InputException.class).hasMessageContaining("result.json").hasMessageContaining("remove the file");
    }

    @Test
    void aPageShowsAllNights() {
        NightFolder night = NightFolder.open(nights, EVENING);
        night.keep(night.job(1, "a<b"), result("a<b"));
        String page = NightPages.overTime(NightFolder.all(nights));
        assertThat(page).contains("1 night, 2026-11-30T220509 to 2026-11-30T220509", "a&lt;b", "aria-label=\"states over 1 nights\"").doesNotContain("a<b");
        assertThat(NightPages.overTime(org.eclipse.collections.impl.factory.Lists.immutable.empty())).contains("no night yet");
    }
}
