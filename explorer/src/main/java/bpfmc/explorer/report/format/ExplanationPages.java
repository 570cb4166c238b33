package bpfmc.explorer.report.format;

import bpfmc.explorer.verdict.Explanation;
import bpfmc.explorer.verdict.Level;
import java.util.Locale;
import org.eclipse.collections.api.list.ImmutableList;

/** The pages that explain the properties. */
public final class ExplanationPages {
    private ExplanationPages() {}

    /** {@return a line a property: its name, the levels of its findings, what it means that it fails} */
    public static String list(ImmutableList<Explanation> explanations) {
        var columns = new Columns("PROPERTY", "LEVEL", "");
        explanations.each(e -> columns.add(e.name(), levels(e), e.title()));
        return columns.render("");
    }

    private static String levels(Explanation explanation) {
        return explanation.levels().collect((Level l) -> l.name().toLowerCase(Locale.ROOT)).makeString(", ");
    }

    /** {@return a property's page} */
    public static String page(Explanation explanation) {
        return explanation.name() + "   (" + levels(explanation) + ")\n\n" + explanation.title() + ".\n\n" + explanation.page();
    }
}
