package bpfmc.explorer.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.program.load.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the show command prints, word for word: the golden text lies beside the object. */
class ObjectSummaryTest {
    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ObjectSummaryTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"locked-clang19", "maps-clang19", "legacy-nobtf"})
    void showsProgramsMapsAndNotes(String name) throws IOException {
        assertThat(ObjectSummary.overview(ObjectReader.read(name + ".o", resource(name + ".o"))))
                .isEqualTo(new String(resource(name + ".overview.txt"), StandardCharsets.UTF_8));
    }

    @Test
    void showsCodeBetweenItsSourceLines() throws IOException {
        String code = ObjectSummary.withCode(ObjectReader.read("a.o", resource("locked-clang19.o")));
        assertThat(code.lines()).containsSubsequence(
                "program count (tc), 36 instructions", "count:", "add:",
                "; locked.bpf.c:23: bpf_spin_lock(&value->lock);", "; locked.bpf.c:24: value->cnt += by;",
                "global_twice:", "program sum (tc), 23 instructions", "sum:", "each:");
    }

    @Test
    void namesWhatInstructionsReferTo() throws IOException {
        String code = ObjectSummary.withCode(ObjectReader.read("a.o", resource("locked-clang19.o")))
                + ObjectSummary.withCode(ObjectReader.read("b.o", resource("externs-clang19.o")));
        assertThat(code.lines().filter(line -> line.contains(" ; ")).map(line -> line.replaceAll(".* ; ", "")))
                .contains("map hash_map", ".bss+0 counter", ".rodata+0 limit", "global_twice", "function each",
                        "kfunc bpf_rcu_read_lock", "kfunc bpf_task_release (weak)", "kernel symbol runqueues",
                        ".kconfig+8 LINUX_KERNEL_VERSION");
    }
}
