package bpfmc.explorer.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bpfmc completion}: what a shell needs to complete commands, options and their values. */
@Command(name = "completion", mixinStandardHelpOptions = true, description = "Prints a script that completes bpfmc in bash and zsh.",
        footer = {"", "Examples:", "  source <(bpfmc completion)", "  bpfmc completion > /etc/bash_completion.d/bpfmc"})
final class CompletionCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(AutoComplete.bash("bpfmc", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
        return ExitCodes.HOLDS;
    }
}
