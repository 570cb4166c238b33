package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options are followed, or refused by name: beside scenario files, beside each other, and where an object has nothing to choose from. */
class OptionsBesideFilesTest {
    private static final Path SPECS = Path.of("..", "specs");

    @TempDir
    private Path folder;

    private String file(String sample, String text) throws IOException {
        Files.copy(SPECS.resolve(sample + ".bpf.o"), folder.resolve("object.o"));
        return Files.writeString(folder.resolve("s.yaml"), "object: object.o\n" + text).toString();
    }

    // ---- the command line beside a file

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "--max-states 100000;   with    bpf_spin_lock step by step as a trivial lock",
        "--lock queued --max-states 100000; with    bpf_spin_lock step by step as a queued lock",
        "--discipline plain;    with    bpf_spin_lock plain",
        "--lock-timeouts never; it never times out (--lock-timeouts never)",
        "--kernel 6.1;          assumes the lock rules of Linux 6.1",
        "--waive one-lock-held; assumes WAIVED, the kernel does not load such programs: one-lock-held",
        "--unprivileged;        for a loader without CAP_BPF",
        "--preempt;             with    tasks preempting tasks (--preempt)",
        "--context count=nmi;   with    count at level NMI (--context)",
        "--reduction none;      assumes explored with --reduction none",
        "--max-entries hash_map=4; with    maps of so many entries (--max-entries): hash_map=4",
        "--property atomicity;  assumes for atomicity: no insertion fails for lack of room",
        "--hash-compaction holds --max-states 100000; with    hash compaction",
        "--outcomes --max-states 100000; Final states of count + count: "})
    void theCommandLineCountsMoreThanTheFile(String options, String said) throws IOException {
        String file = file("lock/hash_elem", "max-states: 5\nlock: trivial\nagents: [{program: count}, {program: count}]\n");
        assertThat(Cli.run("check", file).out()).contains("LIMIT  more than 5 states", "as a trivial lock").doesNotContain(said.contains("trivial") ? "HOLDS" : said);
        assertThat(Cli.run(("check " + options + " " + file).split(" ")).out()).contains(said);
    }

    @Test
    void aFileThatNamesNoAgentsTakesThoseThatChooseThemToo() throws IOException {
        String file = file("lock/two_programs", "cpus: 3\nprograms: count_in\n");
        assertThat(Cli.run("check", "--cpus", "2", file).out()).contains("2 CPUs, 1 run each").doesNotContain("3 CPUs");
        assertThat(Cli.run("check", "--cpus", "1", "--runs", "2", file).out()).contains("1 CPUs, 2 runs each");
        assertThat(Cli.run("check", "--interrupts", "none", file).out()).contains("no interrupts (--interrupts none)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--cpus 3", "--runs 2", "--program count", "--map hash_map", "--interrupts none", "--user delete:hash_map"})
    void whatChoosesNothingBesideAgentsIsRefusedByName(String option) throws IOException {
        String file = file("lock/hash_elem", "agents: [{program: count}, {program: count}]\n");
        Cli run = Cli.run(("check " + option + " " + file).split(" "));
        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("s.yaml", option.split(" ")[0] + " does not apply to a scenario whose agents are named: ");
        assertThat(Cli.run("check", "--cpus", "2", file).code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpus: 3", "runs: 2", "programs: count", "maps: hash_map", "interrupts: none", "user: delete hash_map"})
    void neitherDoesAKeyOfTheFileItself(String key) throws IOException {
        String file = file("lock/hash_elem", key + "\nagents: [{program: count}, {program: count}]\n");
        Cli run = Cli.run("check", file);
        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("s.yaml:2:", "'" + key.split(":")[0] + "' does not apply where agents are named: ");
    }

    @Test
    void keysThatAllScenariosShareApplyToSomeOfThem() throws IOException {
        String text = "runs: 2\nscenarios:\n  - {name: a, agents: [{program: count}]}\n";
        String file = file("lock/hash_elem", text);
        assertThat(Cli.run("check", file).err()).contains("s.yaml:2:7: 'runs' does not apply");
        Files.writeString(folder.resolve("s.yaml"), "object: object.o\n" + text + "  - {name: b, expect: holds}\n");
        assertThat(Cli.run("check", file).code()).isZero();
    }

    @Test
    void aLevelOfAProgramWhoseAgentsNameTheirsIsRefused() throws IOException {
        String file = file("lock/hash_elem", "agents: [{program: count, level: task}]\n");
        assertThat(Cli.run("check", "--context", "count=nmi", file).err()).contains("--context count does not apply");
    }

    @Test
    void tasksPreemptThoseBeforeThemInTheFile() throws IOException {
        String text = "agents: [{user: update hash_map, cpu: 0}, {user: rewrite hash_map, cpu: 0}]\n";
        String file = file("lock/hash_elem_no_lock", text);
        assertThat(Cli.run("check", file).out()).containsPattern("(?m)^user:update hash_map, user:rewrite hash_map  HOLDS");
        assertThat(Cli.run("check", "--preempt", file).out()).containsPattern("(?m)^user:update hash_map < user:rewrite hash_map  HOLDS");
    }

    @Test
    void aRejectedProgramThatIsNoAgentIsNoPartOfTheResult() throws IOException {
        String file = file("rules/one-lock-held/two_elements", "agents: [{program: one_after_the_other}, {program: one_after_the_other}]\nexpect: holds\n");
        assertThat(Cli.run("check", file).code()).isZero();
        Files.writeString(folder.resolve("s.yaml"), "object: object.o\nagents: [{program: one_after_the_other}, {program: both}]\nexpect: {rejected: [one-lock-held]}\n");
        assertThat(Cli.run("check", file).code()).isZero();
    }

    // ---- options beside each other

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "check --checkpoint-every 5 ../specs/lock/hash_elem.bpf.o;  --checkpoint-every: nothing is kept",
        "check -q --format json ../specs/lock/hash_elem.bpf.o;      -q says how much text goes to the terminal",
        "check -v --format sarif ../specs/lock/hash_elem.bpf.o;     -v says how much text goes to the terminal",
        "check --cpus any --checkpoint target/none ../specs/lock/hash_elem.bpf.o; a proof for any number of CPUs keeps nothing",
        "check --cpus any --runs 2 ../specs/lock/hash_elem.bpf.o;   --runs does not go with --cpus any",
        "check --share hash_map ../specs/lock/hash_elem.bpf.o;      only one object has it",
        "check --fixed-programs hash_map ../specs/lock/hash_elem.bpf.o; 'hash_map' is no program array that the object fills",
        "check --max-entries hash_map=0 ../specs/lock/hash_elem.bpf.o; a map has 1 to 4294967295 entries",
        "check --max-entries hashmap=1 ../specs/lock/hash_elem.bpf.o; there is no map 'hashmap'; did you mean 'hash_map'?",
        "check --fixed-programs stages --user delete:stages ../specs/calls/tail_call.bpf.o; the programs of stages are said to stay (--fixed-programs)",
        "check --user lookup:stages ../specs/calls/tail_call.bpf.o; of a program array, 'delete' and 'update' are modelled",
        "bench --cpus 3;                                            --cpus is for objects",
        "bench --reduction none;                                    --reduction is for objects",
        "bench --specs ../specs ../specs/bench/counter.bpf.o;       --specs is for the table",
        "bench --cpus 0 ../specs/bench/counter.bpf.o;               at least 1"})
    void whatHasNoMeaningIsRefused(String call, String said) {
        Cli run = Cli.run(call.split(" +"));
        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains(said);
    }

    // ---- what was explored

    @Test
    void aMapThatNoProgramUsesLeavesNothingToExplore() {
        Cli run = Cli.run("check", "--map", "hash_map", "--program", "sum", SPECS.resolve("maps/ringbuf_counter.bpf.o").toString());
        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        Cli unused = Cli.run("check", "--map", "stages", SPECS.resolve("calls/tail_call.bpf.o").toString());
        assertThat(unused.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(unused.err()).contains("--map stages: no program that was chosen uses it, so nothing would be explored");
    }

    @Test
    void whatIsNotCheckedIsNamed() {
        assertThat(Cli.run("check", "--program", "count", SPECS.resolve("calls/tail_call.bpf.o").toString()).out())
                .contains("with    NOT CHECKED, no agents of a scenario: pass, dispatch");
        assertThat(Cli.run("check", SPECS.resolve("calls/tail_call.bpf.o").toString()).out()).doesNotContain("NOT CHECKED")
                .contains("with    explored alone, as they name no map that holds elements: pass");
    }

    @Test
    void thatNothingIsSharedIsShownAndSaid() {
        String[] call = {"check", "--program", "pass", SPECS.resolve("calls/tail_call.bpf.o").toString()};
        Cli run = Cli.run(call);
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("HOLDS", "with    no two programs share memory: nothing can interleave");
        assertThat(Cli.run("check", "-q", "--program", "pass", call[3]).out()).contains("HOLDS", "nothing can interleave");
        Cli stores = Cli.run("check", "-q", SPECS.resolve("unsupported/kernel_store.bpf.o").toString());
        assertThat(stores.code()).isEqualTo(ExitCodes.INCONCLUSIVE);
        assertThat(stores.out()).contains("INCONCLUSIVE", "a store to kernel memory");
    }

    @Test
    void lookupsThatAllMissAreSaid() {
        String object = SPECS.resolve("maps/size_unknown.bpf.o").toString();
        assertThat(Cli.run("check", "--max-entries", "counts=4", object).out()).contains("every lookup in counts missed");
        assertThat(Cli.run("check", "-q", "--max-entries", "counts=4", object).out()).contains("HOLDS", "every lookup in counts missed");
        assertThat(Cli.run("check", "--format", "json", "--max-entries", "counts=4", object).out()).contains("\"alwaysMissed\" : [ \"counts\" ]");
        assertThat(Cli.run("check", object).out()).doesNotContain("missed").contains("the loader gives counts at least one entry; how many is not known");
    }
}
