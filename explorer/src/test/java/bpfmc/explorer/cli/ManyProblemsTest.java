package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** An object with more problems than a screen shows. */
class ManyProblemsTest {
    private static final String[] CHECK = {"check", "--user", "lookup:totals", "../specs/bench/twelve.bpf.o"};

    private static Cli check(String... more) {
        String[] all = new String[CHECK.length + more.length];
        System.arraycopy(CHECK, 0, all, 0, CHECK.length);
        System.arraycopy(more, 0, all, CHECK.length, more.length);
        return Cli.run(all);
    }

    private static long told(String text) {
        return text.lines().filter(l -> l.startsWith("  id      ")).count();
    }

    @Test
    void aListComesFirstThenThreeInFull() {
        String text = check().out();
        assertThat(text).containsSubsequence("4 problems\n", "  1  flows[key].packets   lost update    two of three accesses hold flows[key].lock; redirected line ",
                "  4  totals[key].packets  data race      three of four accesses hold totals[key].lock; user:lookup totals does not\n",
                "VIOLATED  lost update on flows[key].packets", "  ... 1 more problem in full: --details all\n", "4 problems in ",
                "next    ./bpfmc explain lost-update");
        assertThat(told(text)).isEqualTo(3);
    }

    @Test
    void allAreToldInFullOnRequest() {
        assertThat(told(check("--details", "all").out())).isEqualTo(4);
        assertThat(told(check("-v").out())).isEqualTo(4);
        assertThat(check("--details", "some").code()).isEqualTo(2);
        assertThat(check("--details", "all", "--format", "json").err()).contains("--details says how much text goes to the terminal");
    }

    /** Of many scenarios those that hold are one line; each of the others is told. */
    @Test
    void scenariosThatHoldAreCounted() {
        String text = check().out();
        assertThat(text).containsPattern("(?m)^\\d+ more scenarios  HOLDS  [\\d,]+ states   \\(each: -v\\)$").containsPattern("(?m)^redirected \\+ redirected +VIOLATED");
        assertThat(text.lines().filter(l -> l.contains("  HOLDS "))).hasSize(1);
        assertThat(check("--details", "all").out().lines().filter(l -> l.contains("  HOLDS "))).hasSizeGreaterThan(10);
    }
}
