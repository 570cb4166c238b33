package bpfmc.explorer.cli;

import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.FailOn;
import bpfmc.explorer.report.ObjectReport;
import bpfmc.explorer.report.format.EndedScenario;
import bpfmc.explorer.report.format.ReportFormat;
import bpfmc.explorer.report.format.ReportFormats;
import bpfmc.explorer.report.format.ReportParts;
import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Which reports are written, and where to. Nothing here changes a verdict. */
final class OutputOptions {
    /** The names of all formats, for help and completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ReportFormats.all().collect(ReportFormat::name).iterator();
        }
    }

    @Option(names = "--format", paramLabel = "NAME[=FILE]", completionCandidates = Names.class,
            description = "Write the report as NAME: ${COMPLETION-CANDIDATES}. With =FILE it goes there, and the text stays on the "
                    + "terminal. May be repeated; one format may go to the terminal (default: text).")
    private List<String> formats = List.of();

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Write the one report to a file instead of the terminal.")
    private Optional<Path> output = Optional.empty();

    /** How much the terminal shows when no format is asked for. */
    private static final class Amount {
        @Option(names = {"-q", "--quiet"}, description = "On the terminal: a line an object (the format 'brief').")
        private boolean quiet;

        @Option(names = "--details", paramLabel = "all", description = "On the terminal: every problem in full (the format 'details'); else the first three.")
        private Optional<Details> details = Optional.empty();

        @Option(names = {"-v", "--verbose"}, description = "On the terminal: what each exploration cost too (the format 'verbose').")
        private boolean verbose;
    }

    /** What {@code --details} may say. */
    private enum Details {
        all
    }

    @CommandLine.ArgGroup(exclusive = true)
    private Amount amount = new Amount();

    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
    private CommandLine.Model.CommandSpec spec;

    private ReportFormat text() {
        return amount.quiet ? ReportFormats.BRIEF : amount.verbose ? ReportFormats.VERBOSE
                : amount.details.isPresent() ? ReportFormats.DETAILS : ReportFormats.TEXT;
    }

    /** Objects whose scenarios have been written, and targets that have had a part. */
    private final Set<String> lined = new HashSet<>();
    private final Set<Target> begun = new HashSet<>();

    private record Target(ReportFormat format, Optional<Path> file) {}

    /** Refuses what cannot be written, before anything is explored. */
    void validate() {
        if (!text().equals(ReportFormats.TEXT) && targets().noneSatisfy(t -> t.format().equals(text()))) {
            throw refuse((amount.quiet ? "-q" : amount.verbose ? "-v" : "--details") + " says how much text goes to the terminal, and --format sends something else there");
        }
        targets().each(t -> t.file().ifPresent(FileOutput::probe));
    }

    /** {@return whether a report needs the graphs of states} */
    boolean needsStates() {
        return targets().anySatisfy(t -> t.format().states());
    }

    /** {@return what writes at once, where the format allows it} To files only formats of lines: others replace what was there as a whole. */
    ReportSink sink(FailOn failOn) {
        targets().select(OutputOptions::growsInFile).each(t -> FileOutput.write(t.file().get(), ""));
        return new ReportSink() {
            @Override
            public synchronized void scenario(EndedScenario ended) {
                lined.add(ended.path());
                growing().each(t -> t.format().parts().flatMap(ReportParts::scenario).ifPresent(line -> grow(t, line.apply(ended))));
            }

            @Override
            public synchronized void object(ObjectReport report) {
                growing().each(t -> {
                    ReportParts parts = t.format().parts().orElseThrow();
                    String part = (lined.contains(report.path()) ? "" : parts.scenarios(report)) + parts.object().apply(report, failOn);
                    if (!part.isEmpty()) {
                        grow(t, (begun.add(t) ? "" : parts.between()) + part);
                    }
                });
            }
        };
    }

    private ImmutableList<Target> growing() {
        return targets().select(t -> t.file().isEmpty() ? t.format().parts().isPresent() : growsInFile(t));
    }

    private static boolean growsInFile(Target target) {
        return target.file().isPresent() && target.format().parts().flatMap(ReportParts::scenario).isPresent();
    }

    private void grow(Target target, String text) {
        target.file().ifPresentOrElse(file -> FileOutput.append(file, text), () -> print(text));
    }

    /** Writes what the sink has not. @throws InputException naming every file that could not be written, after all others were */
    void write(CheckReport report) {
        MutableList<String> failed = Lists.mutable.empty();
        for (Target target : targets()) {
            try {
                if (growing().contains(target)) {
                    grow(target, target.format().parts().orElseThrow().end().apply(report));
                    continue;
                }
                String text = target.format().writer().apply(report);
                target.file().ifPresentOrElse(file -> FileOutput.write(file, text), () -> print(text));
            } catch (InputException e) {
                failed.add(e.getMessage());
            }
        }
        if (report.reports().anySatisfy(r -> r.problems().notEmpty()) && !amount.quiet) {
            targets().select(t -> t.format().name().equals("json")).forEach(t -> t.file().ifPresent(f -> tell("replay  bpfmc replay " + f + "\n")));
        }
        if (failed.notEmpty()) {
            throw new InputException(failed.makeString("; "));
        }
    }

    /** Prints a text for people after the reports: beside the text on the terminal, else beside what a script reads. */
    void tell(String text) {
        if (output.isEmpty() && targets().anySatisfy(t -> t.format().equals(text()) && t.file().isEmpty())) {
            print(text);
        } else {
            spec.commandLine().getErr().print(text);
            spec.commandLine().getErr().flush();
        }
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }

    private ImmutableList<Target> targets() {
        MutableList<Target> targets = Lists.mutable.withAll(formats).collect(this::target);
        if (output.isPresent()) {
            if (targets.size() > 1 || targets.anySatisfy(t -> t.file().isPresent())) {
                throw refuse("-o is for a single report; of several say --format NAME=FILE each");
            }
            return Lists.immutable.with(new Target(targets.isEmpty() ? text() : targets.getFirst().format(), output));
        }
        if (targets.count(t -> t.file().isEmpty()) > 1) {
            throw refuse("only one format can go to the terminal; give the others a file: --format "
                    + targets.select(t -> t.file().isEmpty()).getLast().format().name() + "=FILE");
        }
        List<Path> files = new ArrayList<>();
        for (Target target : targets) {
            target.file().map(f -> f.toAbsolutePath().normalize()).ifPresent(f -> {
                if (files.contains(f)) {
                    throw refuse("two reports cannot go to one file: " + f.getFileName());
                }
                files.add(f);
            });
        }
        return (targets.allSatisfy(t -> t.file().isPresent()) ? Lists.mutable.with(new Target(text(), Optional.empty()))
                .withAll(targets) : targets).toImmutable();
    }

    private Target target(String argument) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        if (equals == argument.length() - 1) {
            throw refuse("--format " + argument + " names no file");
        }
        ReportFormat format = ReportFormats.all().detect(f -> f.name().equalsIgnoreCase(name));
        if (format == null) {
            throw refuse("--format: there is no format '" + name + "'" + Nearest.hint(ReportFormats.all().collect(ReportFormat::name), name)
                    + "; there are " + ReportFormats.all().collect(ReportFormat::name).makeString(", "));
        }
        return new Target(format, equals < 0 ? Optional.empty() : Optional.of(Path.of(argument.substring(equals + 1))));
    }

    private CommandLine.ParameterException refuse(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
