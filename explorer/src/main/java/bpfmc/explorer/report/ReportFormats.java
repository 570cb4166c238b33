package bpfmc.explorer.report;

import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** The one list of formats. */
public final class ReportFormats {
    /** The format for people at a terminal. */
    public static final ReportFormat TEXT = new ReportFormat("text", "for people at a terminal", TextReport::of);

    private static final ImmutableList<ReportFormat> ALL = Lists.immutable.with(TEXT,
            new ReportFormat("json", "everything, for scripts; its schema: bpfmc schema report", JsonReport::of));

    private ReportFormats() {}

    /** {@return all formats, in the order in which help lists them} */
    public static ImmutableList<ReportFormat> all() {
        return ALL;
    }
}
