package bpfmc.explorer.cli;

import bpfmc.explorer.report.format.ObjectSummary;
import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.load.ObjectReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfmc show}: what is in an object. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows an object's programs and maps.",
        footer = {"", "Example: bpfmc show --disassemble counters.bpf.o"})
final class ShowCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "OBJECT", description = "Objects as clang compiled them (.bpf.o).")
    private List<Path> objects;

    @Option(names = "--disassemble", description = "Show the code too, with the source lines.")
    private boolean disassemble;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        int code = 0;
        for (Path path : objects) {
            try {
                BpfObject object = ObjectReader.read(path);
                spec.commandLine().getOut().print(disassemble ? ObjectSummary.withCode(object) : ObjectSummary.overview(object));
            } catch (InputException e) {
                spec.commandLine().getErr().println("bpfmc: " + e.getMessage());
                code = ExitCodes.USAGE;
            }
        }
        spec.commandLine().getOut().flush();
        return code;
    }
}
