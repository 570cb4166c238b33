package bpfmc.explorer.report.format;

import bpfmc.explorer.check.Refused;
import bpfmc.explorer.check.ScenarioChecker;
import bpfmc.explorer.property.Properties;
import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.FailOn;
import bpfmc.explorer.report.ObjectReport;
import bpfmc.explorer.report.Origin;
import bpfmc.explorer.report.Reports;
import bpfmc.explorer.report.Unreadable;
import bpfmc.explorer.scenario.Contexts;
import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.Pairs;
import bpfmc.explorer.scenario.ScenarioSpace;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.verdict.ExplorationFigures;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Scope;
import bpfmc.explorer.verdict.StateGraph;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.load.ObjectReader;
import bpfmc.model.rules.Judgement;
import bpfmc.model.rules.Kernel;
import bpfmc.model.rules.LockRules;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** One report value for all formats: real verdicts on samples, with figures that are the same on every machine. */
final class Reported {
    private static final ExplorationFigures FIGURES = new ExplorationFigures(100, 200, 3, 10, 1_500_000, 4096);

    private Reported() {}

    /** {@return a violated object, one that holds, an inconclusive one, a rejected one, and one that could not be read} */
    static CheckReport all() {
        return of(FailOn.WARNING, Lists.immutable.with(new Unreadable("build/no,such.o", "build/no,such.o: no such file")),
                "lock/hash_elem_no_lock", "lock/hash_elem", "unsupported/loop", "refused/abba");
    }

    static CheckReport of(FailOn failOn, ImmutableList<Unreadable> unreadable, String... samples) {
        return new CheckReport(Lists.immutable.of(samples).collect(Reported::object), unreadable, failOn, new Origin("1.2.3", Path.of("/work")));
    }

    private static ScenarioResult drawn(ScenarioResult result, Optional<StateGraph> graph) {
        return graph.map(result::with).orElse(result);
    }

    static ObjectReport object(String sample) {
        BpfObject object = ObjectReader.read(Path.of("../specs/" + sample + ".bpf.o"));
        var maps = object.maps().collectInt(MapDefinition::index).toSet().toImmutable();
        Judgement judgement = LockRules.judge(object, object.programs(), new Kernel(KernelVersion.NEWEST, true), Lists.immutable.empty());
        var checker = new ScenarioChecker(Properties.all(), Lists.immutable.empty(), Limits.NONE, Progress.NONE);
        var extent = new ScenarioSpace(object, object.programs(), maps, 2, 1, CpuRules.DEFAULT, Contexts.OF_SECTIONS);
        ImmutableList<ScenarioResult> results = Pairs.of(extent).collect(s -> Refused.by(judgement, s).orElseGet(() -> drawn(checker.check(s), checker.graph(s))))
                .collect(r -> new ScenarioResult(r.name(), r.agents(), r.verdict(), FIGURES, Optional.empty(), r.graph(), r.lookups(), Optional.empty(), r.accesses(), r.notes()));
        Scope scope = new Scope(2, 1, "sequentially consistent", Properties.all().collect(p -> p), Lists.immutable.empty(),
                Lists.immutable.with("bpf_spin_lock irqsave"), Lists.immutable.with("nothing <else> | happens"));
        return new ObjectReport("specs/" + sample + ".bpf.o", Reports.of(object, results, judgement, scope));
    }
}
