package bpfmc.explorer.cli;

import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eclipse.collections.impl.factory.Lists;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfmc man}: a manual page, made of the same words as the help. */
@Command(name = "man", mixinStandardHelpOptions = true, description = "Prints the manual page of bpfmc, or of one of its commands.",
        footer = {"", "Example: bpfmc man check | man -l -"})
final class ManCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "Default: bpfmc itself.")
    private String command = "";

    @Option(names = "--to", paramLabel = "FOLDER", description = "Write all pages to FOLDER/man and the completion script to FOLDER/completions instead,"
            + " for packages.")
    private Optional<Path> folder = Optional.empty();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, CommandLine> commands = spec.root().subcommands();
        if (folder.isPresent()) {
            write(folder.get(), commands);
            return ExitCodes.HOLDS;
        }
        CommandLine of = command.isEmpty() ? spec.root().commandLine() : commands.get(command);
        if (of == null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "there is no command '" + command + "'"
                    + Nearest.hint(Lists.immutable.withAll(commands.keySet()), command));
        }
        spec.commandLine().getOut().print(ManPage.of(of, Build.version()));
        spec.commandLine().getOut().flush();
        return ExitCodes.HOLDS;
    }

    private void write(Path to, Map<String, CommandLine> commands) {
        try {
            Path pages = Files.createDirectories(to.resolve("man"));
            FileOutput.write(pages.resolve("bpfmc.1"), ManPage.of(spec.root().commandLine(), Build.version()));
            commands.forEach((name, line) -> FileOutput.write(pages.resolve("bpfmc-" + name + ".1"), ManPage.of(line, Build.version())));
            FileOutput.write(Files.createDirectories(to.resolve("completions")).resolve("bpfmc"), AutoComplete.bash("bpfmc", spec.root().commandLine()));
        } catch (IOException e) {
            throw new InputException("folder " + to + ": cannot be written (" + e.getMessage() + ")");
        }
    }
}
