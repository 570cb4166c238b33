package bpfmc.stress;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;

/** Reads what jcstress 0.16 has written. Its result file has no other description than its own reader. */
final class Results {
    static final String ROOT = "bpfmc.stress.";

    private Results() {}

    /** {@return the suites in the order of their names} @param all those that were asked for */
    static List<Suite> read(Path file, Collection<String> all) throws IOException {
        var collected = new InProcessCollector();
        var reader = new DiskReadCollector(file.toString(), collected);
        try {
            reader.dump();
        } catch (ClassNotFoundException e) {
            throw new IOException("results of another version of jcstress", e);
        } finally {
            reader.close();
        }
        Map<String, List<TestResult>> results = new TreeMap<>();
        collected.getTestResults().forEach(r -> results.computeIfAbsent(r.getName(), n -> new ArrayList<>()).add(r));
        List<Suite> suites = new ArrayList<>();
        for (String name : new TreeSet<>(all)) {
            suites.add(suite(name.substring(ROOT.length()), results.getOrDefault(name, List.of())));
        }
        return suites;
    }

    private static Suite suite(String name, List<TestResult> results) {
        if (results.isEmpty()) {
            return new Suite(name, Suite.Verdict.NOT_RUN, List.of(), 0, List.of());
        }
        boolean passed = true;
        boolean troubled = false;
        Map<String, Suite.Seen> seen = new TreeMap<>();
        List<String> messages = new ArrayList<>();
        for (TestResult result : results) {
            passed &= result.grading().isPassed;
            troubled |= result.status() != Status.NORMAL;
            messages.addAll(result.getMessages());
            for (GradingResult g : result.grading().gradingResults.values()) {
                if (g.count > 0) {
                    seen.merge(g.id, new Suite.Seen(g.id, g.expect.name().toLowerCase(java.util.Locale.ROOT), g.count, g.description),
                            (a, b) -> new Suite.Seen(a.outcome(), a.grade(), a.times() + b.times(), a.what()));
                }
            }
        }
        return new Suite(name, Suite.verdict(name, passed, troubled), List.copyOf(seen.values()),
                seen.values().stream().mapToLong(Suite.Seen::times).sum(), messages);
    }
}
