package bpfmc.explorer.cli;

import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Programs chosen as the kernel's veristat does (tools/testing/selftests/bpf/veristat.c, {@code append_filter}): patterns
 * {@code FILE/PROGRAM}, or one that either may match; {@code !} in front excludes. Exclusions win; without another filter
 * everything else is chosen.
 */
final class Filters {
    /** @param file empty for any @param program empty for any; with both the same, either may match */
    private record Filter(boolean excludes, String file, String program, boolean either) {
        boolean matches(String object, String name) {
            boolean byFile = fits(file, object);
            boolean byProgram = fits(program, name);
            return either ? byFile || byProgram : byFile && byProgram;
        }

        private static boolean fits(String pattern, String name) {
            return pattern.isEmpty() || FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(name));
        }
    }

    /** Everything is chosen. */
    static final Filters NONE = new Filters(Lists.immutable.empty());

    private final ImmutableList<Filter> filters;

    private Filters(ImmutableList<Filter> filters) {
        this.filters = filters;
    }

    /** {@return the filters} @param arguments as written; {@code @FILE} for a file with one on each line @throws InputException when one is none */
    static Filters of(List<String> arguments) {
        return new Filters(Lists.immutable.withAll(arguments).flatCollect(Filters::lines).collect(Filters::filter));
    }

    private static ImmutableList<String> lines(String argument) {
        if (!argument.startsWith("@")) {
            return Lists.immutable.with(argument);
        }
        try {
            return Lists.immutable.withAll(Files.readAllLines(Path.of(argument.substring(1)))).collect(String::strip).reject(l -> l.isEmpty() || l.startsWith("#"));
        } catch (IOException e) {
            throw new InputException("-f " + argument + ": the file cannot be read");
        }
    }

    private static Filter filter(String text) {
        boolean excludes = text.startsWith("!");
        String pattern = excludes ? text.substring(1) : text;
        int slash = pattern.lastIndexOf('/');
        Filter filter = slash < 0 ? new Filter(excludes, pattern, pattern, true)
                : new Filter(excludes, pattern.substring(0, slash), pattern.substring(slash + 1), false);
        try {
            filter.matches("x", "x");
        } catch (PatternSyntaxException e) {
            throw new InputException("-f '" + text + "': no pattern: " + e.getDescription());
        }
        if (pattern.isEmpty()) {
            throw new InputException("-f '" + text + "': say FILE/PROGRAM, or one of both");
        }
        return filter;
    }

    /** {@return whether there are none} */
    boolean isEmpty() {
        return filters.isEmpty();
    }

    /** {@return the programs of an object that are chosen} */
    ImmutableList<BpfProgram> of(BpfObject object) {
        return object.programs().select(p -> choose(object, p.name()));
    }

    /** {@return whether a program of this name is chosen} */
    boolean choose(BpfObject object, String program) {
        return filters.noneSatisfy(f -> f.excludes() && f.matches(object.name(), program))
                && (filters.allSatisfy(Filter::excludes) || filters.anySatisfy(f -> !f.excludes() && f.matches(object.name(), program)));
    }
}
