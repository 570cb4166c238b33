package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What one uses every day: filters, comparison with an earlier run, accepted findings, amounts of output, exit codes, help. */
class EverydayTest {
    private static final String LOCK = "../specs/lock/";
    private static final String RIGHT = LOCK + "hash_elem.bpf.o";
    private static final String WRONG = LOCK + "hash_elem_no_lock.bpf.o";
    private static final String LOST = "lost-update/hash_map.cnt/count+count";

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    // ---- filters

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "hash_elem.bpf.o;                   hash_elem.bpf.o",
        "hash_elem*;                        hash_elem.bpf.o hash_elem_no_lock.bpf.o",
        "hash_elem*/count;                  hash_elem.bpf.o hash_elem_no_lock.bpf.o",
        "hash_elem*/nothing two_elements*;  two_elements.bpf.o",
        "/count !*no_lock* !two*;           hash_elem.bpf.o",
        "!*_no_lock* !two*;                 hash_elem.bpf.o",
        "count !hash_elem.bpf.o/count;      hash_elem_no_lock.bpf.o two_elements.bpf.o"})
    void filtersChooseAsVeristatDoes(String filters, String objects) {
        String[] arguments = Stream.of(Stream.of("check", "-q"), Stream.of(filters.split(" ")).flatMap(f -> Stream.of("-f", f)),
                Stream.of(RIGHT, WRONG, LOCK + "two_elements.bpf.o")).flatMap(s -> s).toArray(String[]::new);
        assertThat(Cli.run(arguments).out().lines().map(l -> l.replaceAll(".*/lock/(\\S+).*", "$1"))).containsExactly(objects.split(" "));
    }

    @Test
    void filtersChooseProgramsWithinAnObject() {
        String two = LOCK + "two_programs.bpf.o";
        String all = Cli.run("check", two).out();
        Matcher programs = Pattern.compile("(?m)^(\\w+) \\+ (\\w+) ").matcher(all);
        assertThat(programs.find()).isTrue();
        String one = programs.group(1);
        assertThat(Cli.run("check", "-f", "two_programs*/" + one, two).out().lines().filter(l -> l.matches("\\w+ \\+ \\w+ .*states.*"))).hasSize(1)
                .allSatisfy(l -> assertThat(l).startsWith(one + " + " + one));
    }

    @Test
    void filtersStandInAFileToo() throws IOException {
        Path filters = file("filters", "# those that lock\nhash_elem.bpf.o/*\n\n!two*\n");
        assertThat(Cli.run("check", "-q", "-f", "@" + filters, RIGHT, WRONG).out().lines()).hasSize(1);
    }

    @Test
    void filtersThatCannotBeMeantAreRefused() throws IOException {
        assertThat(Cli.run("check", "-f", "no_such*", RIGHT)).satisfies(r -> assertThat(r.err()).contains("no program matches"))
                .extracting(Cli::code).isEqualTo(2);
        assertThat(Cli.run("check", "-f", "[a", RIGHT).err()).contains("-f '[a'");
        assertThat(Cli.run("check", "-f", "!", RIGHT).err()).contains("FILE/PROGRAM");
        assertThat(Cli.run("check", "-f", "@" + folder.resolve("none"), RIGHT).err()).contains("cannot be read");
        Path scenario = file("s.yaml", "object: " + Path.of(RIGHT).toAbsolutePath());
        assertThat(Cli.run("check", "-f", "count", scenario.toString()).err()).contains("a scenario file says itself");
    }

    // ---- since an earlier run

    @Test
    void tellsWhatIsNewFixedAndStillOpen() throws IOException {
        Path old = folder.resolve("old.json");
        Cli.run("check", "--format", "json=" + old, WRONG, LOCK + "read_outside.bpf.o");
        Path fixed = Files.copy(Path.of(RIGHT), folder.resolve("read_outside.bpf.o"));
        String since = Cli.run("check", "-q", "--compare", old.toString(), WRONG, fixed.toString(), LOCK + "late_lock.bpf.o").out();
        assertThat(since.substring(since.indexOf("\nsince")).lines().skip(2)).containsExactly(
                "new                 2", "  late_lock.bpf.o: data-race/hash_map.cnt/count+count", "  late_lock.bpf.o: lost-update/hash_map.cnt/count+count",
                "fixed               1", "  read_outside.bpf.o: data-race/hash_map.cnt/count+count",
                "still open          2", "  hash_elem_no_lock.bpf.o: data-race/hash_map.cnt/count+count", "  hash_elem_no_lock.bpf.o: " + LOST,
                "newly inconclusive  none");
    }

    @Test
    void whatWasNotExploredToItsEndIsNotFixed() {
        Path old = folder.resolve("old.json");
        Cli.run("check", "--format", "json=" + old, WRONG);
        Cli limited = Cli.run("check", "-q", "--compare", old.toString(), "--max-states", "3", WRONG);
        assertThat(limited.code()).isEqualTo(3);
        assertThat(limited.out()).contains("fixed               none", "newly inconclusive  1", "hash_elem_no_lock.bpf.o: count + count");
    }

    @Test
    void comparisonStandsBesideWhatAScriptReads() {
        Path old = folder.resolve("old.json");
        Cli.run("check", "--format", "json=" + old, WRONG);
        Cli run = Cli.run("check", "--format", "csv", "--compare", old.toString(), WRONG);
        assertThat(run.out()).startsWith("file,prog,").doesNotContain("since");
        assertThat(run.err()).contains("since", "still open          2");
        assertThat(Cli.run("check", "--compare", folder.resolve("none.json").toString(), WRONG)).satisfies(r -> assertThat(r.out()).isEmpty())
                .extracting(Cli::code).isEqualTo(2);
    }

    // ---- accepted findings

    private Cli accepting(String accept) throws IOException {
        return Cli.run("check", file("s.yaml", "object: " + Path.of(WRONG).toAbsolutePath() + "\naccept:\n" + accept).toString());
    }

    @Test
    void whatIsAcceptedIsToldWithItsReasonAndFailsNothing() throws IOException {
        Cli run = accepting("  '*/hash_map.cnt/count+count': statistics, may be off by a few\n");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("HOLDS", "with    accepted */hash_map.cnt/count+count: statistics, may be off by a few").doesNotContain("VIOLATED");
    }

    @Test
    void whatIsNotAcceptedStillFails() throws IOException {
        Cli run = accepting("  " + LOST + ": statistics\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("data race on hash_map[key].cnt", "with    accepted " + LOST).doesNotContain("VIOLATED  lost update");
    }

    @Test
    void acceptanceThatMatchesNothingIsTold() throws IOException {
        Cli run = accepting("  lost-update/hash_map.bytes/count+count: old\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("accepted, but found no longer: lost-update/hash_map.bytes/count+count (old); take it out");
    }

    @Test
    void acceptanceNeedsAReason() throws IOException {
        Cli run = accepting("  " + LOST + ": ''\n");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("s.yaml:3:", "say why " + LOST + " is accepted");
    }

    // ---- amounts

    @Test
    void quietIsALineAnObjectAndVerboseAddsFigures() {
        assertThat(Cli.run("check", "-q", RIGHT, WRONG).out()).isEqualTo("HOLDS         " + RIGHT + "\nVIOLATED      " + WRONG + "  " + LOST + "\n");
        assertThat(Cli.run("check", "-v", RIGHT).out()).contains("private states", "HOLDS");
        assertThat(Cli.run("check", "-q", "-v", RIGHT).code()).isEqualTo(2);
    }

    /** Forms of hooks that are left out, in every format that tells verdicts by lines. */
    @Test
    void aLineThatHoldsNamesWhatWasNotChecked() {
        String left = "NOT CHECKED, other forms of hooks that are checked: by_number (--all-alternatives)";
        String object = "../specs/nesting/two_forms.bpf.o";
        assertThat(Cli.run("check", "-q", object).out()).startsWith("HOLDS").contains(left);
        assertThat(Cli.run("check", "--format", "markdown", object).out()).contains(left.replace("_", "\\_"));
        assertThat(Cli.run("check", "-q", "--all-alternatives", object).out()).doesNotContain("NOT CHECKED");
    }

    // ---- exit codes

    /** One call for each line of the README's table; 70 has none that a user can provoke, {@code SignalsTest} has those of 130 and 143. */
    static Stream<Map.Entry<Integer, List<String>>> calls() {
        return new TreeMap<Integer, List<String>>(Map.of(0, List.of("check", RIGHT), 1, List.of("check", WRONG), 2, List.of("check", "no/such.o"),
                3, List.of("check", "--max-states", "3", RIGHT), 70, List.of(), 130, List.of(), 143, List.of())).entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void exitCodesAreThoseOfTheTable(Map.Entry<Integer, List<String>> call) throws IOException, InterruptedException {
        assertThat(Files.readString(Path.of("../README.md"))).contains("| " + call.getKey() + " | ");
        if (!call.getValue().isEmpty()) {
            List<String> command = Stream.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                    System.getProperty("java.class.path"), "bpfmc.explorer.cli.Main"), call.getValue().stream()).toList();
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(call.getKey());
        }
    }

    @Test
    void theTableHasNoOtherCodes() throws IOException {
        assertThat(Files.readAllLines(Path.of("../README.md")).stream().filter(l -> l.matches("\\| \\d+ \\| .*")).map(l -> Integer.valueOf(l.split(" ")[1])))
                .containsExactlyElementsOf(calls().map(Map.Entry::getKey).toList());
    }

    // ---- help

    private static List<String> commands() {
        return Cli.run("--help").out().lines().dropWhile(l -> !l.startsWith("Commands:")).skip(1).takeWhile(l -> !l.isBlank())
                .filter(l -> l.matches("  \\S+ .*")).map(l -> l.strip().split(" ")[0]).toList();
    }

    @Test
    void everyCommandHasHelpWithAnExampleAndAManualPage() {
        assertThat(commands()).contains("check", "rules", "replay", "nightly", "completion", "man");
        for (String command : commands()) {
            assertThat(Cli.run(command, "--help").out()).as(command).contains("Example");
            String page = Cli.run("man", command).out();
            assertThat(page).as(command).startsWith(".TH \"BPFMC\\-" + command.toUpperCase(java.util.Locale.ROOT)).contains(".SH \"SYNOPSIS\"")
                    .doesNotContain("${").doesNotContain("%n").doesNotContain("@|");
        }
        assertThat(Cli.run("man", "chek").err()).contains("did you mean 'check'?");
    }

    @Test
    void everyOptionOfCheckStandsInItsManualPage() {
        String page = Cli.run("man", "check").out().replace("\\-", "-");
        Matcher options = Pattern.compile("(?m)^ +(?:-\\w, )?(--[a-z-]+)").matcher(Cli.run("check", "--help").out());
        int seen = 0;
        for (; options.find(); seen++) {
            assertThat(page).contains(options.group(1));
        }
        assertThat(seen).isGreaterThan(20);
    }

    @Test
    void bashCompletesCommandsOptionsAndValues() throws IOException, InterruptedException {
        Path script = file("completion.sh", Cli.run("completion").out());
        assertThat(completed(script, "bpfmc", "rep")).contains("replay");
        assertThat(completed(script, "bpfmc", "check", "--comp")).contains("--compare");
        assertThat(completed(script, "bpfmc", "check", "--format", "sar")).contains("sarif");
    }

    /** What bash offers for the last word. */
    private static List<String> completed(Path script, String... words) throws IOException, InterruptedException {
        String line = String.join(" ", words);
        String commands = "source '" + script + "'; COMP_WORDS=(" + line + "); COMP_CWORD=" + (words.length - 1) + "; COMP_LINE='" + line
                + "'; COMP_POINT=" + line.length() + "; _complete_bpfmc; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "-c", commands).redirectErrorStream(true).start();
        List<String> lines = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().map(String::strip).toList();
        bash.waitFor();
        return lines;
    }
}
