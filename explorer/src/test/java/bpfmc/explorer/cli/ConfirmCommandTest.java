package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.confirm.Confirmation;
import bpfmc.explorer.confirm.Confirmation.Expected;
import bpfmc.explorer.confirm.Confirmation.NotRun;
import bpfmc.explorer.confirm.Confirmation.Ran;
import bpfmc.explorer.confirm.Confirmation.Row;
import java.nio.file.Path;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a call says; those that run programs are skipped, with the program's own sentence, where the kernel cannot be asked. */
class ConfirmCommandTest {
    private static String sample(String name) {
        return Path.of("..", "specs", name + ".bpf.o").toString();
    }

    @Test
    void onlyOrdersOfTheRunsAreSeenUnderALock() {
        Cli cli = Cli.asking("confirm", "--seconds", "4", sample("lock/hash_elem"));
        assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
        assertThat(cli.out()).containsPattern("count \\+ count +[0-9,]+ rounds on CPUs").containsPattern("1000000 +in order +hash_map\\[0\\].cnt = 2");
    }

    /** Samples of each kind of map, right and wrong ones: what is seen is what the explorer lists. */
    @ParameterizedTest
    @CsvSource({"lock/hash_elem_no_lock", "hash/delete_while_counting", "globals/two_locks", "calls/lock_in_function", "litmus/store_buffering_atomic", "atomics/xchg_drain", "race/torn_read_locked"})
    void nothingIsSeenThatIsNotListed(String name) {
        Cli cli = Cli.asking("confirm", "--seconds", "1", "--format", "json", sample(name));
        assertThat(cli.code()).as(cli.out() + cli.err()).isIn(ExitCodes.HOLDS, ExitCodes.VIOLATED, ExitCodes.INCONCLUSIVE);
        for (String line : cli.out().lines().toList()) {
            JsonNode pair = JsonMapper.shared().readTree(line);
            assertThat(pair.has("outcomes")).as(line).isTrue();
            pair.get("outcomes").forEach(o -> assertThat(o.get("expected").asString()).as(line).isIn("in-order", "interleaving", "weaker-memory"));
        }
    }

    @Test
    void whatCannotBeRunIsSaid() {
        Cli cli = Cli.asking("confirm", sample("percpu/counter"));
        assertThat(cli.code()).isEqualTo(ExitCodes.INCONCLUSIVE);
        assertThat(cli.out()).contains("cannot be run so: only programs over arrays, hash maps and global data are");
    }

    @Test
    void theCallIsLookedAtFirst() {
        assertThat(Cli.run("confirm", "--seconds", "0", sample("lock/hash_elem")).err()).contains("--seconds must be at least 1");
        assertThat(Cli.run("confirm", "--initially", "5", sample("lock/hash_elem")).err()).contains("write FIELD=VALUE");
        assertThat(Cli.run("confirm", "--initially", "hash_map[0].cmt=5", sample("lock/hash_elem")).err()).contains("there is no field 'cmt'");
        assertThat(Cli.run("confirm", "--program", "coumt", sample("lock/hash_elem")).err()).contains("did you mean");
        assertThat(Cli.run("confirm", sample("lock/no_such_file")).code()).isEqualTo(ExitCodes.USAGE);
    }

    private static Confirmation seen(long rounds, Row... rows) {
        return new Ran("a + b", "", Lists.immutable.with(rows), rounds, 0, Lists.immutable.with(0, 1), false);
    }

    @Test
    void theExitCodeSaysWhatWasSeen() {
        Row order = new Row("x = 2", 5, Expected.IN_ORDER);
        assertThat(ConfirmCommand.code(seen(5, order))).isEqualTo(ExitCodes.HOLDS);
        assertThat(ConfirmCommand.code(seen(5, order, new Row("x = 1", 0, Expected.INTERLEAVING)))).isEqualTo(ExitCodes.INCONCLUSIVE);
        assertThat(ConfirmCommand.code(seen(6, order, new Row("x = 1", 1, Expected.INTERLEAVING)))).isEqualTo(ExitCodes.VIOLATED);
        assertThat(ConfirmCommand.code(seen(6, order, new Row("x = 3", 1, Expected.WEAKER_MEMORY)))).isEqualTo(ExitCodes.VIOLATED);
        assertThat(ConfirmCommand.code(seen(6, order, new Row("x = 7", 1, Expected.IMPOSSIBLE)))).isEqualTo(ExitCodes.INTERNAL);
        assertThat(ConfirmCommand.code(seen(0, new Row("x = 2", 0, Expected.IN_ORDER)))).isEqualTo(ExitCodes.INCONCLUSIVE);
        assertThat(ConfirmCommand.code(new NotRun("a + b", "why"))).isEqualTo(ExitCodes.INCONCLUSIVE);
    }
}
