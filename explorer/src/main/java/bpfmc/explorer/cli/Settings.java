package bpfmc.explorer.cli;

import bpfmc.model.InputException;
import org.eclipse.collections.api.list.ImmutableList;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads the options that a scenario file stands for, by the rules of the command line. */
@Command(name = "scenario")
final class Settings {
    @Mixin
    private ObjectCheck chosen = new ObjectCheck();

    private Settings() {}

    /** {@return what the options choose} @throws InputException when one is wrong */
    static ObjectCheck of(ImmutableList<String> options) {
        var settings = new Settings();
        try {
            new CommandLine(settings).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(options.toArray(new String[0]));
            settings.chosen.validate();
            return settings.chosen;
        } catch (CommandLine.ParameterException e) {
            throw new InputException(e.getMessage().replace("option '--", "'"));
        }
    }
}
