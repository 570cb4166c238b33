package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.nightly.JobResult;
import bpfmc.explorer.nightly.NightFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights, in folders of their own. */
class NightlyTest {
    private static final Path SPECS = Path.of("..", "specs");

    @TempDir
    private Path folder;

    private record Run(int code, String out, String err) {}

    private Run night() {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), "nightly", folder.resolve("night.yaml").toString());
        return new Run(code, out.toString(), err.toString());
    }

    private void config(String text) throws IOException {
        Files.writeString(folder.resolve("night.yaml"), text);
    }

    private void object(String name, String sample) throws IOException {
        Files.write(folder.resolve(name), Files.readAllBytes(SPECS.resolve(sample + ".bpf.o")));
    }

    /** A night's name is the second it began in. */
    private static void aSecondLater() throws InterruptedException {
        Thread.sleep(1100);
    }

    @Test
    void findingsAreNewOnceAndThenOpenUntilTheyAreFixed() throws Exception {
        object("a.o", "lock/hash_elem_no_lock");
        config("jobs: [{check: a.o}]\nformats: [json, csv]\n");
        Run first = night();
        assertThat(first.code()).isEqualTo(1);
        assertThat(first.out()).contains("New\n\n- ", "a.o: lost-update/hash_map.cnt/count+count", "the first night");
        aSecondLater();
        Run second = night();
        assertThat(second.code()).as(second.out()).isZero();
        assertThat(second.out()).contains("Still open").doesNotContain("New\n");
        aSecondLater();
        object("a.o", "lock/hash_elem");
        Run third = night();
        assertThat(third.code()).isZero();
        assertThat(third.out()).contains("Fixed", "violated before, holds now");
        assertThat(folder.resolve("nights/latest/summary.md")).exists();
        assertThat(folder.resolve("nights/latest").toRealPath().resolve("001-" + folder.resolve("a.o").toString().replaceAll("[^A-Za-z0-9._-]+", "-")).resolve("report.csv")).exists();
        assertThat(Files.readString(folder.resolve("nights/index.html"))).contains("3 nights", "<svg");
    }

    @Test
    void severalValuesOfAKeyMakeAJobEach() throws Exception {
        object("a.o", "lock/hash_elem");
        config("jobs: [{check: a.o, cpus: [2, 3], lock: [specification, ticket], waive: [calls-under-lock]}]\nformats: [csv]\nworkers: 2\n");
        Run run = night();
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines().filter(l -> l.contains(" holds ")).map(l -> l.replaceFirst(".*a.o ", "").replaceFirst(" +holds.*", "")))
                .containsExactly("--cpus 2 --waive calls-under-lock --lock specification", "--cpus 2 --waive calls-under-lock --lock ticket",
                        "--cpus 3 --waive calls-under-lock --lock specification", "--cpus 3 --waive calls-under-lock --lock ticket");
    }

    @Test
    void wrongNightsAreToldWithTheirPlace() throws Exception {
        object("a.o", "lock/hash_elem");
        config("jobs: [{check: a.o}]\nworkers: 0\n");
        assertThat(night().err()).contains("night.yaml:2:10: there is at least one worker");
        config("jobs: [{check: a.o, cpus: []}]\n");
        assertThat(night().err()).contains("night.yaml:1:8: a key without a value");
        config("jobs: [{check: a.o, cpus: [2, two]}]\n");
        assertThat(night().err()).contains("'two' is no number");
    }

    @Test
    void anInterruptedNightGoesOnWhereItWas() throws Exception {
        object("a.o", "lock/hash_elem");
        object("b.o", "lock/two_programs");
        config("jobs: [{check: a.o}, {check: b.o, cpus: 2}]\n");
        NightFolder night = NightFolder.open(folder.resolve("nights"), LocalDateTime.of(2026, 1, 2, 3, 4, 5));
        String name = folder.resolve("a.o").toString();
        night.keep(night.job(1, name), new JobResult(name, "holds", List.of(), 12345, 1, "", 0));
        Run run = night();
        assertThat(run.out()).contains("night of 2026-01-02T030405", "b.o --cpus 2").doesNotContain("a.o  ");
        assertThat(night.results().collect(JobResult::states)).hasSize(2).contains(12345L);
        assertThat(NightFolder.all(folder.resolve("nights"))).hasSize(1);
    }

    @Test
    void aNightThatRunsOutOfTimeSaysSoAndIsNotOver() throws Exception {
        object("a.o", "lock/hash_elem");
        config("jobs: [{check: a.o}]\ntimeout: 0\n");
        Run run = night();
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).contains("stopped after 0 of 1 jobs");
        config("jobs: [{check: a.o}]\n");
        assertThat(night().code()).isZero();
        assertThat(NightFolder.all(folder.resolve("nights"))).hasSize(1);
    }

    @Test
    void acceptedFindingsDoNotCountUntilTheyExpire() throws Exception {
        object("a.o", "lock/hash_elem_no_lock");
        config("jobs: [{check: a.o}]\nbaseline: known.yaml\n");
        String ids = "- {id: '*/hash_map.cnt/count+count', reason: statistics only, expires: %s}\n";
        Files.writeString(folder.resolve("known.yaml"), ids.formatted("2999-01-01") + "- {id: x/y/z, reason: gone, expires: 2999-01-01}\n");
        Run run = night();
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out()).contains("Accepted by the baseline", "x/y/z: found no longer");
        aSecondLater();
        Files.writeString(folder.resolve("known.yaml"), ids.formatted("2020-01-01"));
        Run expired = night();
        assertThat(expired.out()).contains("expired on 2020-01-01", "Still open");
    }

    @Test
    void whatCannotBeCheckedDoesNotStopTheNight() throws Exception {
        Files.writeString(folder.resolve("broken.o"), "no object");
        object("good.o", "lock/hash_elem");
        config("jobs: [{check: [broken.o, good.o]}]\n");
        Run run = night();
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).contains("error", "good.o", "Not checked", "broken.o");
    }

    @Test
    void mistakesInTheFileAreToldWithTheirPlace() throws Exception {
        config("jobs: [{chek: a.o}]\n");
        assertThat(night().err()).contains("night.yaml:1:9: there is no key 'chek'; did you mean 'check'?");
        config("jobs: [{check: a.o}]\nformats: [jsn]\n");
        assertThat(night().err()).contains("no format 'jsn'; did you mean 'json'?");
        config("jobs: [{check: no.o}]\nslower: 0.5\n");
        assertThat(night().err()).contains("night.yaml:2:9: a factor is more than 1");
        object("a.o", "lock/hash_elem");
        Files.writeString(folder.resolve("known.yaml"), "- {id: x, reason: y, expires: soon}\n");
        config("jobs: [{check: a.o}]\nbaseline: known.yaml\n");
        assertThat(night().err()).contains("known.yaml:1:31: 'soon' is no day");
    }
}
