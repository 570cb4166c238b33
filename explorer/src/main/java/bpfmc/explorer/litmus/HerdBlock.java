package bpfmc.explorer.litmus;

import java.util.Locale;

/** A result as herd7 prints it, without the hash of the file. */
public final class HerdBlock {
    private HerdBlock() {}

    /** {@return the block, its last line ended} */
    public static String of(LitmusResult result) {
        LitmusTest test = result.test();
        StringBuilder out = new StringBuilder();
        line(out, "Test " + test.name() + " " + test.quantifier().kind());
        line(out, "States " + result.states().size());
        result.states().forEach(state -> line(out, result.text(state)));
        line(out, result.verdict());
        line(out, "Witnesses");
        line(out, "Positive: " + result.positive() + " Negative: " + result.negative());
        line(out, "Condition " + test.quantifier().word() + " (" + test.condition().text() + ")");
        line(out, "Observation " + test.name() + " " + result.observation() + " " + result.positive() + " " + result.negative());
        line(out, String.format(Locale.ROOT, "Time %s %.2f", test.name(), result.nanos() / 1e9));
        return out.toString();
    }

    private static void line(StringBuilder out, String text) {
        out.append(text).append('\n');
    }
}
