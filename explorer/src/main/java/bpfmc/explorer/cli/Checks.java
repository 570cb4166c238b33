package bpfmc.explorer.cli;

import bpfmc.explorer.condition.Stated;
import bpfmc.explorer.report.ObjectReport;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.spec.AgentSpec;
import bpfmc.explorer.spec.ScenarioFile;
import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.ObjectReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Checks files of either kind. */
final class Checks {
    private Checks() {}

    /**
     * {@return a report for an object file, one for each scenario of a scenario file}
     *
     * @param settings of objects; scenarios have their own, and list final states where these do @param err for progress
     * @throws InputException when the file, or what it names, cannot be checked
     */
    static ImmutableList<ObjectReport> of(Path path, ObjectCheck settings, PrintWriter err) {
        if (!ScenarioFile.named(path)) {
            return Lists.immutable.with(new ObjectReport(path.toString(), check(path, settings, Lists.immutable.empty(), Stated.NOTHING, err)));
        }
        return ScenarioFile.read(path).collect(one -> {
            try {
                return new ObjectReport(one.title(), check(one.object(), Settings.of(one.options()).listing(settings), one.agents(),
                        one.stated(), err), one.expected());
            } catch (InputException e) {
                throw e.within(one.title());
            }
        });
    }

    private static Report check(Path path, ObjectCheck settings, ImmutableList<AgentSpec> agents, Stated stated, PrintWriter err) {
        BpfObject object = ObjectReader.read(path);
        try {
            return settings.check(object, agents, stated, err);
        } catch (InputException e) {
            throw e.within(object.name());
        }
    }
}
