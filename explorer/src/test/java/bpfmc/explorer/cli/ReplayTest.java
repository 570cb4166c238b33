package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.replay.Stepper;
import bpfmc.explorer.replay.StoredTrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.collections.api.list.ImmutableList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What check stores, replay steps through. */
class ReplayTest {
    @TempDir
    private static Path folder;

    private static Path report;
    private static String check = "";

    @BeforeAll
    static void check() {
        report = folder.resolve("report.json");
        check = Cli.run("check", "--format", "json=" + report, "../specs/nesting/percpu_counter.bpf.o").out();
    }

    private static Stepper first() {
        return new Stepper(StoredTrace.read(report).getFirst());
    }

    private static ImmutableList<String> after(String... commands) {
        Stepper at = first();
        for (int i = 0; i < commands.length - 1; i++) {
            at = at.command(commands[i]).next().orElseThrow();
        }
        return at.command(commands[commands.length - 1]).lines();
    }

    @Test
    void checkSaysHowToReplayWhatItStored() {
        assertThat(check).endsWith("replay  bpfmc replay " + report + "\n");
    }

    @Test
    void theProblemThatCheckToldComesFirst() {
        assertThat(first().trace().id()).startsWith("lost-update/");
        assertThat(Cli.run("replay", "--list", report.toString()).out().lines().findFirst()).hasValueSatisfying(l -> assertThat(l).startsWith("lost-update/"));
    }

    @Test
    void stepsForthAndBackAndNotBeyondTheEnds() {
        assertThat(first().shown().getFirst()).startsWith("step 1 of 4  CPU0  opened (task)");
        assertThat(after("n").getFirst()).startsWith("step 2 of 4  CPU0  packet (softirq)");
        assertThat(after("").getFirst()).as("an empty line goes on").startsWith("step 2 of 4");
        assertThat(after("n", "b").getFirst()).startsWith("step 1 of 4");
        assertThat(after("b").getFirst()).isEqualTo("this is the first step");
        assertThat(after("g 4", "n").getFirst()).startsWith("this is the last step: ");
        assertThat(after("g 99").getFirst()).startsWith("this is the last step");
        assertThat(after("g x").getFirst()).isEqualTo(Stepper.COMMANDS);
        assertThat(after("nonsense").getFirst()).isEqualTo(Stepper.COMMANDS);
        assertThat(first().command("q").next()).isEmpty();
    }

    @Test
    void memoryIsWhatTheStepsHaveShown() {
        assertThat(after("m").castToList()).contains("  initially  events[0] of CPU0.value = 4");
        assertThat(after("g 3", "m").castToList()).contains("  memory     events[0] of CPU0.value = 5", "  CPU0       packet (softirq) over opened (task)");
    }

    @Test
    void stopsWhereLocksAreTakenAndReleased() {
        Path locked = folder.resolve("locked.json");
        Cli.run("check", "--format", "json=" + locked, "../specs/lock/read_outside.bpf.o");
        Stepper at = new Stepper(StoredTrace.read(locked).getFirst());
        Stepper taken = at.command("l").next().orElseThrow();
        assertThat(taken.shown().getLast()).contains("lock hash_map[{0}]").contains("owns hash_map[{0}]");
        assertThat(taken.memory().castToList()).contains("  lock       hash_map[{0}] owned by CPU0");
        Stepper released = taken.command("l").next().orElseThrow();
        assertThat(released.shown().getLast()).contains("unlock").doesNotContain("owns");
        assertThat(released.memory()).noneSatisfy(l -> assertThat(l).contains("owned"));
    }

    @Test
    void writesAPageOfOneFinding() throws IOException {
        Path page = folder.resolve("trace.html");
        assertThat(Cli.run("replay", "--to", "html=" + page, report.toString(), "data-race").code()).isZero();
        assertThat(Files.readString(page)).contains("data-race/events.value/opened+packet").contains("percpu_counter.bpf.c");
    }

    @Test
    void whatIsNoStoredTraceIsToldAtOnce() throws IOException {
        refuses("no such file", "no/such.json");
        refuses("there is no finding 'data-rac3'; did you mean 'data-race/", report.toString(), "data-rac3");
        refuses("say html=FILE", "--to", "pdf=x", report.toString());
        refuses("no folder", "--to", "html=" + folder.resolve("no/such.html"), report.toString());
        Path other = folder.resolve("other.json");
        Files.writeString(other, "{\"version\" : 1,");
        refuses(":1:", other.toString());
        Files.writeString(other, "[]");
        refuses("no report of bpfmc", other.toString());
        Files.writeString(other, "{\"version\": 9, \"scenarios\": []}");
        refuses("version 9", other.toString());
        Files.writeString(other, "{\"version\": 1, \"scenarios\": []}");
        refuses("no counterexample", other.toString());
        Files.write(other, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        refuses("cannot be read as text", other.toString());
    }

    private static void refuses(String words, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "replay";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Cli run = Cli.run(all);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(words);
    }
}
