package bpfmc.explorer.cli;

import bpfmc.explorer.spec.ScenarioFile;
import bpfmc.model.InputException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Object files as the command line names them: files, folders (every object below), and patterns that the shell left alone. */
final class ObjectPaths {
    private ObjectPaths() {}

    /** {@return the files, those of one argument in the order of their names} @throws InputException when an argument names none */
    static ImmutableList<Path> of(List<String> arguments) {
        return Lists.immutable.withAll(arguments).flatCollect(a -> of(a, false)).distinct();
    }

    /** {@return the same, but of a folder that holds scenario files these alone: they name the objects} */
    static ImmutableList<Path> orScenarios(List<String> arguments) {
        return Lists.immutable.withAll(arguments).flatCollect(a -> of(a, true)).distinct();
    }

    /** {@return litmus files, named in the same ways} */
    static ImmutableList<Path> litmus(List<String> arguments) {
        return Lists.immutable.withAll(arguments).flatCollect(a -> !Files.isDirectory(Path.of(a)) ? of(a, false)
                : below(Path.of(a), f -> f.getFileName().toString().endsWith(".litmus"), "folder " + a + " holds no litmus file (*.litmus)")).distinct();
    }

    private static ImmutableList<Path> of(String argument, boolean scenarioFiles) {
        Path path = Path.of(argument);
        if (Files.isDirectory(path)) {
            ImmutableList<Path> scenarios = scenarioFiles ? below(path, ScenarioFile::named, "") : Lists.immutable.empty();
            return scenarios.notEmpty() ? scenarios
                    : below(path, f -> f.getFileName().toString().endsWith(".o"), "folder " + argument + " holds no object (*.o)");
        }
        if (Files.exists(path) || argument.chars().noneMatch(c -> c == '*' || c == '?' || c == '[')) {
            return Lists.immutable.with(path);
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + argument);
        Path fixed = path.getParent();
        while (fixed != null && !Files.isDirectory(fixed)) {
            fixed = fixed.getParent();
        }
        Path start = fixed == null ? Path.of("") : fixed;
        return below(start, f -> matcher.matches(f), "no file matches " + argument);
    }

    private static ImmutableList<Path> below(Path folder, PathMatcher wanted, String none) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found = files.filter(f -> Files.isRegularFile(f) && wanted.matches(f)).sorted().toList();
            if (found.isEmpty() && !none.isEmpty()) {
                throw new InputException(none);
            }
            return Lists.immutable.withAll(found);
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new InputException("folder " + folder + ": cannot be read: " + e.getMessage());
        }
    }
}
