package bpfmc.explorer.cli;

import bpfmc.explorer.replay.Stepper;
import bpfmc.explorer.replay.StoredTrace;
import bpfmc.explorer.report.format.HtmlTrace;
import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eclipse.collections.api.list.ImmutableList;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfmc replay}: a stored counterexample, step by step. */
@Command(name = "replay", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Steps through a counterexample that a JSON report keeps. On the terminal: " + Stepper.COMMANDS + ".",
        footer = {"", "Examples:", "  bpfmc check --format json=report.json counters.bpf.o", "  bpfmc replay report.json",
            "  bpfmc replay --to html=trace.html report.json lost-update"})
final class ReplayCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "REPORT", description = "What 'bpfmc check --format json=REPORT' wrote.")
    private Path file;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "Which finding: its id, or a part of it (default: the first one).")
    private String id = "";

    @Option(names = "--list", description = "List the findings instead.")
    private boolean list;

    @Option(names = "--to", paramLabel = "html=FILE", description = "Write a page to step through instead.")
    private Optional<String> target = Optional.empty();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Optional<Path> page = target.map(this::page);
        page.ifPresent(FileOutput::probe);
        ImmutableList<StoredTrace> traces = StoredTrace.read(file);
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            traces.each(t -> out.println(t.id() + "  (" + t.object() + ": " + t.scenario() + ", " + t.steps().size() + " steps)"));
            return ExitCodes.HOLDS;
        }
        StoredTrace trace = chosen(traces);
        if (page.isPresent()) {
            FileOutput.write(page.get(), HtmlTrace.of(trace.object(), trace.scenario(), trace.finding()));
        } else {
            walk(trace, out);
        }
        return ExitCodes.HOLDS;
    }

    private Path page(String to) {
        if (!to.startsWith("html=") || to.length() == "html=".length()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--to: say html=FILE");
        }
        return Path.of(to.substring("html=".length()));
    }

    private StoredTrace chosen(ImmutableList<StoredTrace> traces) {
        if (traces.isEmpty()) {
            throw new InputException(file + ": there is no counterexample in it");
        }
        ImmutableList<StoredTrace> exact = traces.select(t -> t.id().equals(id));
        ImmutableList<StoredTrace> like = exact.notEmpty() ? exact : traces.select(t -> t.id().contains(id));
        if (like.isEmpty()) {
            throw new InputException(file + ": there is no finding '" + id + "'" + Nearest.hint(traces.collect(StoredTrace::id), id));
        }
        return like.getFirst();
    }

    private void walk(StoredTrace trace, PrintWriter out) throws IOException {
        out.println(trace.object() + ": " + trace.scenario() + "   " + trace.id());
        out.println(trace.message());
        trace.notes().each(n -> out.println("  " + n));
        out.println(Stepper.COMMANDS);
        Optional<Stepper> at = Optional.of(new Stepper(trace));
        at.get().memory().take(trace.initially().isEmpty() ? 0 : 1).newWithAll(at.get().shown()).each(out::println);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (at.isPresent()) {
            out.print("> ");
            out.flush();
            String line = in.readLine();
            if (line == null) {
                out.println();
                return;
            }
            Stepper.Answer answer = at.get().command(line);
            answer.lines().each(out::println);
            at = answer.next();
        }
    }
}
