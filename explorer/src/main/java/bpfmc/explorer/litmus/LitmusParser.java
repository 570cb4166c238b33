package bpfmc.explorer.litmus;

import bpfmc.explorer.litmus.LitmusTest.Variable;
import bpfmc.model.InputException;
import java.util.List;
import java.util.Map;

/** Reads litmus files: header, initial state, program, condition, each by a class of its own. */
public final class LitmusParser {
    /** Nobody writes longer ones. */
    private static final int LONGEST = 1 << 20;
    private static final int MOST_CELLS = 4096;

    private LitmusParser() {}

    /** {@return the test} @throws InputException when it is none; the message begins with line and column */
    public static LitmusTest parse(String text) {
        if (text.length() > LONGEST) {
            throw new InputException("line 1, column 1: the file has more than " + LONGEST + " characters");
        }
        Scanner in = new Scanner(text);
        String name = header(in);
        InitialState initial = InitialState.parse(in);
        List<List<Instruction>> threads = new ProgramParser(in).parse();
        initial.checkThreads(in, threads.size());
        ConditionParser condition = new ConditionParser(in, initial, threads.size());
        condition.parse();
        Map<String, Variable> variables = initial.variables(in);
        if (variables.values().stream().mapToInt(v -> v.initial().size()).sum() > MOST_CELLS) {
            throw new InputException("line 1, column 1: the test has more than " + MOST_CELLS + " cells");
        }
        return new LitmusTest(name, threads, initial.registers(in), variables, initial.types(), condition.shown(), condition.filter(),
                condition.quantifier(), condition.condition());
    }

    /** Architecture and name; whatever else stands before the initial state is for other tools. */
    private static String header(Scanner in) {
        in.skip();
        int start = in.position();
        String architecture = in.seesWord() ? in.name("BPF") : "";
        if (!architecture.equals("BPF")) {
            throw in.fault(start, architecture.isEmpty() ? "a litmus file begins with 'BPF' and a name" : "the architecture is '" + architecture + "'; only BPF is read");
        }
        in.skip();
        String name = in.run(c -> !Character.isWhitespace(c) && c != '{' && c != '"' && c != ';');
        if (name.isEmpty()) {
            throw in.fault("a name expected behind BPF, not " + in.next());
        }
        boolean quoted = false;
        while (!in.atEnd()) {
            if (!quoted && in.sees("{")) {
                return name;
            }
            quoted ^= in.sees("\"");
            in.back(in.position() + 1);
        }
        throw in.fault("'{' and the initial state expected, not the end of the file");
    }
}
