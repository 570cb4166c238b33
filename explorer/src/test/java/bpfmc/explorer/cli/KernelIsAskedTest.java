package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Tests on the running kernel are skipped where it cannot be asked. Where nothing stands in the way, it is. */
class KernelIsAskedTest {
    private static final Path STATUS = Path.of("/proc/self/status");

    /** CAP_SYS_ADMIN, CAP_NET_ADMIN and CAP_BPF, by their numbers in linux/capability.h. */
    private static final List<Integer> NEEDED = List.of(21, 12, 39);

    private static String status(String field) throws IOException {
        return Files.readAllLines(STATUS).stream().filter(l -> l.startsWith(field + ":")).findFirst().map(l -> l.substring(field.length() + 1).strip()).orElse("");
    }

    /** {@return what may keep this process from loading programs, as the system tells it, not bpfmc} */
    private static String hindered() throws IOException {
        if (!Files.exists(STATUS)) {
            return "no Linux";
        }
        long capabilities = Long.parseUnsignedLong(status("CapEff"), 16);
        if (NEEDED.stream().anyMatch(c -> (capabilities & 1L << c) == 0)) {
            return "no right to load BPF programs";
        }
        if (!status("Seccomp").equals("0")) {
            return "system calls are filtered";
        }
        try (Stream<Path> libraries = Files.walk(Path.of("/usr/lib"), 2)) {
            return libraries.anyMatch(f -> f.endsWith("libbpf.so.1")) ? "" : "no libbpf";
        }
    }

    @Test
    void nothingIsSkippedWhereTheKernelMayBeAsked() throws IOException {
        String hindered = hindered();
        Assumptions.assumeTrue(hindered.isEmpty(), hindered);
        Cli cli = Cli.run("rules", "--against-kernel", "../specs/lock/hash_elem.bpf.o");
        assertThat(cli.err()).doesNotContain("cannot be asked");
        assertThat(cli.code()).isZero();
    }
}
