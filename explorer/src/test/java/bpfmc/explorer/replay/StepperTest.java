package bpfmc.explorer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.collections.api.list.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stored counterexample, read and walked through. */
class StepperTest {
    private static final String REPORT = """
            {"version": 1, "problems": [{"id": "late", "scenario": "two"}],
             "scenarios": [
              {"object": "a.bpf.o", "name": "one", "findings": [
               {"id": "early", "message": "early goes wrong", "trace": [{"cpu": 0, "program": "p", "action": "load"}]},
               {"id": "no way", "message": "", "trace": []}]},
              {"object": "b.bpf.o", "name": "two", "findings": [
               {"id": "late", "message": "late goes wrong", "element": "m[0]", "initially": "4", "inputs": ["CPU0: mark = 1"], "notes": ["n"],
                "trace": [
                 {"cpu": 0, "level": "task", "depth": 0, "program": "p", "file": "src/p.bpf.c", "line": 7, "source": "lock(&m);", "action": "lock", "touched": "m[0]",
                  "value": "", "locks": ["m[0]"]},
                 {"cpu": 0, "level": "softirq", "depth": 1, "program": "q", "instruction": 3, "action": "load", "touched": "m[0].n", "value": "4", "locks": []},
                 {"cpu": 1, "level": "task", "depth": 0, "program": "p", "file": "p.bpf.c", "line": 8, "source": "m.n++;", "action": "atomic add", "touched": "m[0].n",
                  "value": "4 -> 5", "locks": []},
                 {"cpu": 0, "level": "task", "depth": 0, "program": "p", "file": "p.bpf.c", "line": 9, "source": "m.n = 1;", "action": "store", "touched": "m[0].n",
                  "value": "1", "locks": ["m[0]"], "pending": true}]}]}]}
            """;

    @TempDir
    private Path folder;

    private ImmutableList<StoredTrace> read(String text) throws IOException {
        return StoredTrace.read(Files.writeString(folder.resolve("report.json"), text));
    }

    private Stepper late() throws IOException {
        return new Stepper(read(REPORT).getFirst());
    }

    private static Stepper after(Stepper stepper, String... commands) {
        Stepper at = stepper;
        for (String command : commands) {
            at = at.command(command).next().orElseThrow();
        }
        return at;
    }

    @Test
    void whatIsToldAsAProblemComesFirstAndWhatHasNoWayNotAtAll() throws IOException {
        assertThat(read(REPORT).collect(StoredTrace::id)).containsExactly("late", "early");
        StoredTrace late = read(REPORT).getFirst();
        assertThat(late.initially()).isEqualTo("m[0] = 4");
        assertThat(late.notes()).containsExactly("with CPU0: mark = 1", "n");
        assertThat(read(REPORT).getLast().initially()).isEmpty();
    }

    @Test
    void whatIsNoReportIsAnInputError() {
        assertThatThrownBy(() -> read("{\"version\": 99}")).isInstanceOf(InputException.class).hasMessageContaining("report.json");
        assertThatThrownBy(() -> read("no json")).isInstanceOf(InputException.class).hasMessageContaining("report.json");
    }

    @Test
    void walksToBothEnds() throws IOException {
        Stepper first = late();
        assertThat(first.command("b").lines()).containsExactly("this is the first step");
        assertThat(first.command("").next().orElseThrow().at()).isEqualTo(1);
        assertThat(after(first, "n", "next", "n").command("n").lines()).containsExactly("this is the last step: late goes wrong");
        assertThat(after(first, "g 3").at()).isEqualTo(2);
        assertThat(after(first, "g 3", "b").at()).isEqualTo(1);
        assertThat(first.command("q").next()).isEmpty();
        for (String unknown : new String[] {"g", "g x", "g 9999999", "jump"}) {
            assertThat(first.command(unknown).lines()).as(unknown).containsExactly(Stepper.COMMANDS);
        }
        assertThat(first.command("g 5").lines()).containsExactly("this is the last step: late goes wrong");
    }

    @Test
    void theNextLockIsTheLastStepWhereThereIsNone() throws IOException {
        assertThat(after(late(), "l").at()).isEqualTo(3);
    }

    @Test
    void showsAStepWithItsPlaceAndWhatItOwns() throws IOException {
        assertThat(late().shown()).containsExactly("step 1 of 4  CPU0  p (task)", "  p.bpf.c:7  lock(&m);", "  lock m[0]   owns m[0]");
        assertThat(after(late(), "n").shown()).contains("step 2 of 4  CPU0  q (softirq)", "  instruction 3  ", "  load m[0].n = 4");
        assertThat(after(late(), "g 4").shown()).contains("  about to store m[0].n = 1   owns m[0]");
    }

    /** What is only about to happen has changed nothing yet. */
    @Test
    void memoryIsWhatTheStepsHaveShown() throws IOException {
        assertThat(after(late(), "n").memory()).containsExactly("  initially  m[0] = 4", "  memory     m[0].n = 4", "  CPU0       q (softirq) over p (task)");
        assertThat(late().memory()).contains("  lock       m[0] owned by CPU0");
        assertThat(after(late(), "g 4").memory()).contains("  memory     m[0].n = 5").doesNotContain("  memory     m[0].n = 1");
    }
}
