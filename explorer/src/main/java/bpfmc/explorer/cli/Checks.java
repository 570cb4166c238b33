package bpfmc.explorer.cli;

import bpfmc.explorer.check.AgentSpec;
import bpfmc.explorer.condition.ScenarioConditions;
import bpfmc.explorer.report.Accepted;
import bpfmc.explorer.report.ObjectReport;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.report.format.EndedScenario;
import bpfmc.explorer.spec.ScenarioFile;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.load.ObjectReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Checks files of either kind. */
final class Checks {
    private static final BiConsumer<BpfObject, ScenarioResult> NOBODY = (object, result) -> { };

    private Checks() {}

    /**
     * {@return a report for an object file, one for each scenario of a scenario file}
     *
     * @param settings of objects; in scenarios, those that were given count more than what the file says
     * @param filters choose programs of objects; an object without one gives no report @param err for progress
     * @param sink is told what has ended
     * @throws InputException when the file, or what it names, cannot be checked
     */
    static ImmutableList<ObjectReport> of(Path path, CheckOptions settings, Filters filters, PrintWriter err, ReportSink sink) {
        if (!ScenarioFile.named(path)) {
            long begun = System.nanoTime();
            BpfObject object = settings.joined(Lists.immutable.with(ObjectReader.read(path)));
            return filters.isEmpty() || filters.of(object).notEmpty() ? Lists.immutable.with(told(sink, new ObjectReport(path.toString(),
                    check(object, Lists.immutable.with(path), settings, filters, Lists.immutable.empty(), ScenarioConditions.NOTHING, err, begun, ended(sink, path.toString()))))) : Lists.immutable.empty();
        }
        if (!filters.isEmpty()) {
            throw new InputException(path + ": -f chooses programs of objects; a scenario file says itself which programs run");
        }
        return ScenarioFile.read(path).collect(one -> {
            try {
                long begun = System.nanoTime();
                Report report = check(one.objects(), Settings.of(one, settings), Filters.NONE, one.agents(), one.stated(), err, begun, NOBODY);
                return told(sink, new ObjectReport(one.title(), Accepted.by(one.accepted(), report), one.expected()));
            } catch (InputException e) {
                throw e.within(one.place(e.getMessage()));
            }
        });
    }

    /** {@return a report for objects that are loaded together} */
    static ObjectReport together(ImmutableList<Path> paths, CheckOptions settings, PrintWriter err, ReportSink sink) {
        paths.select(ScenarioFile::named).each(p -> {
            throw new InputException(p + ": --together is for objects; a scenario file says itself which: 'object: [FILE, FILE]'");
        });
        String path = paths.makeString(" + ");
        long begun = System.nanoTime();
        return told(sink, new ObjectReport(path, check(paths, settings, Filters.NONE, Lists.immutable.empty(), ScenarioConditions.NOTHING, err,
                begun, ended(sink, path))));
    }

    private static BiConsumer<BpfObject, ScenarioResult> ended(ReportSink sink, String path) {
        return (object, result) -> sink.scenario(new EndedScenario(path, object, result));
    }

    private static ObjectReport told(ReportSink sink, ObjectReport report) {
        sink.object(report);
        return report;
    }

    private static Report check(ImmutableList<Path> paths, CheckOptions settings, Filters filters, ImmutableList<AgentSpec> agents, ScenarioConditions stated,
            PrintWriter err, long begun, BiConsumer<BpfObject, ScenarioResult> ended) {
        return check(settings.joined(paths.collect(ObjectReader::read)), paths, settings, filters, agents, stated, err, begun, ended);
    }

    private static Report check(BpfObject object, ImmutableList<Path> paths, CheckOptions settings, Filters filters, ImmutableList<AgentSpec> agents, ScenarioConditions stated, PrintWriter err,
            long begun, BiConsumer<BpfObject, ScenarioResult> ended) {
        try {
            return settings.check(object, paths, filters, agents, stated, err, begun, ended);
        } catch (InputException e) {
            throw e.within(object.name());
        }
    }
}
