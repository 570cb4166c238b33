package bpfmc.explorer.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bpfmc man}: a manual page, made of the same words as the help. */
@Command(name = "man", mixinStandardHelpOptions = true, description = "Prints the manual page of bpfmc, or of one of its commands.",
        footer = {"", "Example: bpfmc man check | man -l -"})
final class ManCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "Default: bpfmc itself.")
    private String command = "";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine of = command.isEmpty() ? spec.root().commandLine() : spec.root().subcommands().get(command);
        if (of == null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "there is no command '" + command + "'"
                    + Choice.suggestion(org.eclipse.collections.impl.factory.Lists.immutable.withAll(spec.root().subcommands().keySet()), command));
        }
        spec.commandLine().getOut().print(ManPage.of(of, Build.version()));
        spec.commandLine().getOut().flush();
        return ExitCodes.HOLDS;
    }
}
