package bpfmc.explorer.cli;

import bpfmc.explorer.axiomatic.Model;
import bpfmc.explorer.litmus.HerdBlock;
import bpfmc.explorer.litmus.LitmusParser;
import bpfmc.explorer.litmus.LitmusResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "litmus", mixinStandardHelpOptions = true, description = "Litmus.")
final class LitmusCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*")
    private List<String> files = List.of();
    @CommandLine.Option(names = "--model")
    private String model = "bpf";
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        for (String f : files) {
            Model m = null;
            for (Model x : Model.values()) if (x.option().equals(model)) m = x;
            LitmusResult r = LitmusResult.of(LitmusParser.parse(Files.readString(Path.of(f))), new LitmusResult.Options(m, 2, 2, System.getenv("NOSYM") == null, Long.MAX_VALUE));
            spec.commandLine().getOut().println(HerdBlock.of(r));
            if (System.getenv("COST") != null) spec.commandLine().getOut().println(r.cost());
        }
        return 0;
    }
}
