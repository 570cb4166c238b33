package bpfmc.explorer.cli;

import bpfmc.explorer.axiomatic.LimitReached;
import bpfmc.explorer.axiomatic.Model;
import bpfmc.explorer.litmus.Expectations;
import bpfmc.explorer.litmus.HerdBlock;
import bpfmc.explorer.litmus.LitmusParser;
import bpfmc.explorer.litmus.LitmusResult;
import bpfmc.explorer.litmus.LitmusTable;
import bpfmc.explorer.litmus.LitmusTest;
import bpfmc.explorer.litmus.Witness;
import bpfmc.explorer.litmus.WitnessDot;
import bpfmc.explorer.litmus.WitnessHtml;
import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.eclipse.collections.impl.factory.Lists;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All outcomes of litmus tests under a memory model. */
@Command(name = "litmus", mixinStandardHelpOptions = true,
        description = "Runs litmus tests of BPF under a memory model: all final states, as herd7 prints them.",
        footer = {"", "Exit codes: 0 done (with --expect: as recorded), 1 not as recorded, 2 a file cannot be read, 3 a limit was met and the condition may still be decided otherwise.", "",
            "Example: bpfmc litmus tests/ --model tso", "         bpfmc litmus tests/ --expect recorded.tsv", "         bpfmc litmus mp.litmus --graph html -o mp.html"})
final class LitmusCommand implements Callable<Integer> {
    /** How results are written. */
    enum Format { text, json, csv }

    /** How an execution is drawn. */
    enum GraphFormat { dot, html }

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Litmus files, folders of them, patterns.")
    private List<String> files = List.of();

    @Option(names = "--model", paramLabel = "MODEL", defaultValue = "bpf",
            description = "bpf (as herd7 has it), bpf-strict (where a compare-and-exchange writes behind what it reads), tso (x86) or sc (default: ${DEFAULT-VALUE}).")
    private String modelName;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text (herd7's blocks), json or csv (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Option(names = "--expect", paramLabel = "FILE", description = "Hold the results against recorded ones: herd7's output, or a table with named columns, as --format csv writes it.")
    private Path expect;

    @Option(names = "--graph", paramLabel = "FORMAT",
            description = "Draw an execution that ends with the condition, as dot or html: one that the model allows, or one with the circle that it refuses. One test.")
    private GraphFormat graph;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Write there instead of to standard output.")
    private Path output;

    @Option(names = "--unroll", paramLabel = "N", defaultValue = "2", description = "How often each backward jump may be taken (default: ${DEFAULT-VALUE}, as herd7).")
    private int unroll;

    @Option(names = "--workers", paramLabel = "N", defaultValue = "0", description = "How many threads explore one test together (default: one a processor).")
    private int workers;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "600", description = "For each test (default: ${DEFAULT-VALUE}).")
    private long timeout;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private int code = ExitCodes.HOLDS;

    @Override
    public Integer call() {
        Model model = model();
        if (unroll < 0 || unroll > 1000 || workers < 0 || workers > 1024 || timeout < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--unroll is 0 to 1000, --workers 1 to 1024, --timeout at least 1");
        }
        List<Path> paths = ObjectPaths.litmus(files).castToList();
        if (graph != null && (paths.size() != 1 || expect != null)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--graph draws one test, and has no --expect");
        }
        Optional<Expectations> expectations = Optional.ofNullable(expect).map(p -> Expectations.parse(read(p), model));
        Optional.ofNullable(output).ifPresent(FileOutput::probe);
        if (graph != null) {
            draw(parsed(paths.getFirst()), model);
            return code;
        }
        List<LitmusTable.Row> rows = new ArrayList<>();
        for (Path path : paths) {
            run(path, model).ifPresent(result -> {
                rows.add(new LitmusTable.Row(path.toString(), result));
                if (format == Format.text && expectations.isEmpty() && output == null) {
                    spec.commandLine().getOut().println(HerdBlock.of(result));
                    spec.commandLine().getOut().flush();
                }
            });
        }
        String table = switch (format) {
            case json -> LitmusTable.json(rows);
            case csv -> LitmusTable.csv(rows);
            case text -> expectations.isPresent() || output == null ? ""
                    : String.join("", rows.stream().map(r -> HerdBlock.of(r.result()) + "\n").toList());
        };
        write(table);
        expectations.ifPresent(e -> compare(e, rows));
        return code;
    }

    private Model model() {
        return Model.offered().stream().filter(m -> m.option().equals(modelName)).findFirst()
                .orElseThrow(() -> new CommandLine.ParameterException(spec.commandLine(), "--model: there is no model '" + modelName + "'"
                        + Nearest.hint(Lists.immutable.withAll(Model.offered()).collect(Model::option), modelName)));
    }

    private LitmusResult.Options options(Model model) {
        int threads = workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
        return new LitmusResult.Options(model, unroll, threads, true, System.nanoTime() + TimeUnit.SECONDS.toNanos(timeout));
    }

    /** {@return the result; none when the file cannot be read or a limit was met, which has been said} */
    private Optional<LitmusResult> run(Path path, Model model) {
        try {
            LitmusResult result = LitmusResult.of(parsed(path), options(model));
            if (result.undecided() && expect == null) {
                say(path, "loops were left after " + unroll + " turns, so there may be more outcomes; a longer --unroll follows more of them", ExitCodes.INCONCLUSIVE);
            }
            return Optional.of(result);
        } catch (InputException e) {
            say(path, e.getMessage().replaceFirst("^" + java.util.regex.Pattern.quote(path + ": "), ""), ExitCodes.USAGE);
        } catch (LimitReached e) {
            say(path, "no result: " + e.getMessage(), ExitCodes.INCONCLUSIVE);
        }
        return Optional.empty();
    }

    private void say(Path path, String message, int exitCode) {
        spec.commandLine().getErr().println("bpfmc: " + path + ": " + message);
        code = ExitCodes.graver(code, exitCode);
    }

    private static LitmusTest parsed(Path path) {
        String text = read(path);
        try {
            return LitmusParser.parse(text);
        } catch (InputException e) {
            throw e.within(path.toString());
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw new InputException(path + ": this is no text in UTF-8");
        } catch (NoSuchFileException e) {
            throw new InputException(path + ": there is no such file");
        } catch (IOException e) {
            throw new InputException(path + ": cannot be read: " + e.getMessage());
        }
    }

    private void write(String text) {
        if (output != null) {
            FileOutput.write(output, text);
        } else {
            spec.commandLine().getOut().print(text);
        }
    }

    private void compare(Expectations expectations, List<LitmusTable.Row> rows) {
        PrintWriter out = format == Format.text ? spec.commandLine().getOut() : spec.commandLine().getErr();
        int same = 0;
        for (LitmusTable.Row row : rows) {
            List<String> differences = expectations.differences(row.file(), row.result());
            same += differences.isEmpty() ? 1 : 0;
            differences.forEach(d -> out.println(row.result().test().name() + ": " + d));
        }
        out.println(same + " of " + rows.size() + " tests as recorded in " + expect);
        code = ExitCodes.graver(code, same == rows.size() ? ExitCodes.HOLDS : ExitCodes.VIOLATED);
    }

    private void draw(LitmusTest test, Model model) {
        Optional<Witness> witness;
        try {
            witness = Witness.of(test, options(model));
        } catch (LimitReached e) {
            say(Path.of(files.getFirst()), "no execution to draw: " + e.getMessage(), ExitCodes.INCONCLUSIVE);
            return;
        }
        witness.ifPresentOrElse(w -> write(graph == GraphFormat.dot ? WitnessDot.of(w) : WitnessHtml.of(w)),
                () -> say(Path.of(files.getFirst()), "no execution to draw: none ends so, whatever the order, unless values come from themselves", ExitCodes.INCONCLUSIVE));
    }
}
