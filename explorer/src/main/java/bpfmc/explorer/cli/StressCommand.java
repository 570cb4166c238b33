package bpfmc.explorer.cli;

import bpfmc.model.InputException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the jcstress suites, which live in a jar of their own. */
@Command(name = "stress", mixinStandardHelpOptions = true,
        description = "Runs the real Java locks under jcstress: right ones must pass, broken twins must be caught.",
        footer = {"", "Example: bpfmc stress -t Queued", "         bpfmc stress --profile nightly"})
final class StressCommand implements Callable<Integer> {
    @Option(names = "--profile", paramLabel = "NAME", defaultValue = "quick", description = "quick, half a minute, or nightly (default: ${DEFAULT-VALUE}).")
    private String profile;

    @Option(names = "-t", paramLabel = "REGEX", defaultValue = ".*", description = "Only suites whose name contains a match.")
    private String tests;

    @Option(names = {"-o", "--output"}, paramLabel = "FOLDER", defaultValue = "jcstress", description = "For jcstress's own results (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Override
    public Integer call() {
        try {
            List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", jar().toString(),
                    "bpfmc.stress.Stress", "--profile", profile, "-t", tests, "-o", folder.toString()));
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new InputException("jcstress cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCodes.INCONCLUSIVE;
        }
    }

    /** Beside this jar, or where the build of a checkout puts it. */
    private static Path jar() {
        try {
            Path own = Path.of(StressCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toAbsolutePath();
            Path checkout = own.resolveSibling("../../jcstress-tests/target/jcstress.jar").normalize();
            for (Path candidate : List.of(own.resolveSibling("jcstress.jar"), checkout)) {
                if (Files.exists(candidate)) {
                    return candidate;
                }
            }
            throw new InputException("jcstress.jar is neither beside " + own + " nor at " + checkout + ": build it with 'mvn package', or copy it there");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
