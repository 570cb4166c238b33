package bpfmc.explorer.report.format;

import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.report.Status;
import bpfmc.explorer.verdict.ScenarioResult;
import java.util.Locale;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * A line a scenario, with the column names of the kernel's veristat where they fit; {@code insns} is the size of the programs
 * that take part, each counted once. Quoted as RFC 4180 says.
 */
final class CsvReport {
    private CsvReport() {}

    static String of(CheckReport all) {
        StringBuilder out = new StringBuilder("file,prog,verdict,duration_us,insns,states\n");
        all.reports().each(report -> report.results().each(r -> out.append(row(report, r).collect(CsvReport::quoted).makeString(",")).append('\n')));
        return out.toString();
    }

    private static ImmutableList<String> row(Report report, ScenarioResult result) {
        Naming naming = new Naming(report.object());
        long instructions = result.agents().collect(ScenarioResult.Agent::program).distinct()
                .sumOfInt(p -> naming.program(p).instructionCount());
        return Lists.immutable.with(report.object().name(), result.name(), Status.of(result.verdict()).name().toLowerCase(Locale.ROOT),
                String.valueOf(result.exploration().nanoseconds() / 1000), String.valueOf(instructions),
                String.valueOf(result.exploration().states()));
    }

    private static String quoted(String cell) {
        return cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r') ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
