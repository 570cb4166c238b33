package bpfmc.explorer.cli;

import bpfmc.explorer.report.RulePages;
import bpfmc.model.rules.LockRules;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine;

/** {@code bpfmc explain}: the page of a rule, or the list of all. */
@Command(name = "explain", mixinStandardHelpOptions = true, description = "Explains a lock rule; without a name, lists all rules.",
        footer = {"", "Example: bpfmc explain unlock-before-exit"})
final class ExplainCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "RULE", description = "Rules as findings name them, or not-checked.")
    private List<String> rules = List.of();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (rules.isEmpty()) {
            out.print(RulePages.list(LockRules.pages()));
        }
        for (String rule : rules) {
            out.print(rule.equals(RulePages.NOT_CHECKED) ? RulePages.notChecked() : RulePages.page(RuleOptions.requireRule(rule)));
        }
        out.flush();
        return 0;
    }
}
