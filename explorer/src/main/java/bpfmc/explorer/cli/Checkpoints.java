package bpfmc.explorer.cli;

import bpfmc.explorer.checkpoint.CheckpointFile;
import bpfmc.explorer.checkpoint.ObjectDigest;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Checkpoint;
import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Where long searches are kept: a folder for each object, which says of which object and which bpfmc it is, and in it two files for each
 * search, named after the scenario and everything that is chosen for it.
 */
final class Checkpoints {
    private static final String ABOUT = "about.txt";

    @Option(names = "--checkpoint", paramLabel = "DIR", description = "Keep what was searched in this new folder, so that --resume can go on with it.")
    private Optional<Path> fresh = Optional.empty();

    @Option(names = "--resume", paramLabel = "DIR", description = "Go on where the searches of a folder that --checkpoint has made were, and keep them there.")
    private Optional<Path> old = Optional.empty();

    @Option(names = "--checkpoint-every", paramLabel = "TIME", converter = Units.Seconds.class,
            description = "How often to keep what was found, in seconds or with a unit (90s, 2m): a kill loses at most the work since then (default: 60).")
    private Optional<Long> asked = Optional.empty();

    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
    private CommandLine.Model.CommandSpec spec;

    private final Set<Path> opened = new HashSet<>();

    /** Of objects with the system calls that take part. */
    private final Map<BpfObject, String> digests = new IdentityHashMap<>();

    /** Checks the options. @throws CommandLine.ParameterException where they contradict each other */
    void validate() {
        if (fresh.isPresent() && old.isPresent()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--resume goes on keeping in its own folder; --checkpoint is for a new one");
        }
        if (asked.isPresent() && !keeps()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--checkpoint-every: nothing is kept; say --checkpoint DIR or --resume DIR");
        }
        if (every() < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--checkpoint-every must be at least 1");
        }
        if (fresh.isPresent() && Files.exists(fresh.get())) {
            throw new InputException(fresh.get() + ": is there already; --resume goes on with it, or remove it");
        }
        if (old.isPresent() && !Files.isDirectory(old.get())) {
            throw new InputException(old.get() + ": there is no such folder to go on with");
        }
    }

    /** {@return whether anything is kept} */
    boolean keeps() {
        return folder().isPresent();
    }

    private long every() {
        return asked.orElse(60L);
    }

    private Optional<Path> folder() {
        return fresh.or(() -> old);
    }

    /**
     * {@return where the search of a scenario is kept}
     *
     * @param loaded the object as it was read @param choices everything besides that decides what is searched
     * @throws InputException when what was kept is of another object or another bpfmc, or cannot be read
     */
    synchronized Checkpoint of(BpfObject loaded, Scenario scenario, List<?> choices, PrintWriter err) {
        if (folder().isEmpty()) {
            return Checkpoint.NONE;
        }
        Path folder = folder().get().resolve(plain(loaded.name()));
        if (opened.add(folder)) {
            open(folder, ObjectDigest.of(loaded));
        }
        String chosen = digest(digests.computeIfAbsent(scenario.object(), ObjectDigest::of) + " " + scenario.agents().collect(a -> a.program().name() + "@" + a.cpu() + a.level() + a.rank()) + " " + scenario.cpus() + scenario.rules()
                + scenario.start() + scenario.asked().toSortedList() + choices);
        return new CheckpointFile(folder, plain(scenario.name()) + "-" + chosen, Duration.ofSeconds(every()), message -> {
            err.println("bpfmc: " + message);
            err.flush();
        });
    }

    private static void open(Path folder, String object) {
        Path about = folder.resolve(ABOUT);
        String now = "bpfmc " + Build.words()[0].replaceFirst("^bpfmc ", "") + "\nobject " + object + "\n";
        try {
            if (!Files.exists(about)) {
                Files.createDirectories(folder);
                FileOutput.write(about, now);
                return;
            }
            List<String> before = Files.readAllLines(about, StandardCharsets.UTF_8);
            List<String> mine = now.lines().toList();
            if (!before.equals(mine)) {
                throw new InputException(folder + ": the checkpoint is of " + (before.getFirst().equals(mine.getFirst()) ? "another object" : "another bpfmc, "
                        + before.getFirst()) + "; remove the folder to begin anew");
            }
        } catch (IOException e) {
            throw new InputException(about + ": the checkpoint cannot be kept there (" + e.getMessage() + ")");
        }
    }

    private static String plain(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-");
        return plain.length() > 80 ? plain.substring(0, 80) : plain;
    }

    private static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
