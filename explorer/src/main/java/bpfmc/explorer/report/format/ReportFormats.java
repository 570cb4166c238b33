package bpfmc.explorer.report.format;

import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** The one list of formats. */
public final class ReportFormats {
    /** The format for people at a terminal. */
    public static final ReportFormat TEXT = new ReportFormat("text", "for people at a terminal, the first problems in full", TextReport.PARTS);

    /** A line an object. */
    public static final ReportFormat BRIEF = new ReportFormat("brief", "a line an object", BriefReport.PARTS);
    /** The text with what each exploration cost. */
    public static final ReportFormat VERBOSE = new ReportFormat("verbose", "the text, with what each exploration cost", TextReport.VERBOSE_PARTS);

    /** The text with every problem in full, and every scenario. */
    public static final ReportFormat DETAILS = new ReportFormat("details", "the text, with every problem in full", TextReport.DETAILED_PARTS);

    private static final ImmutableList<ReportFormat> ALL = Lists.immutable.with(TEXT, BRIEF, VERBOSE, DETAILS,
            new ReportFormat("json", "everything, for scripts; its schema: bpfmc schema report", JsonReport::of),
            new ReportFormat("jsonl", "the same in lines of JSON: one for each scenario, written as it ends, one for each object", JsonLines.PARTS),
            new ReportFormat("html", "one page to step through the interleavings, for a browser", HtmlReport::of),
            new ReportFormat("sarif", "SARIF 2.1.0, for code scanning", SarifReport::of),
            new ReportFormat("junit", "JUnit XML, a test case a scenario; inconclusive ones are errors",
                    all -> JUnitReport.of(all, JUnitReport.Inconclusive.ERROR)),
            new ReportFormat("junit-skipped", "the same; inconclusive ones are skipped",
                    all -> JUnitReport.of(all, JUnitReport.Inconclusive.SKIPPED)),
            new ReportFormat("csv", "a line a scenario, with veristat's columns", CsvReport::of),
            new ReportFormat("github", "annotations for GitHub Actions", GitHubReport::of),
            new ReportFormat("markdown", "a summary, for GitHub's step summary", MarkdownReport::of),
            new ReportFormat("perfetto", "the interleavings as Chrome trace events, for ui.perfetto.dev", ChromeTrace::of),
            new ReportFormat("dot", "the interleavings for Graphviz", DotReport::of),
            new ReportFormat("mermaid", "the interleavings as sequence diagrams in Markdown", MermaidReport::of),
            new ReportFormat("states-dot", "the states of small explorations for Graphviz", StatesDot::of, true),
            new ReportFormat("states-mermaid", "the same as state diagrams in Markdown", StatesMermaid::of, true));

    private ReportFormats() {}

    /** {@return all formats, in the order in which help lists them} */
    public static ImmutableList<ReportFormat> all() {
        return ALL;
    }
}
