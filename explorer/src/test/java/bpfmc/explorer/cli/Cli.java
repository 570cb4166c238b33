package bpfmc.explorer.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs bpfmc as its main method does, without leaving the JVM. */
record Cli(int code, String out, String err) {
    static Cli run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Cli(code, out.toString(), err.toString());
    }
}
