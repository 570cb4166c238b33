package bpfmc.explorer.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Assumptions;

/** Runs bpfmc as its main method does, without leaving the JVM. */
record Cli(int code, String out, String err) {
    /** As {@link #run}; the test is skipped, with the program's own sentence, where the running kernel cannot be asked. {@code KernelIsAskedTest} says where that must not be. */
    static Cli asking(String... arguments) {
        Cli cli = run(arguments);
        Assumptions.assumeFalse(cli.code == ExitCodes.USAGE && cli.err.startsWith("bpfmc: the running kernel cannot be asked"), cli.err);
        return cli;
    }

    static Cli run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Cli(code, out.toString(), err.toString());
    }
}
