package bpfmc.explorer.cli;

import bpfmc.explorer.check.Choice;
import bpfmc.explorer.livekernel.Compared;
import bpfmc.explorer.report.format.ExpectationTable;
import bpfmc.explorer.report.format.KernelTable;
import bpfmc.explorer.report.format.RuleJson;
import bpfmc.explorer.report.format.RuleText;
import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.load.ObjectReader;
import bpfmc.model.rules.Agreement;
import bpfmc.model.rules.Finding;
import bpfmc.model.rules.Judgement;
import bpfmc.model.rules.LockRules;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eclipse.collections.api.list.ImmutableList;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code bpfmc rules}: the kernel's lock rules alone. */
@Command(name = "rules", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Judges programs by the kernel's lock rules, as its verifier would.",
        footer = {"", "Exit codes: 0 accepted, 1 rejected, 2 usage or input error, 3 not judged to the end. With --expectations and --against-kernel: 1 where the rules disagree.", "",
            "Examples:", "  bpfmc rules counters.bpf.o", "  bpfmc rules --kernel 6.1 build/", "  bpfmc rules --kernel all counters.bpf.o",
            "  bpfmc rules --against-kernel counters.bpf.o"})
final class RulesCommand implements Callable<Integer> {
    enum Format { text, json }

    @Parameters(arity = "1..*", paramLabel = "OBJECT", description = "Objects, folders of objects, or patterns.")
    private List<String> objects;

    @Mixin
    private RuleOptions rules;

    @Mixin
    private ReadOnlyData constants = new ReadOnlyData();

    @Option(names = "--program", paramLabel = "NAME", description = "Only these programs. May be repeated.")
    private List<String> programs = List.of();

    @Option(names = "--expectations", description = "Judge each program against its own tags (test_expect_failure and its kin).")
    private boolean expectations;

    @Option(names = RuleOptions.AGAINST_KERNEL, description = "Load each program into the running kernel too, alone and without attaching it, and tell where its verifier"
            + " disagrees with the rules of its version. Takes root or CAP_BPF, and libbpf.")
    private boolean againstKernel;

    @Option(names = "--format", paramLabel = "NAME", defaultValue = "text",
            description = "text, or json: one line an object (default: ${DEFAULT-VALUE}).")
    private Format format;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private ExpectationTable table = new ExpectationTable();
    private int judged;
    private int rejected;
    private int undecided;

    @Override
    public Integer call() {
        ImmutableList<String> waived = rules.waived();
        if (expectations && rules.allKernels()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--expectations is about one kernel: name it, or leave --kernel out");
        }
        if (againstKernel) {
            if (expectations || !waived.isEmpty()) {
                throw new CommandLine.ParameterException(spec.commandLine(), RuleOptions.AGAINST_KERNEL + " compares all rules with the running kernel: leave "
                        + (expectations ? "--expectations" : "--waive") + " out");
            }
            return againstKernel();
        }
        PrintWriter out = spec.commandLine().getOut();
        int code = 0;
        for (Path path : ObjectPaths.of(objects)) {
            try {
                code = ExitCodes.graver(code, judge(constants.set(ObjectReader.read(path)), waived, out));
            } catch (InputException e) {
                spec.commandLine().getErr().println("bpfmc: " + e.getMessage());
                code = ExitCodes.graver(code, ExitCodes.USAGE);
            }
            out.flush();
        }
        if (expectations) {
            out.print(table.render());
        } else if (format == Format.text) {
            out.printf("%d program%s: %d accepted, %d rejected%s%s%n", judged, judged == 1 ? "" : "s", judged - rejected - undecided,
                    rejected, undecided > 0 ? ", " + undecided + " not judged to the end" : "",
                    waived.isEmpty() ? "" : "; waived: " + waived.makeString(", "));
        }
        return code;
    }

    private int againstKernel() {
        PrintWriter out = spec.commandLine().getOut();
        try (AgainstKernel kernel = AgainstKernel.open()) {
            var rows = new KernelTable(kernel.release());
            int code = 0;
            for (Path path : ObjectPaths.of(objects)) {
                try {
                    BpfObject object = constants.set(ObjectReader.read(path));
                    ImmutableList<Compared> compared = kernel.compared(path, object, Choice.programs(object, programs), rules);
                    rows.add(object.name(), compared);
                    code = ExitCodes.graver(code, AgainstKernel.code(compared));
                    if (format == Format.json) {
                        json(KernelTable.json(object.name(), kernel.release(), compared), out);
                    }
                } catch (InputException e) {
                    spec.commandLine().getErr().println("bpfmc: " + e.getMessage());
                    code = ExitCodes.graver(code, ExitCodes.USAGE);
                }
            }
            if (format == Format.text) {
                out.print(rows.render());
            }
            return code;
        }
    }

    private int judge(BpfObject object, ImmutableList<String> waived, PrintWriter out) {
        try {
            ImmutableList<BpfProgram> chosen = Choice.programs(object, programs);
            if (expectations) {
                return compare(object, chosen, waived, out);
            }
            return rules.allKernels() ? matrix(object, chosen, waived, out)
                    : one(object, LockRules.judge(object, chosen, rules.kernel(), waived), out);
        } catch (InputException e) {
            throw e.within(object.name());
        }
    }

    private int matrix(BpfObject object, ImmutableList<BpfProgram> chosen, ImmutableList<String> waived, PrintWriter out) {
        ImmutableList<Judgement> byKernel = LockRules.matrix(object, chosen, rules.privileged(), waived);
        switch (format) {
            case text -> out.println(RuleText.matrix(object, byKernel));
            case json -> byKernel.each(j -> json(RuleJson.judgement(object, j), out));
        }
        return count(byKernel.getLast());
    }

    private int compare(BpfObject object, ImmutableList<BpfProgram> chosen, ImmutableList<String> waived, PrintWriter out) {
        ImmutableList<Agreement> agreements = Agreement.of(object, chosen, LockRules.judge(object, chosen, rules.kernel(), waived));
        table.add(object.name(), chosen.size(), agreements);
        ImmutableList<Agreement> wrong = agreements.select(a -> a.outcome() == Agreement.Outcome.DISAGREED);
        wrong.each(a -> out.println(object.name() + ": " + a.program() + ": disagreed: " + a.why()));
        return wrong.isEmpty() ? ExitCodes.HOLDS : ExitCodes.VIOLATED;
    }

    private int one(BpfObject object, Judgement judgement, PrintWriter out) {
        switch (format) {
            case text -> {
                judgement.findings().each(f -> out.println(RuleText.diagnostic(object, f)));
                judgement.programs().select(p -> p.gap().isPresent()).each(p -> out.println(object.name() + ": " + p.name()
                        + ": not judged to the end: " + p.gap().get().what() + " at instruction " + p.gap().get().slot() + "\n"));
            }
            case json -> json(RuleJson.judgement(object, judgement), out);
        }
        return count(judgement);
    }

    private static void json(Map<String, Object> value, PrintWriter out) {
        out.println(JsonMapper.shared().writeValueAsString(value));
    }

    private int count(Judgement judgement) {
        boolean whole = judgement.maps().anySatisfy(Finding::rejects);
        judged += judgement.programs().size();
        rejected += judgement.programs().count(p -> whole || p.rejected());
        undecided += judgement.programs().count(p -> !whole && !p.rejected() && p.gap().isPresent());
        return judgement.rejected() ? ExitCodes.VIOLATED : judgement.incomplete() ? ExitCodes.INCONCLUSIVE : ExitCodes.HOLDS;
    }
}
