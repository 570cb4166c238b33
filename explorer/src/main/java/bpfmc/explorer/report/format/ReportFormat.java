package bpfmc.explorer.report.format;

import bpfmc.explorer.report.CheckReport;
import java.util.function.Function;

/**
 * A format that reports can be written in.
 *
 * @param name on the command line @param description one line for the help text
 * @param writer renders the whole text; pure @param states whether it needs the graphs of states
 */
public record ReportFormat(String name, String description, Function<CheckReport, String> writer, boolean states) {
    ReportFormat(String name, String description, Function<CheckReport, String> writer) {
        this(name, description, writer, false);
    }
}
