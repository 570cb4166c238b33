package bpfmc.explorer.cli;

import bpfmc.explorer.report.format.Schemas;
import bpfmc.explorer.spec.ScenarioSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bpfmc schema}: the shape of what bpfmc writes for scripts, and of scenario files. */
@Command(name = "schema", mixinStandardHelpOptions = true, description = "Prints the JSON Schema of a format.",
        footer = {"", "Example: bpfmc schema scenario > scenario.schema.json"})
final class SchemaCommand implements Callable<Integer> {
    enum Subject { report, scenario }

    @Parameters(paramLabel = "NAME", description = "${COMPLETION-CANDIDATES}")
    private Subject subject;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(switch (subject) {
            case report -> Schemas.report();
            case scenario -> ScenarioSchema.text();
        });
        spec.commandLine().getOut().flush();
        return 0;
    }
}
