package bpfmc.explorer.report.format;

import bpfmc.model.rules.LockRules;
import bpfmc.model.rules.RulePage;
import org.eclipse.collections.api.list.ImmutableList;

/** The pages that explain the lock rules. */
public final class RulePages {
    /** The page of what is not checked. */
    public static final String NOT_CHECKED = "not-checked";

    private RulePages() {}

    /** {@return a line a rule: its id, the kernels that have it, the rule in one sentence} */
    public static String list(ImmutableList<RulePage> pages) {
        var columns = new Columns("RULE", "KERNELS", "");
        pages.each(p -> columns.add(p.id(), kernels(p), p.title() + (p.warning() ? " (warning)" : "")));
        return columns.render("") + "\nWhat the rules leave out: bpfmc explain " + NOT_CHECKED + "\n";
    }

    private static String kernels(RulePage page) {
        return page.since() + page.until().map(last -> " to " + last).orElse(" on");
    }

    /** {@return a rule's page} */
    public static String page(RulePage page) {
        return page.id() + "   (Linux " + kernels(page) + "; " + page.row() + ")\n\n" + page.title() + "\n\n" + page.text() + "\n\n"
                + "kernel says    " + page.says().makeString("\n               ") + "\n" + "fix            " + page.fix() + "\n";
    }

    /** {@return what the rules do not check, and why} */
    public static String notChecked() {
        return LockRules.notChecked();
    }
}
