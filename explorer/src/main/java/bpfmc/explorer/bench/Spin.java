package bpfmc.explorer.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs Spin's verifiers of models; the time counts from the start of the verifier, neither spin's nor the compiler's. */
public final class Spin {
    private static final Pattern STATES = Pattern.compile("(\\d+) states, stored");
    private static final Pattern SECONDS = Pattern.compile("elapsed time ([0-9.]+) seconds");
    private static final int LONGEST = 60;

    private Spin() {}

    /** {@return whether spin and a C compiler are installed} */
    public static boolean installed() {
        return runs("spin", "-V") && runs("cc", "--version");
    }

    private static boolean runs(String... command) {
        try {
            return output(Path.of("."), List.of(command)).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** {@return what a model costs with its partial order reduction, empty when it did not end in a minute or memory} */
    public static Optional<Measured> run(Path model, List<String> defines) {
        try {
            Path folder = Files.createTempDirectory("bpfmc-spin");
            try {
                return measured(folder, model.toAbsolutePath(), defines);
            } finally {
                try (var files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Measured> measured(Path folder, Path model, List<String> defines) throws IOException {
        List<String> spin = new ArrayList<>(List.of("spin"));
        defines.forEach(d -> spin.add("-D" + d));
        spin.addAll(List.of("-a", model.toString()));
        if (output(folder, spin).isEmpty() || output(folder, List.of("cc", "-w", "-O3", "-DSAFETY", "-DMEMLIM=8000", "-o", "pan", "pan.c")).isEmpty()) {
            throw new IOException("spin or the C compiler refuses " + model);
        }
        long start = System.nanoTime();
        Optional<String> told = output(folder, List.of("./pan", "-m1000000", "-w24"));
        double wall = (System.nanoTime() - start) / 1e9;
        return told.flatMap(text -> {
            Matcher states = STATES.matcher(text);
            Matcher seconds = SECONDS.matcher(text);
            boolean ended = states.find() && text.contains("errors: 0") && !text.contains("max search depth too small");
            return ended ? Optional.of(new Measured(Long.parseLong(states.group(1)), seconds.find() ? Double.parseDouble(seconds.group(1)) : wall, 0, true))
                    : Optional.empty();
        });
    }

    /** {@return the output, empty when it failed or took too long} */
    private static Optional<String> output(Path folder, List<String> command) throws IOException {
        Path out = Files.createTempFile("bpfmc", ".out");
        try {
            Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(out.toFile()).start();
            if (!process.waitFor(LONGEST, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                return Optional.empty();
            }
            return process.exitValue() == 0 ? Optional.of(Files.readString(out)) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            Files.delete(out);
        }
    }
}
