package bpfmc.explorer.report.format;

import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.Problem;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Place;
import bpfmc.model.program.SourceLine;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** The source lines of a problem: those that are to be mended marked, the others of the finding and those of findings with the same cause beside them. */
final class SourceExcerpt {
    private final Naming naming;
    private final Problem problem;

    SourceExcerpt(Naming naming, Problem problem) {
        this.naming = naming;
        this.problem = problem;
    }

    private record Mark(SourceLine line, String text) {}

    ImmutableList<String> lines() {
        MutableList<String> lines = Lists.mutable.empty();
        Map<String, TreeMap<Integer, Mark>> files = new TreeMap<>();
        Finding finding = problem.fault().finding();
        for (Place place : finding.places()) {
            mark(files, place, finding.property().replace('-', ' ') + ": " + place.act().word(), problem.blamed().contains(place) ? ">" : " ");
        }
        for (Finding other : problem.others()) {
            other.places().each(p -> mark(files, p, "same cause: " + other.property().replace('-', ' '), " "));
        }
        files.forEach((file, marks) -> {
            lines.add(Naming.baseName(file));
            marks.forEach((number, mark) -> lines.add(String.format("  %s", mark.text())));
            lines.add("");
        });
        return lines.toImmutable();
    }

    private void mark(Map<String, TreeMap<Integer, Mark>> files, Place place, String why, String sign) {
        naming.line(place.program(), place.slot()).ifPresent(line -> files.computeIfAbsent(line.file(), f -> new TreeMap<>())
                .merge(line.line(), new Mark(line, text(line, sign) + why),
                        (a, b) -> a.text().matches(".*\\b" + place.act().word() + "(,.*)?") || sign.isBlank() ? a : new Mark(line, a.text() + ", " + place.act().word())));
    }

    private static String text(SourceLine line, String sign) {
        return String.format("%1s %4d |  %s        ", sign, line.line(), line.text().strip());
    }
}
