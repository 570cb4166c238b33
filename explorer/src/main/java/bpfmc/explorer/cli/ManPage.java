package bpfmc.explorer.cli;

import java.util.List;
import org.eclipse.collections.impl.factory.Lists;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command's help as a manual page (man(7)). */
final class ManPage {
    private final StringBuilder out = new StringBuilder();

    private ManPage() {}

    /** {@return the page's source} */
    static String of(CommandLine command, String version) {
        var page = new ManPage();
        page.write(command, version);
        return page.out.toString();
    }

    private void write(CommandLine command, String version) {
        var spec = command.getCommandSpec();
        String name = spec.qualifiedName("-");
        macro("TH", name.toUpperCase(java.util.Locale.ROOT), "1", "", "bpfmc " + version, "User Commands");
        List<String> description = List.of(spec.usageMessage().description());
        section("NAME", name + " - " + String.join(" ", description).replaceAll("\\.$", ""));
        section("SYNOPSIS", command.getHelp().synopsis(0).strip().replaceAll("\\s+", " "));
        if (!spec.options().isEmpty()) {
            macro("SH", "OPTIONS");
            spec.options().stream().filter(o -> !o.hidden()).forEach(o -> item(names(o), text(o)));
        }
        if (!spec.positionalParameters().isEmpty()) {
            macro("SH", "ARGUMENTS");
            spec.positionalParameters().forEach((PositionalParamSpec p) -> item(p.paramLabel(), text(p)));
        }
        if (!spec.subcommands().isEmpty()) {
            macro("SH", "COMMANDS");
            spec.subcommands().forEach((n, c) -> item(spec.qualifiedName("-") + "-" + n + "(1)", String.join(" ", c.getCommandSpec().usageMessage().description())));
        }
        String[] footer = spec.usageMessage().footer();
        if (footer.length > 0) {
            macro("SH", "NOTES");
            macro("nf");
            Lists.immutable.of(footer).dropWhile(String::isEmpty).each(this::text);
            macro("fi");
        }
    }

    private static String names(OptionSpec option) {
        String label = option.typeInfo().isBoolean() ? "" : " " + option.paramLabel();
        return String.join(", ", option.names()) + label;
    }

    /** The description with its variables replaced, as the help has it. */
    private static String text(ArgSpec arg) {
        String all = String.join(" ", arg.description());
        String values = arg.completionCandidates() == null ? "" : Lists.immutable.withAll(arg.completionCandidates()).makeString(", ");
        return Help.Ansi.OFF.string(all.replace("${COMPLETION-CANDIDATES}", values).replace("${DEFAULT-VALUE}", String.valueOf(arg.defaultValue())).replace("%%", "%"));
    }

    private void section(String title, String body) {
        macro("SH", title);
        text(body);
    }

    private void item(String term, String body) {
        macro("TP");
        out.append("\\fB").append(escaped(term)).append("\\fR\n");
        text(body);
    }

    private void text(String line) {
        out.append(line.startsWith(".") || line.startsWith("'") ? "\\&" : "").append(escaped(line)).append('\n');
    }

    private void macro(String name, String... arguments) {
        out.append('.').append(name);
        for (String argument : arguments) {
            out.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
        }
        out.append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }
}
