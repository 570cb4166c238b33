package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.report.Expected;
import bpfmc.explorer.spec.ScenarioFile;
import bpfmc.explorer.spec.ScenarioSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenario files from the command line. */
class ScenariosTest {
    private static final Path SPECS = Path.of("..", "specs");

    @TempDir
    private Path folder;

    private record Run(int code, String out, String err) {}

    private static Run check(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        String[] all = new String[arguments.length + 1];
        all[0] = "check";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), all);
        return new Run(code, out.toString(), err.toString());
    }

    private Path file(String sample, String text) throws IOException {
        Files.copy(SPECS.resolve(sample + ".bpf.o"), folder.resolve("object.o"));
        return Files.writeString(folder.resolve("s.yaml"), "object: object.o\n" + text);
    }

    @Test
    void everythingUnderSpecsComesAsExpected() {
        Run run = check(SPECS.toString());
        assertThat(run.out()).doesNotContain("OTHERWISE").containsPattern("(\\d+) of \\1 scenarios as expected");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        Sample.all().forEach(s -> {
            Path beside = s.object().resolveSibling("scenarios.yaml");
            boolean there = Files.exists(beside) && ScenarioFile.read(beside).anySatisfy(one -> one.objects().getFirst().getFileName().equals(s.object().getFileName()));
            assertThat(there || run.out().contains(": " + s.object().getFileName() + " ")).as(s.object() + " has a scenario").isTrue();
        });
    }

    @Test
    void whatComesOtherwiseFailsAndIsTold() throws IOException {
        Run run = check(file("lock/hash_elem_no_lock", "expect: holds\n").toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("VIOLATED  lost update", "OTHERWISE", "expected holds, found violated: data-race, lost-update", "0 of 1 scenarios as expected");
    }

    @Test
    void theNamesAndCountsCountToo() throws IOException {
        Path file = file("lock/hash_elem_no_lock", "expect: {violated: [lost-update]}\n");
        assertThat(check(file.toString()).out()).contains("expected lost-update, found data-race, lost-update");
        Files.writeString(file, "object: object.o\nexpect: violated\nstates: {count + count: 7}\n");
        assertThat(check(file.toString()).out()).contains("expected 7 states of count + count");
    }

    /** The counter is each CPU's own, so the packet disturbs nobody but on the CPU of the program that it interrupts. */
    @Test
    void anAgentOnAnyCpuIsTriedOnEachOfThem() throws IOException {
        Path file = file("nesting/percpu_counter", "cpus: 3\nagents:\n  - {program: opened, cpu: 0}\n  - {program: packet, cpu: any}\n"
                + "expect: {violated: [data-race, lost-update]}\nstates: {opened < packet + idle + idle: 8, opened + packet + idle: 2}\n");
        Run run = check(file.toString());
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        Files.writeString(file, "object: object.o\ncpus: 3\nagents: [{program: opened, cpu: 0}, {program: packet, cpu: any}]\n");
        assertThat(check(file.toString()).out()).contains("with    packet on any CPU: all 3 placements, of which 2 differ in more than the numbers of CPUs", "packet (softirq) interrupts opened (task) on CPU0.")
                .containsPattern("opened < packet \\+ idle \\+ idle +VIOLATED").containsPattern("opened \\+ packet \\+ idle +HOLDS");
        assertThat(check(file.toString(), "--outcomes").out()).containsPattern("opened \\+ idle \\+ packet +HOLDS");
        Files.writeString(file, "object: object.o\nagents: [{program: opened, cpu: any}, {program: packet, cpu: any}]\n");
        assertThat(check(file.toString()).out()).contains("all 4 placements, of which 2 differ in more than the numbers of CPUs", "opened + packet", "opened < packet + idle");
        Files.writeString(file, "object: object.o\nagents: [" + "{program: opened, cpu: any},".repeat(9) + "]\n");
        assertThat(check(file.toString()).err()).contains("9 agents on any of 2 CPUs can be placed in more than 256 ways");
    }

    @Test
    void agentsRunWhereTheFileSays() throws IOException {
        Path file = file("lock/hash_elem", "agents:\n  - {program: count, cpu: 0, level: task}\n  - {program: count, cpu: 0, level: nmi}\nexpect: {violated: [deadlock, interrupt-state]}\n");
        Run run = check(file.toString());
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        Files.writeString(file, "object: object.o\nagents:\n  - {program: count, cpu: 0, level: task}\n  - {program: count, cpu: 0, level: softirq}\nexpect: holds\n");
        assertThat(check(file.toString()).code()).isZero();
        Files.writeString(file, "object: object.o\ndiscipline: plain\nagents:\n  - {program: count, cpu: 0, level: task}\n  - {program: count, cpu: 0, level: softirq}\n");
        assertThat(check(file.toString()).out()).contains("count (softirq) interrupts count (task) on CPU0", "agents as the scenario says, higher levels");
    }

    @Test
    void threeCpusAndASystemCallAreOneScenario() throws IOException {
        Run run = check(file("lock/hash_elem", "agents: [{program: count}, {program: count}, {user: update hash_map lock}]\nexpect: holds\n").toString());
        assertThat(run.code()).as(run.out() + run.err()).isZero();
    }

    @Test
    void theExamplesOfTheDocumentationComeAsTheySay() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "scenarios.md"));
        String[] blocks = page.split("```yaml\n");
        assertThat(blocks.length).isGreaterThan(4);
        for (int i = 1; i < blocks.length; i++) {
            String text = blocks[i].substring(0, blocks[i].indexOf("```")).replace("../specs", SPECS.toAbsolutePath().normalize().toString());
            Path file = Files.writeString(folder.resolve("doc" + i + ".yaml"), text);
            Run run = check(file.toString());
            assertThat(run.out() + run.err()).as(text).contains("as expected").doesNotContain("OTHERWISE");
            assertThat(run.code()).isZero();
        }
    }

    @Test
    void thePageThatExplainsTheRulesSaysWhatTheScenariosSay() throws IOException {
        var why = ScenarioFile.read(SPECS.resolve("why").resolve("scenarios.yaml"));
        List<String[]> rows = Files.readAllLines(Path.of("..", "docs", "why.md")).stream().filter(l -> l.startsWith("| ") && !l.startsWith("| the commit says"))
                .map(l -> l.split(" *\\| *", -1)).toList();
        assertThat(rows).hasSizeGreaterThan(12);
        assertThat(rows).extracting(r -> r[2]).containsExactlyInAnyOrderElementsOf(why.collect(ScenarioSpec::name).reject(n -> n.endsWith(", refused")));
        for (String[] row : rows) {
            assertThat(row[4]).as(row[2]).isEqualTo(words(why.detect(s -> s.name().equals(row[2])).expected().orElseThrow()));
            ScenarioSpec refused = why.detect(s -> s.name().equals(row[2] + ", refused"));
            if (refused != null) {
                assertThat("rejected: " + row[3]).as(row[2]).isEqualTo(words(refused.expected().orElseThrow()));
            }
        }
    }

    private static String words(Expected expected) {
        return expected.verdict().orElseThrow().name().toLowerCase(Locale.ROOT) + (expected.names().isEmpty() ? "" : ": " + expected.names().makeString(", "));
    }

    @Test
    void mistakesAreToldWithTheirPlace() throws IOException {
        Path file = file("lock/hash_elem", "agents: [{program: cuont}]\n");
        Run run = check(file.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("s.yaml:2:10: there is no program 'cuont'; did you mean 'count'?");
        Files.writeString(file, "object: object.o\nagents: [{program: count, cpu: 2}]\n");
        assertThat(check(file.toString()).err()).contains("no agent runs on CPU 0");
        Files.writeString(file, "object: object.o\nwaive: one-lock-hold\n");
        assertThat(check(file.toString()).err()).contains("there is no rule 'one-lock-hold'; did you mean 'one-lock-held'?");
        Files.writeString(file, "object: object.o\ndiscipline: irqsafe\n");
        assertThat(check(file.toString()).err()).contains("s.yaml:2:13: ", "discipline", "irqsave");
    }
}
