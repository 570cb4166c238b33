package bpfmc.explorer.cli;

import bpfmc.explorer.check.AllProperties;
import bpfmc.explorer.report.format.ExplanationPages;
import bpfmc.explorer.report.format.RulePages;
import bpfmc.explorer.verdict.Explanation;
import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import bpfmc.model.rules.LockRules;
import bpfmc.model.rules.RulePage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eclipse.collections.api.list.ImmutableList;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfmc explain}: the page of a property or of a rule, or the lists of all. */
@Command(name = "explain", mixinStandardHelpOptions = true, description = "Explains a property or a lock rule; without a name, lists all of both.",
        footer = {"", "Examples:", "  bpfmc explain data-race", "  bpfmc explain unlock-before-exit"})
final class ExplainCommand implements Callable<Integer> {
    private static final String SUPPORTED = "supported";
    private static final String MARKDOWN = "markdown";

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Properties and rules as findings name them; not-checked; supported.")
    private List<String> names = List.of();

    @Option(names = "--format", paramLabel = "FORMAT", description = "Of the page 'supported': markdown.")
    private Optional<String> format = Optional.empty();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (names.isEmpty()) {
            out.print(ExplanationPages.list(AllProperties.explanations()) + "\n" + RulePages.list(LockRules.pages()));
        }
        for (String name : names) {
            out.print(page(name));
        }
        out.flush();
        return 0;
    }

    private String page(String name) {
        if (format.isPresent() && !(names.size() == 1 && name.equals(SUPPORTED) && format.get().equals(MARKDOWN))) {
            throw new InputException("only 'bpfmc explain supported' has another format, which is markdown");
        }
        return name.equals(RulePages.NOT_CHECKED) ? RulePages.notChecked() : name.equals(SUPPORTED) ? format.isPresent() ? SupportedPage.markdown() : SupportedPage.text()
                : AllProperties.explanation(name).map(ExplanationPages::page).or(() -> LockRules.page(name).map(RulePages::page)).orElseThrow(() -> {
                    ImmutableList<String> known = AllProperties.explanations().collect(Explanation::name).newWithAll(LockRules.pages().collect(RulePage::id));
                    return new InputException("there is no property or rule '" + name + "'" + Nearest.hint(known, name) + " 'bpfmc explain' lists all");
                });
    }
}
