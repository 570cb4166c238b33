package bpfmc.explorer.nightly;

import bpfmc.model.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One night's folder. A job's result is written when all its reports are; the night is over when the file {@code done} is there. */
public final class NightFolder {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss");
    private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String DONE = "done";
    private static final String RESULT = "result.json";

    private final Path folder;

    private NightFolder(Path folder) {
        this.folder = folder;
    }

    /** {@return the folder of the night that was not finished, or of a new one} @param begin when the new one begins */
    public static NightFolder open(Path nights, LocalDateTime begin) {
        try {
            Files.createDirectories(nights);
            Optional<NightFolder> last = all(nights).getLastOptional();
            if (last.isPresent() && !last.get().done()) {
                return last.get();
            }
            Path folder = nights.resolve(NAME.format(begin));
            if (Files.exists(folder)) {
                throw new InputException("folder " + folder + ": there is a night of this second already");
            }
            Files.createDirectories(folder);
            return new NightFolder(folder);
        } catch (IOException e) {
            throw new InputException("folder " + nights + ": cannot be written (" + e.getMessage() + ")");
        }
    }

    /** {@return all nights, the first one first} */
    public static ImmutableList<NightFolder> all(Path nights) {
        try (Stream<Path> folders = Files.list(nights)) {
            return Lists.immutable.withAll(folders.filter(f -> Files.isDirectory(f) && !Files.isSymbolicLink(f)
                    && f.getFileName().toString().matches("\\d{4}-\\d\\d-\\d\\dT\\d{6}")).sorted().toList()).collect(NightFolder::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return its name: when it began} */
    public String name() {
        return folder.getFileName().toString();
    }

    public Path path() {
        return folder;
    }

    boolean done() {
        return Files.exists(folder.resolve(DONE));
    }

    /** {@return the folder for a job's reports} */
    public Path job(int number, String name) {
        return folder.resolve(String.format("%03d-%s", number, name.replaceAll("[^A-Za-z0-9._-]+", "-")));
    }

    /** {@return what came of a job, if it has ended} */
    public Optional<JobResult> result(Path job, String name) {
        Path file = job.resolve(RESULT);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JobResult result = MAPPER.readValue(file, JobResult.class);
            return result.name().equals(name) ? Optional.of(result) : Optional.empty();
        } catch (JacksonException e) {
            throw new InputException(file + ": is no result of a job: " + e.getOriginalMessage() + "; remove the file to check the job again");
        }
    }

    /** Keeps what came of a job: a reader sees it whole or not at all. */
    public void keep(Path job, JobResult result) {
        write(job.resolve(RESULT), MAPPER.writeValueAsString(result) + "\n");
    }

    /** {@return what came of all jobs that have ended, in their order} */
    public ImmutableList<JobResult> results() {
        try (Stream<Path> jobs = Files.list(folder)) {
            List<Path> files = jobs.map(j -> j.resolve(RESULT)).filter(Files::exists).sorted().toList();
            return Lists.immutable.withAll(files).collect(f -> MAPPER.readValue(f, JobResult.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says that the night is over, and points {@code latest} to it. */
    public void finish() {
        write(folder.resolve(DONE), "");
        Path latest = folder.resolveSibling("latest");
        try {
            Files.deleteIfExists(latest);
            Files.createSymbolicLink(latest, folder.getFileName());
        } catch (IOException | UnsupportedOperationException e) {
            write(folder.resolveSibling("latest.txt"), name() + "\n");
        }
    }

    /** @throws InputException when the file cannot be written */
    public static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path part = file.resolveSibling("." + file.getFileName() + ".part");
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new InputException("file " + file + ": cannot be written (" + e.getMessage() + ")");
        }
    }
}
