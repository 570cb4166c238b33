package bpfmc.explorer.report.format;

import bpfmc.explorer.report.CheckReport;
import java.util.Optional;
import java.util.function.Function;

/**
 * A format that reports can be written in.
 *
 * @param name on the command line @param description one line for the help text
 * @param writer renders the whole text; pure @param states whether it needs the graphs of states
 * @param parts how the text can be written while objects are still being checked, if it can
 */
public record ReportFormat(String name, String description, Function<CheckReport, String> writer, boolean states, Optional<ReportParts> parts) {
    ReportFormat(String name, String description, Function<CheckReport, String> writer) {
        this(name, description, writer, false);
    }

    ReportFormat(String name, String description, Function<CheckReport, String> writer, boolean states) {
        this(name, description, writer, states, Optional.empty());
    }

    ReportFormat(String name, String description, ReportParts parts) {
        this(name, description, parts::whole, false, Optional.of(parts));
    }
}
