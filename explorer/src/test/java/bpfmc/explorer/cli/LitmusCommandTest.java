package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LitmusCommandTest {
    private static final String FOLDER = "../specs/litmus";
    private static final String LOCKS = """
            BPF locks
            { 0:r1=x; 0:r4=1; }
             P0                              ;
             again: r0 = 0                   ;
             r0 = cmpxchg_64(r1 + 0, r0, r4) ;
             goto again                      ;
            exists (x=2)
            """;

    @TempDir
    private Path folder;

    @Test
    void aTestIsPrintedAsHerdDoes() {
        Cli cli = Cli.run("litmus", FOLDER + "/d02-mailbox-release-branch.litmus");
        assertThat(cli.code()).isZero();
        assertThat(cli.out().replaceAll("[0-9]\\.[0-9]{2}\n", "")).isEqualTo("""
                Test mailbox-release-branch Allowed
                States 3
                1:r3=0; 1:r4=0;
                1:r3=1; 1:r4=0;
                1:r3=1; 1:r4=5;
                Ok
                Witnesses
                Positive: 1 Negative: 2
                Condition exists (1:r3=1 /\\ 1:r4=0)
                Observation mailbox-release-branch Sometimes 1 2
                Time mailbox-release-branch\s
                """);
    }

    @Test
    void resultsAreHeldAgainstRecordedOnes() throws IOException {
        assertThat(Cli.run("litmus", FOLDER, "--expect", FOLDER + "/expected.tsv").out()).isEqualTo("49 of 49 tests as recorded in " + FOLDER + "/expected.tsv\n");
        Path csv = folder.resolve("r.csv");
        assertThat(Cli.run("litmus", FOLDER, "--model", "tso", "--format", "csv", "-o", csv.toString()).code()).isZero();
        assertThat(Cli.run("litmus", FOLDER, "--model", "tso", "--expect", csv.toString()).code()).isZero();
        Path herd = folder.resolve("herd.txt");
        Files.writeString(herd, Cli.run("litmus", FOLDER + "/d0*.litmus").out());
        assertThat(Cli.run("litmus", FOLDER + "/d0*.litmus", "--expect", herd.toString()).out()).startsWith("9 of 9 tests as recorded");
        Cli other = Cli.run("litmus", FOLDER + "/d0*.litmus", "--model", "sc", "--expect", herd.toString());
        assertThat(other.code()).isEqualTo(ExitCodes.VIOLATED);
        assertThat(other.out()).contains("mailbox-unordered: verdict No, recorded Ok", "mailbox-unordered: missing state 1:r3=1; 1:r4=0;");
        assertThat(Cli.run("litmus", FOLDER + "/d11*.litmus", "--expect", herd.toString()).out()).contains("nothing is recorded of it");
        assertThat(Cli.run("litmus", FOLDER, "--model", "sc", "--expect", csv.toString()).code()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void jsonHasAnObjectATest() {
        Cli cli = Cli.run("litmus", FOLDER + "/m0*.litmus", "--format", "json");
        assertThat(cli.out()).startsWith("[").contains("\"name\" : \"unlock-plain\"", "\"observation\" : \"Sometimes\"", "\"1:r0\" : \"0\"");
    }

    @Test
    void brokenFilesDoNotKeepOthersFromBeingRun() throws IOException {
        Files.writeString(folder.resolve("a.litmus"), "BPF a\n{ 0:r1=x; }\n P0 ;\n r1 = r1x ;\n");
        Files.copy(Path.of(FOLDER, "d08-two-flags-plain.litmus"), folder.resolve("b.litmus"));
        Cli cli = Cli.run("litmus", folder.toString());
        assertThat(cli.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(cli.err()).contains("a.litmus: line 4, column 7: there is no instruction 'r1x'");
        assertThat(cli.out()).contains("Observation two-flags-plain Sometimes 1 3");
    }

    @Test
    void whatIsNotDecidedIsInconclusive() throws IOException {
        Path file = folder.resolve("l.litmus");
        Files.writeString(file, LOCKS);
        Cli cut = Cli.run("litmus", file.toString());
        assertThat(cut.code()).isEqualTo(ExitCodes.INCONCLUSIVE);
        assertThat(cut.out()).contains("States 0\nLoop No");
        Files.writeString(file, LOCKS.replace("goto again", String.join(" ;\n", java.util.Collections.nCopies(70, "r3 = *(u64 *)(r1 + 0)"))));
        Cli long65 = Cli.run("litmus", file.toString());
        assertThat(long65.code()).isEqualTo(ExitCodes.INCONCLUSIVE);
        assertThat(long65.err()).contains("no result: a thread has more than 64 accesses");
    }

    @Test
    void executionsAreDrawn() {
        assertThat(Cli.run("litmus", FOLDER + "/d11-crossed-stores-two-fences.litmus", "--graph", "dot").out()).startsWith("digraph").contains("refuses", "color=red");
        Path page = folder.resolve("g.html");
        assertThat(Cli.run("litmus", FOLDER + "/d12-crossed-stores-two-releases.litmus", "--graph", "html", "-o", page.toString()).code()).isZero();
        assertThat(page).content().contains("allows an execution that ends with ([a]=1 /\\ [b]=1)");
        assertThat(Cli.run("litmus", FOLDER, "--graph", "dot").code()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void wrongCallsSayWhatIsMeant() {
        assertThat(Cli.run("litmus", FOLDER, "--model", "bpf-strct").err()).contains("there is no model 'bpf-strct'; did you mean 'bpf-strict'?");
        assertThat(Cli.run("litmus", "none.litmus").err()).contains("none.litmus: there is no such file");
        assertThat(Cli.run("litmus", folder.toString()).err()).contains("holds no litmus file");
        assertThat(Cli.run("litmus", FOLDER, "--unroll", "-1").code()).isEqualTo(ExitCodes.USAGE);
    }
}
