package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and the jar as a package installs them. */
class LauncherIT {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path root;

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("share/bpfmc"));
        Files.copy(HOME.resolve("bpfmc"), root.resolve("bin/bpfmc"));
        Files.copy(HOME.resolve("explorer/target/bpfmc.jar"), root.resolve("share/bpfmc/bpfmc.jar"));
    }

    private int bpfmc(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", root.resolve("bin/bpfmc").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(root.resolve("out").toFile());
        builder.environment().put("XDG_CACHE_HOME", root.resolve("cache").toString());
        builder.environment().put("BPFMC_JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends in time").isTrue();
        return process.exitValue();
    }

    private Path archive() {
        return root.resolve("cache/bpfmc/bpfmc.jsa");
    }

    @Test
    void theClassArchiveIsMadeByACheckAsOtherCommandsLoadTooLittle() throws IOException, InterruptedException {
        assertThat(bpfmc("--version")).isZero();
        assertThat(Files.readString(root.resolve("out"))).startsWith("bpfmc ");
        assertThat(bpfmc("check", root.resolve("no.bpf.o").toString())).isEqualTo(2);
        assertThat(archive()).doesNotExist();
        assertThat(bpfmc("check", HOME.resolve("specs/lock/hash_elem.bpf.o").toString())).isZero();
        assertThat(archive()).exists();
        long size = Files.size(archive());
        assertThat(bpfmc("--version")).isZero();
        assertThat(Files.size(archive())).isEqualTo(size);
    }

    @Test
    void anArchiveOfAnOlderJarIsMadeAnew() throws IOException, InterruptedException {
        Files.createDirectories(archive().getParent());
        Files.writeString(archive(), "of another jar");
        Files.setLastModifiedTime(archive(), FileTime.fromMillis(0));
        assertThat(bpfmc("check", HOME.resolve("specs/lock/hash_elem.bpf.o").toString())).isZero();
        assertThat(Files.size(archive())).isGreaterThan(1_000_000);
    }

    @Test
    void withoutArgumentsItSaysWhatToDo() throws IOException, InterruptedException {
        assertThat(bpfmc()).isEqualTo(2);
        assertThat(Files.readString(root.resolve("out"))).contains("say what to do");
    }
}
