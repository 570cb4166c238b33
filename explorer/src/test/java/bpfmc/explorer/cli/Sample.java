package bpfmc.explorer.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A sample program of {@code specs/} and what its source says of it (grammar in specs/README.md).
 *
 * @param expected by line, the properties whose findings must name it @param allowed by line, those whose findings may
 * @param refused what the kernel says of it when no rule is waived, "RULE: MESSAGE"; empty for what it loads
 * @param states the exact number of states by scenario, without reductions @param reduced with all of them, where it is stated
 * @param possible why its findings are not confirmed, nothing for those that are
 */
record Sample(Path source, List<String> options, String verdict, List<String> reasons, Map<Integer, Set<String>> expected,
        Map<Integer, Set<String>> allowed, List<String> refused, Map<String, Long> states, Map<String, Long> reduced,
        List<String> possible) {
    private static final Pattern EXPECT = Pattern.compile("expect: ([a-z, -]+)");
    private static final Pattern ALLOW = Pattern.compile("allow: ([a-z, -]+)");

    /** The samples of the lock rules, which are not there to be explored, and those of which scenario files say everything. */
    private static final Path RULES = Path.of("..", "specs", "rules");
    private static final Path WHY = Path.of("..", "specs", "why");
    /** Too large to be explored again and again: a scenario file says what of them is. */
    private static final Set<Path> LARGE = Set.of(Path.of("..", "specs", "bench", "large.bpf.c"), Path.of("..", "specs", "bench", "seven_probes.bpf.c"));

    /** {@return every sample, in the order of their paths} */
    static List<Sample> all() {
        try (Stream<Path> files = Files.walk(Path.of("..", "specs"))) {
            return files.filter(f -> f.toString().endsWith(".bpf.c") && !f.startsWith(RULES) && !f.startsWith(WHY) && !LARGE.contains(f)).sorted().map(Sample::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sample of(Path source) {
        List<String> lines;
        try {
            lines = Files.readAllLines(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<Integer, Set<String>> expected = new TreeMap<>();
        Map<Integer, Set<String>> allowed = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            collect(EXPECT.matcher(lines.get(i)), i + 1, expected);
            collect(ALLOW.matcher(lines.get(i)), i + 1, allowed);
        }
        List<String> options = header(lines, "options").stream().flatMap(o -> Arrays.stream(o.split(" +"))).toList();
        return new Sample(source, options, header(lines, "verdict").getFirst(), header(lines, "reason"), expected, allowed,
                header(lines, "refused"), counts(lines, "states"), counts(lines, "reduced"), header(lines, "possible"));
    }

    private static Map<String, Long> counts(List<String> lines, String key) {
        Map<String, Long> counts = new TreeMap<>();
        header(lines, key).forEach(s -> counts.put(s.substring(0, s.lastIndexOf(' ')), Long.valueOf(s.substring(s.lastIndexOf(' ') + 1))));
        return counts;
    }

    private static List<String> header(List<String> lines, String key) {
        String start = "// " + key + ": ";
        return lines.stream().filter(l -> l.startsWith(start)).map(l -> l.substring(start.length()).strip()).toList();
    }

    private static void collect(Matcher matcher, int line, Map<Integer, Set<String>> into) {
        while (matcher.find()) {
            Arrays.stream(matcher.group(1).split("[, ]+")).forEach(p -> into.computeIfAbsent(line, l -> new TreeSet<>()).add(p));
        }
    }

    Path object() {
        String name = source.getFileName().toString();
        return source.resolveSibling(name.substring(0, name.length() - 1) + "o");
    }

    boolean acceptedByTheKernel() {
        return refused.isEmpty();
    }

    boolean mayName(int line, String property) {
        return expected.getOrDefault(line, Set.of()).contains(property) || allowed.getOrDefault(line, Set.of()).contains(property);
    }

    @Override
    public String toString() {
        return Path.of("..", "specs").relativize(source).toString();
    }
}
