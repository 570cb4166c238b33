package bpfmc.explorer.cli;

import bpfmc.model.InputException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(name = "bpfmc", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND", subcommands = {CheckCommand.class, RulesCommand.class, ConfirmCommand.class, ExplainCommand.class,
            ShowCommand.class, BenchCommand.class, LocksCommand.class, LitmusCommand.class, StressCommand.class, NightlyCommand.class, ReplayCommand.class,
            SchemaCommand.class, CompletionCommand.class, ManCommand.class},
        description = "A model checker for concurrent BPF programs.",
        footer = {"", "Exit codes: 0 holds, 1 violated or rejected, 2 usage or input error, 3 inconclusive, 70 internal error, 130 and 143 stopped by Ctrl-C and SIGTERM.", "",
            "Example: bpfmc check counters.bpf.o"})
public final class Main implements Runnable, Listening {
    private final StopSignal stop;
    private final Runnable listen;

    /** Commands of a process that goes on when they end: it looks after signals itself. */
    public Main() {
        this(new StopSignal(), () -> { });
    }

    private Main(StopSignal stop, Runnable listen) {
        this.stop = stop;
        this.listen = listen;
    }

    @Override
    public StopSignal listening() {
        listen.run();
        return stop;
    }

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return Build.words();
        }
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do: check, rules, confirm, explain, show, replay, nightly, locks, litmus, stress or bench");
    }

    public static void main(String[] args) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true);
        var stop = new StopSignal();
        int code = guarded(new Main(stop, stop::listen), new PrintWriter(out), err, args);
        out.flush();
        if (out.checkError()) {
            err.println("bpfmc: standard output cannot be written");
            code = ExitCodes.graver(code, ExitCodes.USAGE);
        }
        stop.told();
        System.exit(code);
    }

    /** Whatever goes wrong ends in an exit code of its own, never in one of a verdict. */
    private static int guarded(Main main, PrintWriter out, PrintWriter err, String... args) {
        try {
            return run(main, out, err, args);
        } catch (OutOfMemoryError e) {
            err.println("bpfmc: out of memory, no verdict; give the Java heap more with BPFMC_JAVA_OPTIONS=-Xmx8g, or narrow the scenario");
            return ExitCodes.INTERNAL;
        } catch (RuntimeException | Error e) {
            return internal(e, err);
        }
    }

    /** {@return the exit code} */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(new Main(), out, err, args);
    }

    private static int run(Main main, PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(main).setOut(out).setErr(err).setCaseInsensitiveEnumValuesAllowed(true).setExpandAtFiles(false);
        line.setExecutionExceptionHandler((e, command, parsed) -> failure(e, err));
        line.setParameterExceptionHandler((e, arguments) -> usage(e, err));
        int code = line.execute(args);
        out.flush();
        err.flush();
        return code;
    }

    private static int usage(CommandLine.ParameterException e, PrintWriter err) {
        err.println("bpfmc: " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try 'bpfmc " + (e.getCommandLine().getParent() == null ? "" : e.getCommandLine().getCommandName() + " ") + "--help'.");
        return ExitCodes.USAGE;
    }

    private static int failure(Exception e, PrintWriter err) {
        if (e instanceof InputException) {
            err.println("bpfmc: " + e.getMessage());
            return ExitCodes.USAGE;
        }
        return internal(e, err);
    }

    /** Says that the fault is ours; there is no verdict. */
    static int internal(Throwable e, PrintWriter err) {
        err.println("bpfmc: internal error, no verdict: " + e);
        for (StackTraceElement element : e.getStackTrace()) {
            if (element.getClassName().startsWith("bpfmc.")) {
                err.println("  at " + element);
            }
        }
        err.println("This is a fault of bpfmc. Please report it with the object and the command line.");
        return ExitCodes.INTERNAL;
    }
}
