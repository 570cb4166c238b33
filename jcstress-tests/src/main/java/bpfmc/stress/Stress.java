package bpfmc.stress;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Runs the suites under jcstress and tells what came of each: right locks pass, broken twins are caught, in one run.
 *
 * <p>Arguments: {@code [--profile quick|nightly] [-t REGEX] [-o FOLDER]}. Exit code 0 when every suite is as it should be, 1
 * when one is not, 2 for wrong arguments.
 */
public final class Stress {
    /** Enough to catch every fault that x86 shows; about half a minute (jcstress 0.16 on 2 CPUs). */
    private static final List<String> QUICK = List.of("-m", "quick", "-sc", "false", "-jvmArgs", "-Xmx256m", "-f", "1", "-iters", "3", "-time", "100",
            "-af", "NONE");
    private static final List<String> NIGHTLY = List.of("-m", "default");

    private Stress() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) throws IOException, InterruptedException {
        String profile = "quick";
        String tests = ".*";
        Path folder = Path.of("jcstress");
        for (int i = 0; i < arguments.size(); i += 2) {
            String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            switch (arguments.get(i)) {
                case "--profile" -> profile = value;
                case "-t" -> tests = value;
                case "-o" -> folder = Path.of(value);
                default -> {
                    err.println("bpfmc stress: unknown option " + arguments.get(i) + "; there are --profile, -t and -o");
                    return 2;
                }
            }
        }
        if (!profile.equals("quick") && !profile.equals("nightly")) {
            err.println("bpfmc stress: there is no profile '" + profile + "'; there are quick and nightly");
            return 2;
        }
        Pattern pattern = Pattern.compile(tests);
        List<String> chosen = TestList.tests().stream().filter(t -> pattern.matcher(t).find()).toList();
        if (chosen.isEmpty()) {
            err.println("bpfmc stress: no suite matches '" + tests + "'; there are " + String.join(", ", TestList.tests()));
            return 2;
        }
        List<Suite> suites = run(profile, tests, folder, chosen);
        print(suites, folder, out);
        return suites.stream().allMatch(s -> s.verdict().good()) ? 0 : 1;
    }

    /** {@return what came of the suites} @param folder for jcstress's own results and its HTML report */
    static List<Suite> run(String profile, String tests, Path folder, List<String> chosen) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        for (Path old : results(folder)) {
            Files.delete(old);
        }
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                Path.of(System.getProperty("bpfmc.stress.jar", System.getProperty("java.class.path"))).toAbsolutePath().toString(),
                "org.openjdk.jcstress.Main", "-r", "html", "-t", tests));
        command.addAll(profile.equals("quick") ? QUICK : NIGHTLY);
        Path log = folder.resolve("jcstress.log");
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
        List<Path> files = results(folder);
        if (files.size() != 1) {
            throw new IOException("jcstress left no results; see " + log);
        }
        return Results.read(files.getFirst(), chosen);
    }

    private static List<Path> results(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(".bin.gz")).toList();
        }
    }

    private static void print(List<Suite> suites, Path folder, PrintStream out) {
        out.printf(Locale.ROOT, "%-32s %14s  %-10s %s%n", "suite", "samples", "verdict", "outcomes");
        for (Suite suite : suites) {
            String outcomes = String.join("; ", suite.outcomes().stream().map(o -> o.outcome() + mark(o.grade())
                    + String.format(Locale.ROOT, " %.2f %%", 100.0 * o.times() / suite.samples())).toList());
            out.printf(Locale.ROOT, "%-32s %,14d  %-10s %s%n", suite.name(), suite.samples(), suite.verdict().word(),
                    suite.verdict() == Suite.Verdict.NOT_RUN ? "needs more CPUs than this machine has" : outcomes);
            if (!suite.verdict().good()) {
                suite.outcomes().stream().filter(o -> o.grade().equals("forbidden")).forEach(o -> out.println("    " + o.outcome() + ": " + o.what()));
                suite.trouble().stream().limit(5).forEach(t -> out.println("    " + t.strip()));
            }
        }
        out.println("(! forbidden, * interesting)   " + folder.resolve("html").resolve("index.html"));
        long bad = suites.stream().filter(s -> !s.verdict().good()).count();
        out.println(bad == 0 ? "right locks pass, broken twins are caught" : bad + " of " + suites.size() + " suites are not as they should be");
    }

    private static String mark(String grade) {
        return switch (grade) {
            case "forbidden" -> "!";
            case "acceptable_interesting" -> "*";
            default -> "";
        };
    }
}
