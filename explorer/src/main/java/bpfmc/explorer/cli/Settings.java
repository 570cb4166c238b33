package bpfmc.explorer.cli;

import bpfmc.explorer.spec.ScenarioSpec;
import bpfmc.model.InputException;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Reads the options that a scenario file stands for, by the rules of the command line. */
@Command(name = "scenario")
final class Settings {
    @Mixin
    private CheckOptions chosen = new CheckOptions();

    /** Options that may be given several times, each of which adds something. Of all others, the command line's replace those of a file. */
    private static final ImmutableList<String> ADDING = Lists.immutable.with("--property", "--user", "--waive", "--share", "--rodata", "--context", "--max-entries", "--fixed-programs");

    private Settings() {}

    /**
     * {@return what a scenario of a file chooses, where the call does not choose something else}
     *
     * @param asked what the call chooses
     * @throws InputException when an option is wrong, or when the call gives one that chooses nothing in this scenario
     */
    static CheckOptions of(ScenarioSpec scenario, CheckOptions asked) {
        CommandSpec known = new CommandLine(new Settings()).getCommandSpec();
        ImmutableList<OptionSpec> given = asked.given().select(o -> known.findOption(o.longestName()) != null);
        given.each(o -> scenario.inapplicable(o.longestName(), o.originalStringValues().getLast()).ifPresent(why -> {
            throw new InputException(o.longestName() + " does not apply to a scenario whose agents are named: " + why);
        }));
        MutableList<String> words = Lists.mutable.empty();
        for (int i = 0; i < scenario.options().size();) {
            String name = scenario.options().get(i);
            int length = 1 + known.findOption(name).arity().min();
            if (ADDING.contains(name) || given.noneSatisfy(o -> o.longestName().equals(name))) {
                words.addAllIterable(scenario.options().subList(i, i + length));
            }
            i += length;
        }
        given.each(o -> {
            if (o.arity().max() == 0) {
                words.add(o.longestName());
            } else {
                o.originalStringValues().forEach(value -> words.with(o.longestName()).add(value));
            }
        });
        return of(words.toImmutable()).keptWith(asked);
    }

    /** {@return what the options choose} @throws InputException when one is wrong */
    static CheckOptions of(ImmutableList<String> options) {
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
