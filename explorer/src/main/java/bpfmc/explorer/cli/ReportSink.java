package bpfmc.explorer.cli;

import bpfmc.explorer.report.ObjectReport;
import bpfmc.explorer.report.format.EndedScenario;

/** Is told what has ended while the rest is still being checked. */
interface ReportSink {
    /** Waits for the whole. */
    ReportSink NONE = new ReportSink() {
        @Override
        public void scenario(EndedScenario ended) {}

        @Override
        public void object(ObjectReport report) {}
    };

    /** A scenario of an object has ended. Those of a scenario file are told with their object, as it says which findings are accepted. */
    void scenario(EndedScenario ended);

    /** An object, or a scenario of a file, was checked to its end. */
    void object(ObjectReport report);
}
